// Why: whoever may write to the machine can rewrite history perfectly: every position, moment, name, key, hash, tile and summary new, under the
// same identity. This is that forger. Nothing inside such books is wrong; only what somebody else has kept tells.

internal import Books
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Proofs
internal import Summaries
internal import Wire

/// `judge BOOKS WORK`: one forgery on each line of standard input (what, position, number); one answer for each.
@main
enum Rewriter {
  /// Small ranges, so that few events have summaries of several levels.
  private static let tree = SummaryTree(leafSize: 16, fanout: 4)

  static func main() throws {
    guard CommandLine.arguments.count == 4, CommandLine.arguments[1] == "judge" else { return }
    let log = try LMDBLog(at: CommandLine.arguments[2] + "/log", readOnly: true)
    let work = CommandLine.arguments[3]
    let history = try History(log)
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 3, let position = Int(words[1]), let number = Int(words[2]) else {
        continue
      }
      let forged = history.rewritten(words[0], position - 1, number)
      try write(forged, log.identity, work)
      print(try answer(history, forged, from: position, number, log, work))
      // fflush(3): nil means every stream.
      fflush(nil)
    }
  }

  /// Books of `records` in the directory `path`, with everything that belongs to them.
  private static func write(_ records: [Recorded], _ identity: String, _ path: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    try Books.create(at: path, identity: Identity.bytes(identity) ?? [])
    var frame = Frame()
    for record in records { frame.append(record) }
    try LMDBLog(at: path + "/log").append(frame, expecting: 0)
    // Opened for recording, books build their summaries.
    _ = try Books(at: path, tree: tree, now: { Instant() })
  }

  /// What `verify` says of the forged books: with the true checkpoints, with the true tiles, alone, and with the forger's own checkpoint.
  private static func answer(
    _ history: History, _ forged: [Recorded], from position: Int, _ number: Int, _ log: LMDBLog,
    _ work: String
  ) throws -> String {
    func verify(_ held: [HeldHistory]) throws -> BooksVerification {
      try Books.verify(at: work, tree: tree, against: held)
    }
    let size = Position(history.records.count)
    // A checkpoint from some moment between the event and the end, and one from before it.
    let late = Position(position) + Position(number) % (size - Position(position) + 1)
    let early = Position(position - 1)
    let held = try [early, late].map { try checkpoint(log, $0) }
    let found = try verify([held[1]]).faults
    let both = try verify(held)
    let tiles = try verify([
      try checkpoint(log, size) { level, index in
        let hashes = (size >> (8 * UInt64(level))) - index * TilePath.width
        return try? log.tile(level, index, width: Int(min(hashes, TilePath.width)))
      }
    ])
    let alone = try verify([])
    let root = alone.log?.head.root ?? .empty
    let own = try verify([
      HeldHistory(
        name: "forged",
        checkpoint: Checkpoint(origin: "forged", size: Position(forged.count), root: root))
    ])
    let isShared = both.sharedHistory == early
    let first = tiles.faults.contains { $0.affects.contains("Event \(position) is the first") }
    let isGone = forged.count < position
    return [
      "found \(found.contains { $0.part == .history } ? 1 : 0)", "shared \(isShared ? 1 : 0)",
      "first \(first || isGone && !tiles.faults.isEmpty ? 1 : 0)",
      "alone \(alone.faults.count)", "own \(own.faults.count)",
    ].joined(separator: " ")
  }

  private static func checkpoint(
    _ log: LMDBLog, _ size: Position, tiles: HeldHistory.Tiles? = nil
  ) throws -> HeldHistory {
    HeldHistory(
      name: "held",
      checkpoint: Checkpoint(origin: "aranda", size: size, root: try log.root(at: size)),
      tiles: tiles)
  }
}

/// A history, and what a forger makes of it.
struct History {
  let records: [Recorded]

  init(_ log: LMDBLog) throws {
    var records: [Recorded] = []
    try log.scan(1...log.head().size) { (record) throws(LogError) in
      if let copy = record.copy() { records.append(copy) }
      return true
    }
    self.records = records
  }

  /// The records with one forgery that begins at `index`.
  func rewritten(_ what: String, _ index: Int, _ number: Int) -> [Recorded] {
    var records = records
    switch what {
    case "changed": change(&records[index], number)
    case "redated":
      records[index].on = Day(number: records[index].on.number + 1 + Int32(number % 9))
    case "removed":
      let gone = records.remove(at: index)
      // Others use the names that it brought.
      if index < records.count {
        records[index].introduced = gone.introduced + records[index].introduced
      }
    case "inserted":
      // The copy brings what the original brought.
      var copy = records[index]
      (copy.key, copy.digest) = ("", ContentDigest())
      change(&copy, number)
      records[index].introduced = []
      records.insert(copy, at: index)
    case "reordered":
      let other = min(index + 1, records.count - 1)
      let names = records[index].introduced + (other > index ? records[other].introduced : [])
      if other > index { records.swapAt(index, other) } else { change(&records[index], number) }
      records[other].introduced = []
      records[index].introduced = names
    default: records.removeSubrange(index...)
    }
    var last = Int64.min
    for place in records.indices {
      records[place].position = Position(place + 1)
      last = max(self.records[min(place, self.records.count - 1)].at.microseconds, last + 1)
      records[place].at = Instant(microseconds: last)
    }
    return records
  }

  /// Another amount, or another word.
  private func change(_ record: inout Recorded, _ number: Int) {
    if record.moves.isEmpty {
      let letters = record.body.indices.filter { (97...121).contains(record.body[$0]) }
      if let letter = letters.isEmpty ? nil : letters[number % letters.count] {
        record.body[letter] += 1
      } else {
        record.on = Day(number: record.on.number + 1)
      }
    } else {
      let move = number % record.moves.count
      record.moves[move].amount += 1
      record.moves[move].value += 1
    }
  }
}
