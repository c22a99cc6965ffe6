// Why: a person may ask to be forgotten. One command does it whole: asks whether anything forbids it, says in the books that it was
// asked, destroys the key, and says that it is done.

internal import ArgumentParser
internal import Books
internal import Decisions
internal import Events
internal import Ledger
internal import Platform
internal import Wire

struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase the personal data of a person: destroy the key to it.",
    discussion: """
      What was recorded about the person stays, and every proof of it; what is personal in it can never be read again. The \
      code stays: it is a pseudonym. A legal hold (hold.placed) forbids it.

      EXAMPLES
        diario erase C-17 --reason "asked by letter, art. 17 GDPR" --by ana
        diario erase E-7 --role employee --reason "retention of four years is over"
        diario erase --continue
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The person's code.")
  var code: String?
  @Option(help: "customer, supplier or employee; needed when the code names more than one.")
  var role: String?
  @Option(help: "Who asked, and on what ground; without the person's name.")
  var reason: String?
  @Option(help: "Who accepts it.")
  var by: String?
  @Option(help: "The day of the request; today when absent.")
  var on: String?
  @Flag(name: .customLong("continue"), help: "Finish erasures that were interrupted.")
  var continues = false

  func run() throws {
    if continues, code != nil { throw Failure.usage("Name nobody with --continue.") }
    let asked = continues ? nil : try request()
    let books = try place.open(readOnly: false)
    // What was interrupted is finished by opening the books.
    let finished = books.finishedErasures
    try print(finished, books)
    guard let (request, day, by) = asked else {
      let answers = try withBooks { () throws(BooksError) in try books.completeErasures() }
      if finished.isEmpty, answers.isEmpty { Terminal.error("No erasure is under way.") }
      if let refusal = try print(answers, books) { throw Failure.refused("\(refusal)") }
      return
    }
    let answers = try withBooks { () throws(BooksError) in
      let today = try books.day(at: Terminal.now())
      return try books.erase(request, on: day ?? today, by: by)
    }
    if let refusal = try print(answers.others, books) {
      Terminal.error("diario: \(refusal)".printable)
    }
    guard let refusal = try print(answers.own, books) else { return }
    guard case .recorded(let receipt)? = answers.own.first else {
      throw Failure.refused("\(refusal)")
    }
    // What is in the way keeps every command from finishing it, until it is gone.
    let end = "`diario erase --continue`"
    throw Failure.refused(
      "The erasure is asked for in event \(receipt.position), which stands, and is not done yet. \(refusal)"
        + (refusal.remedy.contains(end)
          ? "" : " Then the next command that records finishes it, or \(end)."))
  }

  /// Prints the receipts, and all refusals but the last one, which is returned: it ends the command, or does not.
  @discardableResult
  private func print(_ answers: [Answer], _ books: Books) throws(Failure) -> Refusal? {
    var refusals: [Refusal] = []
    for answer in answers {
      switch answer {
      case .recorded(let receipt), .wouldBe(let receipt):
        Terminal.write(try withBooks { () throws(BooksError) in try books.json(receipt) } + "\n")
      case .refused(let refusal):
        refusals.append(refusal)
      }
    }
    for refusal in refusals.dropLast() { Terminal.error("diario: \(refusal)".printable) }
    return refusals.last
  }

  private func request() throws(Failure) -> (ErasureRequested, Day?, Code?) {
    guard let code else { throw Failure.usage("Whose data? Name the person's code.") }
    guard let reason else {
      throw Failure.usage("Why? Say who asked and on what ground with --reason.")
    }
    var request = ErasureRequested()
    request.reason = reason
    request.role = try PersonRole.option(role)
    do throws(WireError) {
      request.person = try Code(code)
      let day = try on.map { (text) throws(WireError) in try Day(text) }
      let user = try by.map { (text) throws(WireError) in try Code(text) }
      return (request, day, user)
    } catch { throw Failure.usage("\(error)") }
  }
}

extension Books {
  /// Says which erasures were finished when the books were opened.
  func tellFinishedErasures() {
    for case .recorded(let receipt) in finishedErasures {
      Terminal.error(
        "An erasure that was asked for before is done, and confirmed in event \(receipt.position).")
    }
  }
}

extension PersonRole {
  /// The role called `name`.
  static func option(_ name: String?) throws(Failure) -> PersonRole? {
    guard let name else { return nil }
    guard let role = PersonRole(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage("\"\(name)\" is no role. Use one of: \(names).")
    }
    return role
  }
}
