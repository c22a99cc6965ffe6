// Why: tests of the log need records that are well laid out, all different, and told apart at sight.

public import Events
internal import Ledger
internal import Wire

/// Records that say nothing in particular.
public enum SampleRecords {
  /// The record for `position`, learned that many microseconds after 1970 began, with a body of `size` bytes.
  public static func record(_ position: Position, body size: Int = 24) -> Recorded {
    var record = Recorded()
    record.position = position
    record.at = Instant(microseconds: Int64(position))
    record.on = Day(number: 20_000 + Int32(position % 90))
    record.kind = UInt16(position % 7) + 900
    record.moves = [
      Move(
        amount: Int64(position), value: -Int64(position), commodity: NameID(.currency, 1),
        from: Place(NameID(.account, 1), NameID(.invoice, UInt32(position))),
        to: Place(NameID(.account, 2)), on: record.on)
    ]
    record.mentions = [NameID(.customer, 1 + UInt32(position % 5))]
    record.body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(position)) }
    return record
  }

  /// The records for `positions` as one frame.
  public static func frame(_ positions: ClosedRange<Position>, body size: Int = 24) -> Frame {
    frame(positions.map { record($0, body: size) })
  }

  /// `records` as one frame.
  public static func frame(_ records: [Recorded]) -> Frame {
    var frame = Frame()
    for record in records { frame.append(record) }
    return frame
  }
}
