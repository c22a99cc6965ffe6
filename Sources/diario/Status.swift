// Why: the first question of whoever looks after books: how far do they go, and are their files as they should be?

internal import ArgumentParser
internal import Books
internal import Documents
internal import EventLog
internal import Events
internal import LMDB
internal import Ledger
internal import Platform
internal import Proofs
internal import Summaries
internal import Wire

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how far the books go, their files, readers and summaries.",
    discussion: """
      EXAMPLES
        diario status
        diario status --books /srv/books
      """)

  @OptionGroup var place: BooksOption

  func run() throws {
    let books = try place.open(readOnly: true)
    let (status, chart) = try withBooks { () throws(BooksError) in
      (try books.status(), try books.chart())
    }
    let isAhead = try withBooks { () throws(BooksError) in
      try books.lastMoment(ahead: Terminal.now()) != nil
    }
    let ahead = isAhead ? ", which the clock of this machine has not reached" : ""
    let waiting = try withBooks { () throws(BooksError) in try books.waitingErasures() }
    var rows = [
      ("books", "\(chart.name) (\(books.path))"),
      ("identity", status.identity),
      ("currency", "\(chart.currency.text), days in \(chart.timeZone)"),
      ("closed", chart.closedThrough.map { "through \($0)" } ?? "no period"),
      ("events", "\(status.head.size)"),
      ("last", status.head.size == 0 ? "none" : "\(status.head.at)\(ahead)"),
      ("root", "\(status.head.root)"),
    ]
    if FileSystem.isServedByProgram(books.path) { rows.append(("disk", fuseAdvice)) }
    for position in waiting {
      rows.append(
        ("erasure", "asked for by #\(position), not done yet: `diario erase --continue`"))
    }
    for store in status.stores {
      let environment = store.environment
      rows.append(
        (
          "\(store.name)/",
          "\(bytes(environment.usedBytes)) of a map of \(bytes(environment.mapSize)), "
            + "transaction \(environment.lastTransaction)"
        ))
      for reader in store.readers {
        rows.append(("", text(reader, environment)))
      }
    }
    for view in status.views {
      rows.append((view.projection, Self.summarised(view, of: status.head.size)))
    }
    let width = rows.map(\.0.count).max() ?? 0
    var text = ""
    for (name, value) in rows {
      text += name + String(repeating: " ", count: width - name.count + 2) + value.printable + "\n"
    }
    Terminal.write(text)
  }

  /// How far the summaries of a projection go; this process builds none, so it cannot say why they go no further.
  private static func summarised(_ view: ViewStatus, of size: Position) -> String {
    let through = "summarised through #\(view.covered)"
    let behind = size - min(view.covered, size)
    if behind < UInt64(SummaryTree.standard.leafSize) { return through }
    return
      "\(through), \(behind) events behind: `diario rebuild --continue` builds on, or says why not"
  }

  /// Who reads, since when at the earliest, and what that costs.
  private func text(_ reader: HoldingReader, _ environment: EnvironmentStatus) -> String {
    var text = "process \(reader.reader.process)"
    if let process = RunningProcess(reader.reader.process) {
      text += " (\(process.name), for \(duration(process.seconds)))"
    }
    let behind = environment.lastTransaction - reader.reader.transaction
    text += " reads, \(behind) \(behind == 1 ? "transaction" : "transactions") behind"
    if reader.heldBack > 0 { text += ", holds back \(bytes(reader.heldBack))" }
    return text
  }

  private func duration(_ seconds: Int) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7_200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3_600) h"
    default: "\(seconds / 86_400) days"
    }
  }

  private func bytes(_ count: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (amount, unit) = (count, 0)
    while amount >= 10_240, unit < units.count - 1 {
      amount /= 1_024
      unit += 1
    }
    return "\(amount) \(units[unit])"
  }
}

/// What to know of a file system that may be remote.
let fuseAdvice =
  "a file system that a program serves (FUSE): if it is remote, as sshfs is, keep the books on a local disk."
