// Why: hundreds of thousands of damaged books are opened, so one process opens many. It asks of each everything that commands ask;
// the answers must be those of the undamaged books, or errors. A crash of LMDB ends this process, and the rig starts another.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Summaries
internal import Support
internal import Wire

/// What the rig asks for: `make DIRECTORY`, or `judge DIRECTORY` with one damage on each line of standard input.
@main
enum Worker {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { return }
    if arguments[1] == "make" { try make(arguments[2]) } else { try judge(arguments[2]) }
  }

  /// Small ranges, so that few events have summaries of several levels.
  static let tree = SummaryTree(leafSize: 16, fanout: 4)

  /// Books with Ferretería Aranda's quarter: each event with a key, recorded in several commits.
  private static func make(_ path: String) throws {
    try Books.create(at: path, identity: Array(1...16))
    let books = try Books(
      at: path, projections: [AccountBalances.self, OpenItems.self, Histories.self], tree: tree,
      now: { Instant(microseconds: 2_000_000_000_000_000) })
    var proposals = try TemporaryBooks.opening(chart: "generic", openedAt: "2025-12-31T08:00:00Z")
    let options = RecordOptions(isImport: true)
    try books.record(proposals, options)
    proposals = try Aranda.proposals()
    for index in proposals.indices { proposals[index].key = "line-\(index)" }
    for start in stride(from: 0, to: proposals.count, by: 20) {
      for answer in try books.record(Array(proposals[start..<start + 20]), options) {
        guard case .recorded = answer else { fatalError("\(answer)") }
      }
    }
  }

  /// Each line: the file, the kind of damage, two numbers. Each answer: one word for what came of it.
  private static func judge(_ path: String) throws {
    let files = ["log", "views"].map { URL(filePath: "\(path)/\($0)/data.mdb") }
    let clean = try files.map { try Data(contentsOf: $0) }
    let right = try Answers(path)
    while let line = readLine() {
      let parts = line.split(separator: " ")
      let file = parts[0] == "log" ? 0 : 1
      var damaged = clean[file]
      damage(&damaged, String(parts[1]), Int(parts[2]) ?? 0, Int(parts[3]) ?? 0)
      try damaged.write(to: files[file])
      print(outcome(path, right))
      // fflush(3): nil means every stream.
      fflush(nil)
      // A read-only opening leaves the log alone, but may begin the summaries anew.
      for (file, bytes) in zip(files, clean) { try bytes.write(to: file) }
    }
  }

  private static func damage(_ data: inout Data, _ kind: String, _ first: Int, _ second: Int) {
    let page = 4_096
    switch kind {
    case "flip": data[first] ^= 1 << UInt8(second)
    case "zero": data.replaceSubrange(first * page..<(first + 1) * page, with: Data(count: page))
    case "swap":
      let one = data[first * page..<(first + 1) * page]
      let other = data[second * page..<(second + 1) * page]
      data.replaceSubrange(first * page..<(first + 1) * page, with: Data(other))
      data.replaceSubrange(second * page..<(second + 1) * page, with: Data(one))
    case "cut": data = data.prefix(first)
    default: break
    }
  }

  /// `harmless`, `reported` (somebody said so), `late` (answers were wrong, but `verify` finds it) or `unseen`.
  private static func outcome(_ path: String, _ right: Answers) -> String {
    let found = try? Answers(path, asking: right)
    let isSound = ((try? open(path))?.verification)?.isSound ?? false
    guard let found else { return "reported" }
    if found == right { return isSound ? "harmless" : "reported" }
    let differences = found.differences(right).joined(separator: "+")
    return (isSound ? "unseen " : "late ") + differences
  }

  static func open(_ path: String) throws -> Books {
    try Books(
      at: path, projections: [AccountBalances.self, OpenItems.self, Histories.self], tree: tree,
      readOnly: true, now: { Instant() })
  }
}

extension Books {
  fileprivate var verification: Verification? { try? verify() }
}
