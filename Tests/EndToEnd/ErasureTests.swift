// Why: whoever erases somebody must be told what was done and what was not: for that person, by this command or by the one that was
// interrupted, and on a disk that is full.

import Books
import Foundation
import Testing

@Suite struct `Erasing at the command line` {
  @Test func `a file that asks for an erasure and confirms it is recorded line by line`() throws {
    let books = try people()
    let lines = [
      #"{"event":"erasure.requested","on":"2026-03-01","person":"C-1","reason":"asked"}"#,
      #"{"event":"erasure.completed","on":"2026-03-01","person":"C-1"}"#,
      #"{"event":"customer.revised","on":"2026-03-02","customer":"C-1","email":"a@example.com"}"#,
      #"{"event":"customer.revised","on":"2026-03-02","customer":"C-2","email":"b@example.com"}"#,
    ]
    let input = Data(lines.joined(separator: "\n").utf8)
    let tried = try books.record(input, ["--dry-run"])
    #expect(tried.errors.contains("3 would be recorded, 1 refused"), "\(tried.text)")
    let atomic = try books.record(input, ["--atomic"])
    #expect(atomic.code == 1 && atomic.output.contains("erasure.notStored"), "\(atomic.text)")
    let outcome = try books.record(input)
    #expect(outcome.errors.contains("3 recorded, 1 refused"), "\(outcome.text)")
    #expect(outcome.output.contains(#""refused":"person.erased","line":3"#), "\(outcome.text)")
    #expect(try Program.run(["verify", "--deep", "--books", books.path]).code == 0)
  }

  @Test func `one person's erasure is printed whole, and another's refusal beside it`() throws {
    let books = try people()
    let lines = [
      #"{"event":"erasure.requested","on":"2026-03-01","person":"C-1","reason":"asked"}"#,
      #"{"event":"hold.placed","on":"2026-03-01","by":"ana","hold":"H","person":"C-1","reason":"tax"}"#,
    ]
    _ = try books.record(Data(lines.joined(separator: "\n").utf8))
    let outcome = try erase(books, ["C-2", "--reason", "asked", "--on", "2026-03-01"])
    #expect(outcome.code == 0, "\(outcome.text)")
    #expect(outcome.output.split(separator: "\n").count == 2, "\(outcome.text)")
    #expect(outcome.errors.contains("erasure.held: The hold H keeps the data of customer C-1"))
    let held = try erase(books, ["--continue"])
    #expect(held.code == 1 && held.errors.contains("erasure.held"), "\(held.text)")
  }

