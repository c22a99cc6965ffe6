// Why: hundreds of thousands of damaged books are opened, so one process opens many. It asks of each everything whose answer can depend on
// the damage; the answers must be those of the undamaged books, or errors. A crash of LMDB ends a child of this process.

internal import Books
internal import CompanyGenerator
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Processes
internal import Projections
internal import Summaries
internal import Support
internal import Wire

/// What the rig asks for: `make DIRECTORY EVENTS`; `trace DIRECTORY`, which tells what each question reads; or `judge DIRECTORY TRACE MOST`
/// with one damage on each line of standard input, after which so many questions are asked.
@main
enum Worker {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let command = arguments.first, let path = arguments.dropFirst().first else { return }
    let more = Array(arguments.dropFirst(2))
    switch (command, more.count) {
    case ("make", 1): try make(path, Int(more[0]) ?? 0)
    case ("trace", 0): try trace(path)
    case ("judge", 2): try judge(path, Dependencies(at: more[0]), atMost: Int(more[1]) ?? .max)
    default: break
    }
  }

  /// Books with the first events of Ferretería Aranda, or of a generated company where that has too few: each with a key, recorded
  /// in several commits.
  private static func make(_ path: String, _ events: Int) throws {
    try Books.create(at: path, identity: Array(1...16))
    let books = try OpenedBooks(path, readOnly: false).books
    var proposals = try Aranda.proposals()
    if events > proposals.count {
      proposals = Array(CompanyGenerator(seed: 7, events: events))
    }
    for index in proposals.indices { proposals[index].key = "line-\(index)" }
    let options = RecordOptions(isImport: true)
    let opening = try TemporaryBooks.opening(chart: "generic", openedAt: "2022-12-31T08:00:00Z")
    try books.record(opening, options)
    let commit = max(events / 2, 60)
    for start in stride(from: 0, to: events, by: commit) {
      for answer in try books.record(
        Array(proposals[start..<min(start + commit, events)]), options)
      {
        guard case .recorded = answer else { fatalError("\(answer)") }
      }
    }
  }

  /// Opens the books and asks one question, again and again. With touched.c loaded, each flush prints which pages were read since the last.
  private static func trace(_ path: String) throws {
    let questions = try Question.all(of: OpenedBooks(path))
    fflush(nil)
    for question in questions {
      let books = try OpenedBooks(path)
      fflush(nil)
      guard try question.isRight(books) else { fatalError("\(question.kind) changes by itself") }
      fflush(nil)
    }
  }

  /// Answers each damage with one line: what came of it, or `crash SIGNAL`. To get ready takes as long as a hundred damages; so a child does
  /// the work, and when it crashes the next one goes on with what it has not read of standard input.
  private static func judge(
    _ path: String, _ dependencies: Dependencies, atMost most: Int
  ) throws {
    let files = try ["log", "views"].map { try DamagedFile(at: "\(path)/\($0)/data.mdb") }
    let questions = try Question.all(of: OpenedBooks(path))
    while true {
      let status = inChild {
        do {
          for file in files { try file.mend() }
          while let line = StandardInput.line() {
            guard let damage = Damage(line) else { throw NoDamage(line: line) }
            let asked = Question.choice(
              of: dependencies.questions(damage), in: questions, atMost: most, by: damage)
            try files[damage.file].apply(damage)
            let word = outcome(path, asked, verifies: damage.isVerified)
            try files[damage.file].undo(damage)
            // A read-only opening leaves the log alone, but may begin the summaries anew.
            if dependencies.concernsOpening(damage) { try files[1].mend() }
            answer(word)
          }
          return 0
        } catch {
          FileHandle.standardError.write(Data("\(error)\n".utf8))
          return 1
        }
      }
      if status == 0 { return }
      guard status < 0 else { fatalError("a child exited with \(status)") }
      answer("crash \(-status)")
    }
  }

  private struct NoDamage: Error {
    var line: String
  }

  private static func answer(_ text: String) {
    print(text)
    // fflush(3): nil means every stream.
    fflush(nil)
  }

  /// `harmless`, `reported` (somebody said so), `late` (answers were wrong, but `verify` finds it) or `unseen`; with the kinds of answers
  /// that were wrong. `verify` is asked where an answer is wrong, and where `verifies` says so.
  private static func outcome(
    _ path: String, _ questions: [Question], verifies: Bool
  ) -> String {
    guard let opened = try? OpenedBooks(path) else { return "reported" }
    var wrong: Set<String> = []
    var isReported = false
    for question in questions {
      do {
        if try !question.isRight(opened) { wrong.insert(question.kind) }
      } catch { isReported = true }
    }
    guard verifies || !wrong.isEmpty else { return isReported ? "reported" : "harmless" }
    let isSound = (try? opened.books.verify())?.isSound ?? false
    if wrong.isEmpty { return isReported || !isSound ? "reported" : "harmless" }
    return (isSound ? "unseen " : "late ") + wrong.sorted().joined(separator: ", ")
  }
}
