// Why: a page is a number; people know events, names and summaries. The keys that were to be found on a page say which they are.

internal import Events
public import LMDB
internal import Wire

extension Fault {
  /// A fault of a page of the data file in `directory`, "log" or "views".
  public init(_ fault: PageFault, _ directory: String) {
    let isLog = directory == "log"
    let table = fault.table.map { $0.isEmpty ? "the table of tables" : "the table \($0)" }
    self.init(
      isLog ? .log : .views,
      "Page \(fault.page) of \(directory)/data.mdb (\(table ?? "free pages")) is damaged. \(fault.message)",
      affects: Self.affected(fault, isLog: isLog),
      remedy: isLog ? Self.restore : "Run `diario rebuild`.")
  }

  private static func affected(_ fault: PageFault, isLog: Bool) -> String {
    guard let table = fault.table else {
      return "It would be written over, or never be used again."
    }
    if table.isEmpty { return isLog ? "The log cannot be opened." : "No summary can be read." }
    guard isLog else { return "Summaries cannot be read; the log is not affected." }
    switch table {
    case LogTables.blocksName: return events(from: fault.lower, before: fault.upper)
    case "names", "ids", "keys":
      guard let index = Index(rawValue: table) else { return "" }
      let from = fault.lower.map { "from \(index.title($0))" } ?? "from the first"
      let end = fault.upper.map { "up to \(index.title($0))" } ?? "to the last"
      return "Rows \(from) \(end) cannot be found; all events are whole."
    case "tiles": return "Proofs cannot be made; all events are whole."
    default: return "Nothing can be recorded; all events are whole."
    }
  }

  /// Which events lie in the blocks under the keys from `lower` up to `upper`, of which either may be damaged itself.
  private static func events(from lower: [UInt8]?, before upper: [UInt8]?) -> String {
    let first = lower.flatMap(BlockKey.first) ?? 1
    guard let upper else { return "Events from \(first) to the end cannot be found." }
    guard let next = BlockKey.first(upper), next > first else {
      return "Event \(first), and what follows it on that page, cannot be found."
    }
    return "\(Text.events(first...next - 1).capitalizedFirst) cannot be found."
  }
}