  @Test func `what opening the books has finished is printed`() throws {
    let books = try people()
    let request =
      #"{"event":"erasure.requested","on":"2026-03-01","person":"C-1","reason":"asked"}"#
    _ = try books.record(Data(request.utf8))
    let outcome = try erase(books, ["--continue"])
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.text)")
    #expect(outcome.output.split(separator: "\n").count == 1, "\(outcome.text)")
    let again = try erase(books, ["--continue"])
    #expect(again.output.isEmpty && again.errors == "No erasure is under way.\n", "\(again.text)")
  }

  @Test func `one that waits is shown, and so is a hold that ends later`() throws {
    let books = try people()
    let lines = [
      #"{"event":"hold.placed","on":"2026-02-01","by":"ana","hold":"H","person":"C-2","reason":"tax"}"#,
      #"{"event":"hold.lifted","on":"2072-06-01","by":"ana","hold":"H","person":"C-2","reason":"over"}"#,
      #"{"event":"erasure.requested","on":"2026-03-01","person":"C-1","reason":"asked"}"#,
    ]
    #expect(try books.record(Data(lines.joined(separator: "\n").utf8)).code == 0)
    let status = try Program.run(["status", "--books", books.path])
    #expect(status.output.contains("not done yet: `diario erase --continue`"), "\(status.text)")
    let person = try Program.run(["person", "C-2", "--format", "json", "--books", books.path])
    #expect(
      person.output.contains(#""holds":[{"hold":"H","reason":"tax","until":"2072-06-01"}]"#),
      "\(person.text)")
  }

  @Test func `a trial finishes no erasure; who records is told that one was finished`() throws {
    let books = try people()
    let request =
      #"{"event":"erasure.requested","on":"2026-03-01","person":"C-1","reason":"asked"}"#
    _ = try books.record(Data(request.utf8))
    let before = try books.head()
    let line = Data(
      #"{"event":"warehouse.opened","on":"2026-03-01","warehouse":"W","name":"Nave"}"#.utf8)
    let tried = try books.record(line, ["--dry-run"])
    #expect(tried.code == 0, "\(tried.text)")
    #expect(
      tried.errors.contains("asks for waits: recording finishes it before these lines")
        && tried.errors.hasSuffix("\n1 would be recorded, 0 refused\n"), "\(tried.text)")
    #expect(try books.head() == before)
    let recorded = try books.record(line)
    let size = try #require(Int(before.prefix { $0 != " " }))
    #expect(
      recorded.errors
        == "An erasure that was asked for before is done, and confirmed in event \(size + 1).\n"
        + "1 recorded, 0 refused\n", "\(recorded.text)")
  }

  @Test func `without keys only the lines that need them are refused`() throws {
    let books = try people()
    try FileManager.default.removeItem(atPath: books.path + "/keys")
    let lines = [
      #"{"event":"customer.registered","on":"2026-03-01","customer":"C-3","name":"Clara"}"#,
      #"{"event":"warehouse.opened","on":"2026-03-01","warehouse":"W","name":"Nave"}"#,
    ]
    let outcome = try books.record(Data(lines.joined(separator: "\n").utf8))
    #expect(
      outcome.code == 1 && outcome.errors.contains("1 recorded, 1 refused"), "\(outcome.text)")
    #expect(outcome.output.contains(#""refused":"keys.unreadable","line":1"#), "\(outcome.text)")
  }

  @Test func `on a full disk the request stands, and it is finished when there is space`() throws {
    guard let disk = try SmallDisk(kilobytes: 256) else { return }
    let books = try people()
    let (keys, small) = (books.path + "/keys", disk.place("keys").path())
    try FileManager.default.copyItem(atPath: keys, toPath: small)
    try FileManager.default.removeItem(atPath: keys)
    try FileManager.default.createSymbolicLink(atPath: keys, withDestinationPath: small)
    try disk.fill()
    let full = try erase(books, ["C-1", "--reason", "asked", "--on", "2026-03-01"])
    #expect(full.code == 1 && !full.errors.contains("Nothing was written"), "\(full.text)")
    #expect(full.errors.contains("which stands, and is not done yet"), "\(full.text)")
    #expect(full.errors.contains("`diario erase --continue` finishes it"), "\(full.text)")
    try disk.empty()
    let outcome = try erase(books, ["--continue"])
    #expect(outcome.code == 0 && !outcome.output.isEmpty, "\(outcome.text)")
    #expect(try Program.run(["verify", "--books", books.path]).code == 0)
  }

  @Test func `while the keys are away, nothing is promised of the next command`() throws {
    let books = try people()
    let (keys, away) = (books.path + "/keys", books.folder.path("away"))
    try FileManager.default.moveItem(atPath: keys, toPath: away)
    let outcome = try erase(books, ["C-1", "--reason", "asked", "--on", "2026-03-01"])
    #expect(outcome.code == 1, "\(outcome.text)")
    #expect(
      outcome.errors.hasSuffix(
        "Put back the keys/ that belong to this log; `diario erase --continue` then finishes it.\n"),
      "\(outcome.text)")
    #expect(!outcome.errors.contains("next command"), "\(outcome.text)")
    try FileManager.default.moveItem(atPath: away, toPath: keys)
    #expect(try erase(books, ["--continue"]).code == 0)
  }

  @Test func `with an older log, verify says to erase again, and that is enough`() throws {
    let books = try people()
    let (log, older) = (books.path + "/log", books.folder.path("older"))
    try FileManager.default.copyItem(atPath: log, toPath: older)
    #expect(try erase(books, ["C-1", "--reason", "asked", "--on", "2026-03-01"]).code == 0)
    try FileManager.default.removeItem(atPath: log)
    try FileManager.default.moveItem(atPath: older, toPath: log)
    try? FileManager.default.removeItem(atPath: books.path + "/views")
    let verified = try Program.run(["verify", "--books", books.path])
    #expect(verified.code == 3, "\(verified.text)")
    #expect(
      verified.text.contains("or say it again: `diario erase C-1 --role customer`"),
      "\(verified.text)")
    let again = ["C-1", "--role", "customer", "--reason", "asked", "--on", "2026-03-01"]
    #expect(try erase(books, again).code == 0)
    let sound = try Program.run(["verify", "--deep", "--books", books.path])
    #expect(sound.code == 0, "\(sound.text)")
  }

  @Test func `a person's file says of a run what is theirs, and how much there is of others`()
    throws
  {
    let books = try Copy(of: Template.empty)
    let lines = [
      #"{"event":"employee.hired","on":"2026-01-02","employee":"E-1","name":"Ana"}"#,
      #"{"event":"employee.hired","on":"2026-01-02","employee":"E-2","name":"Leo"}"#,
      #"{"event":"payroll.run","on":"2026-01-31","run":"R","from":"2026-01-01","through":"2026-01-31","payslips":[{"employee":"E-1","gross":"1000"},{"employee":"E-2","gross":"2000"}]}"#,
      #"{"event":"review.recorded","on":"2026-02-01","employee":"E-2","reviewer":"E-1","rating":4,"text":"good"}"#,
    ]
    let recorded = try books.record(Data(lines.joined(separator: "\n").utf8))
    #expect(recorded.code == 0, "\(recorded.text)")
    let person = try Program.run(["person", "E-1", "--books", books.path])
    #expect(
      person.output.contains("  payslips: employee E-1, gross 1000; 1 more, about others\n"),
      "\(person.text)")
    #expect(
      person.output.hasSuffix(
        "  employee: «about somebody else»\n  reviewer: E-1\n  rating: «about somebody else»\n  text: «about somebody else»\n"
      ), "\(person.text)")
    #expect(!person.output.contains("E-2") && !person.output.contains("2000"))
  }

  /// Books with the customers C-1 and C-2.
  private func people() throws -> Copy {
    let books = try Copy(of: Template.empty)
    let lines = [
      #"{"event":"customer.registered","on":"2026-02-01","customer":"C-1","name":"Ana"}"#,
      #"{"event":"customer.registered","on":"2026-02-01","customer":"C-2","name":"Berta"}"#,
    ]
    let outcome = try books.record(Data(lines.joined(separator: "\n").utf8))
    #expect(outcome.code == 0, "\(outcome.text)")
    return books
  }

  private func erase(_ books: Copy, _ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["erase"] + arguments + ["--books", books.path])
  }
}
