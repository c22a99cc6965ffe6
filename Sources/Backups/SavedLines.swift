// Why: a line that is recorded again needs the personal fields in the clear, and only the keys of the damaged books open them. Who was
// erased stays erased, even if an old copy of the keys has brought a key back.

internal import EventLog
public import Events
internal import Ledger
internal import Platform
public import Wire

/// Opens the personal fields of a record of the books with an identity, leaving closed what is of those whose erasure the log confirms.
public typealias OpenSealed = (
  _ record: Recorded, _ identity: String, _ erased: [DataSubject: Position]
) throws(NoLine) -> Recorded

/// Makes lines for `diario record` of the records that were saved.
struct SavedLines {
  private let remains: LogRemains
  private let identity: String?
  private let open: OpenSealed
  private var erased: [DataSubject: Position] = [:]
  /// An event that says who was erased, and cannot be read.
  private var unreadable: Position?
  /// The events of which no line could be made.
  private(set) var unwritten: [Unwritten] = []
  /// Of how many the personal fields stand in the clear.
  private(set) var opened: UInt64 = 0

  init(_ remains: LogRemains, identity: String?, _ open: @escaping OpenSealed) {
    self.remains = remains
    self.identity = identity
    self.open = open
    guard remains.size > 0 else { return }
    var (erased, unreadable): ([DataSubject: Position], Position?) = ([:], nil)
    remains.forEachRecord(in: 1...remains.size) { record in
      guard record.kind == ErasureCompleted.kind.number else { return }
      guard let person = try? record.copy()?.event(ErasureCompleted.self)?.subject else {
        unreadable = record.position
        return
      }
      erased[person] = record.because
    }
    (self.erased, self.unreadable) = (erased, unreadable)
  }

  /// Writes the record as a line of `file`, or notes why it cannot.
  /// - Parameters:
  ///   - record: `nil` when its names or its key cannot be read.
  ///   - prefix: a reference to an event behind this position is left out.
  mutating func write(
    _ record: Recorded?, at position: Position, upTo prefix: Position,
    to output: borrowing ByteOutput,
    _ file: Salvage.File
  ) throws(BackupError) {
    let text: String
    do throws(NoLine) {
      guard let record else { throw .unreadable }
      text = try inTheClear(record).proposalLine(remains, upTo: prefix)
      if record.flags.contains(.sealed) { opened += 1 }
    } catch { return unwritten.note(position, file, error) }
    try filing { () throws(FileFailure) in try output.write(Array(text.utf8)) }
  }

  private func inTheClear(_ record: Recorded) throws(NoLine) -> Recorded {
    guard record.flags.contains(.sealed) else { return record }
    guard let identity else {
      throw NoLine(
        "their personal fields are bound to the identity of the books, which is lost: give it with --identity"
      )
    }
    if let unreadable {
      throw NoLine(
        "who was erased by event \(unreadable) cannot be read: if a newer program wrote it, use that one"
      )
    }
    return try open(record, identity, erased)
  }
}
