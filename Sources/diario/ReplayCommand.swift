// Why: the log is the only truth; adding it up again, and deciding it again, shows what it says without any summary.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Events
internal import Ledger
internal import Platform
internal import Wire

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Add up the log from its first event; with --with-rules decide it again.",
    discussion: """
      Prints how many events and moves there are, the root, and the balance of each account. With --with-rules it lists \
      the events that would move something else if they were recorded now; exit code 1 when there are any.

      EXAMPLES
        diario replay
        diario replay --to 812
        diario replay --with-rules
      """)

  @OptionGroup var place: BooksOption
  @Option(help: "The last position.")
  var to: UInt64?
  @Flag(help: "Decide each event again, and list what today's rules would do otherwise.")
  var withRules = false

  func run() throws {
    let books = try place.open(readOnly: true)
    let size = try withBooks { () throws(BooksError) in try books.size() }
    if let to, to > size {
      throw Failure.usage("There is no event at position \(to) yet; the last is \(size).")
    }
    let bar = ProgressBar(withRules ? "Deciding" : "Replaying")
    let started = Terminal.now()
    if withRules { return try decideAgain(books, bar) }
    let replay = try withBooks { () throws(BooksError) in
      try books.replay(to: to) { bar.update($0, of: $1) }
    }
    bar.finish()
    let elapsed = Terminal.now().microseconds - started.microseconds
    var text = ""
    var rows: [(String, String)] = []
    try withBooks { () throws(BooksError) in
      for (account, balance) in replay.balances {
        rows.append((try books.code(account), try books.value(balance)))
      }
      let root = try books.root(at: to ?? size)
      text = "size  \(to ?? size)\nroot  \(root)\n"
    }
    let width = rows.map(\.1.count).max() ?? 0
    for (code, value) in rows.sorted(by: { $0.0 < $1.0 }) {
      let space = String(repeating: " ", count: max(0, 12 - code.count) + width - value.count)
      text += "\(code)  \(space)\(value)\n"
    }
    Terminal.write(text)
    let unknown =
      replay.unknown == 0 ? "" : " (\(replay.unknown) of a kind that this program does not know)"
    Terminal.error(
      "\(replay.events) events\(unknown), \(replay.moves) moves in \(elapsed / 1_000) ms: "
        + "\(replay.events * 1_000_000 / UInt64(max(1, elapsed))) events a second")
  }

  private func decideAgain(_ books: Books, _ bar: ProgressBar) throws {
    var differences = 0
    let decided = try withBooks { () throws(BooksError) in
      try books.redecide(to: to, progress: { bar.update($0, of: $1) }) {
        (difference) throws(BooksError) in
        differences += 1
        bar.finish()
        Terminal.write(try text(difference, books))
      }
    }
    bar.finish()
    Terminal.error("\(decided) events decided again, \(differences) would differ")
    if differences > 0 { throw ExitCode(1) }
  }

  private func text(
    _ difference: RuleDifference, _ books: Books
  ) throws(BooksError) -> String {
    let event = difference.event
    var text = "#\(event.position)  \(event.on)  \(Catalogue.name(of: event.kind))\n"
    if let refusal = difference.refusal { return text + "  would be refused: \(refusal)\n" }
    let today = difference.moves ?? []
    for move in event.moves where !today.contains(move) {
      text += "  recorded: \(try line(move, books))\n"
    }
    for move in today where !event.moves.contains(move) {
      text += "  today:    \(try line(move, books))\n"
    }
    return text
  }

  private func line(_ move: Move, _ books: Books) throws(BooksError) -> String {
    "\(move.on)  \(try books.amount(move.amount, of: move.commodity)) "
      + "\(try books.code(move.commodity)), worth \(try books.value(move.value)), "
      + "from \(try books.text(move.from)) to \(try books.text(move.to))"
  }
}
