// Why: a backup that nobody has read is a hope. The check reads every byte of every segment and recomputes the root from the records:
// what it accepts can be restored, because restoring reads the same bytes in the same way.

public import Events
public import Proofs
internal import Wire

/// What a check of a backup found.
public struct BackupCheck: Sendable {
  /// The last position up to which everything is as it was written.
  public var end: Position = 0
  /// The root over the events up to `end`.
  public var root = MerkleHash.empty
  /// How many segments are whole.
  public var segments = 0
  /// How many of them carry a checkpoint whose signature fits the key.
  public var signed = 0
  /// The events up to the last of these checkpoints: no other history has such a signature.
  public var signedEnd: Position = 0
  /// What is wrong; empty when all is well.
  public var faults: [BackupError] = []
}

extension Backup {
  /// Reads the whole backup and recomputes its root from the records.
  /// - Parameters:
  ///   - keys: public keys of these books, one for each incarnation; checkpoints that none of them signed are faults.
  ///   - progress: is told how many of how many events are done.
  public func check(
    _ keys: [VerificationKey] = [],
    progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) -> BackupCheck {
    var answer = BackupCheck()
    answer.faults = faults
    for (index, header) in segments.enumerated() {
      var isSigned = false
      if !keys.isEmpty, let note = header.checkpoint {
        isSigned = keys.contains { key in (try? key.verify(note)) != nil }
        if !isSigned { answer.faults.append(.unsigned(files[index])) }
      }
      do throws(BackupError) {
        var reader = try SegmentReader(path: files[index], fromDisk: true)
        guard reader.header == header else {
          throw .damaged(files[index], "changed while it was read")
        }
        try reader.read(after: at(before: index)) { (record, _) throws(BackupError) in
          if record.position % 4_096 == 0 { progress(record.position, end) }
        }
      } catch {
        answer.faults.append(error)
        continue
      }
      answer.segments += 1
      if isSigned { answer.signed += 1 }
      guard answer.end + 1 == header.positions.lowerBound else { continue }
      answer.end = header.positions.upperBound
      answer.root = header.root
      if isSigned { answer.signedEnd = answer.end }
    }
    return answer
  }
}

extension BackupError {
  fileprivate static func unsigned(_ file: String) -> BackupError {
    BackupError(
      .signature, "The checkpoint in \(file) was not signed by the key that was given.",
      remedy: "Check whose key it is; if it is the right one, the file was forged.")
  }
}
