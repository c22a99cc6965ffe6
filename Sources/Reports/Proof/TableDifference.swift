// Why: "the tables differ" helps nobody. Whoever compares two answers wants the first row that is another, and both figures.

internal import Proofs
internal import Wire

/// What differs between two tables in JSON.
enum TableDifference {
  /// The first difference, in words: which row or member, what the file says and what the events say.
  static func first(between file: String, and events: String) throws(ProofError) -> String {
    do throws(WireError) {
      let (ours, theirs) = (try TableSource.parsed(file), try TableSource.parsed(events))
      if let difference = try member(ours, theirs, "") { return difference }
    } catch { throw TableSource.malformed(error) }
    let place = zip(file.utf8, events.utf8).enumerated().first { $1.0 != $1.1 }?.offset
    return
      "they mean the same, but byte \(place ?? min(file.utf8.count, events.utf8.count)) is spelt otherwise"
  }

  /// The first member of two objects that differs.
  private static func member(
    _ file: JSONValue, _ events: JSONValue, _ path: String
  ) throws(WireError) -> String? {
    let (ours, theirs) = (try file.members(), try events.members())
    for (name, value) in theirs {
      let path = path.isEmpty ? name : "\(path).\(name)"
      guard let other = ours.first(where: { $0.name == name })?.value else {
        return "\(path) is missing"
      }
      if name == "rows" {
        if let difference = try rows(other, value) { return difference }
      } else if value.isObject, other.isObject {
        if let difference = try member(other, value, path) { return difference }
      } else if other.spelling != value.spelling {
        return "\(path) is \(other.spelling) in the file, \(value.spelling) from the events"
      }
    }
    let unknown = ours.first { our in !theirs.contains { $0.name == our.name } }
    return unknown.map { "\(path.isEmpty ? "" : path + ".")\($0.name) is in the file only" }
  }

  private static func rows(_ file: JSONValue, _ events: JSONValue) throws(WireError) -> String? {
    let (ours, theirs) = (try file.elements(), try events.elements())
    for (index, (our, their)) in zip(ours, theirs).enumerated() {
      if let difference = try row(our, their) { return "row \(index + 1)\(difference)" }
    }
    if ours.count == theirs.count { return nil }
    let first = min(ours.count, theirs.count) + 1
    return ours.count < theirs.count
      ? "row \(first) is missing: the file has \(ours.count) rows, the events give \(theirs.count)"
      : "row \(first) is in the file only: it has \(ours.count) rows, the events give \(theirs.count)"
  }

  /// The first cell that differs, behind what the row is called.
  private static func row(_ file: JSONValue, _ events: JSONValue) throws(WireError) -> String? {
    let (ours, theirs) = (try file.members(), try events.members())
    let name = theirs.first.map { " (\($0.name) \($0.value.spelling))" } ?? ""
    func cell(_ name: String, _ cells: [(name: String, value: JSONValue)]) -> String {
      cells.first { $0.name == name }?.value.spelling ?? "empty"
    }
    for column in theirs.map(\.name) + ours.map(\.name) {
      let (our, their) = (cell(column, ours), cell(column, theirs))
      if our != their {
        return "\(name): \(column) is \(our) in the file, \(their) from the events"
      }
    }
    return nil
  }
}
