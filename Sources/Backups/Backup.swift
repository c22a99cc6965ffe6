// Why: a backup is a directory to which each run adds one file, a segment: the records since the segment before. No file in it ever
// changes, so it can be copied, mirrored and kept on media that are written once; and nothing is written twice.

internal import EventLog
public import Events
internal import Ledger
internal import Platform
public import Proofs
internal import Wire

/// A backup of one company's log: segments, each of which continues the one before it.
public struct Backup: Sendable {
  /// The directory.
  public let path: String
  /// The segments that continue one another from the first event on.
  public private(set) var segments: [SegmentHeader] = []
  /// The files of `segments`.
  private(set) var files: [String] = []
  /// What is wrong with the other files, each in a sentence; empty when all is well.
  public private(set) var faults: [BackupError] = []

  /// The last position that can be restored; 0 when there is nothing yet.
  public var end: Position { segments.last?.positions.upperBound ?? 0 }
  /// The root over all events that can be restored.
  public var root: MerkleHash { segments.last?.root ?? .empty }

  /// Reads the heads of the backup in the directory `path`. Records are read by ``check(_:)`` and ``restore(to:into:after:_:)``.
  /// - Throws: ``BackupError`` `.absent` when there is no such directory, `.newerFormat`.
  public init(at path: String) throws(BackupError) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    guard Files.exists(path) else { throw BackupError.noBackup(path) }
    let names = try filing { () throws(FileFailure) in try Files.names(in: path) }
    var found: [(header: SegmentHeader, file: String)] = []
    for name in names.sorted() where name.hasSuffix(SegmentHeader.suffix) {
      let file = "\(path)/\(name)"
      do throws(BackupError) { found.append((try SegmentReader(path: file).header, file)) } catch {
        if error.code == .newerFormat { throw error }
        faults.append(error)
      }
    }
    found.sort { $0.header.positions.lowerBound < $1.header.positions.lowerBound }
    for (header, file) in found {
      if let fault = gap(before: header, file) {
        faults.append(fault)
      } else {
        segments.append(header)
        files.append(file)
      }
    }
  }

  /// Refuses a directory that holds no segment, not even a damaged one.
  public func requireSegments() throws(BackupError) {
    if segments.isEmpty, faults.isEmpty { throw BackupError.noBackup(path) }
  }

  /// Why `header` does not continue the segments so far.
  private func gap(before header: SegmentHeader, _ file: String) -> BackupError? {
    if let identity = segments.first?.identity, identity != header.identity {
      return BackupError(
        .otherHistory,
        "\(file) is of the books \(header.identity), the files before it are of \(identity).",
        remedy: "Keep each company's backup in a directory of its own.")
    }
    let first = header.positions.lowerBound
    if first > end + 1 {
      let missing =
        first == end + 2 ? "event \(end + 1) is" : "events \(end + 1) to \(first - 1) are"
      return BackupError(
        .damaged, "\(file) begins at event \(first), but \(missing) missing.",
        remedy: "Put the file that has them beside it.")
    }
    if first <= end {
      return BackupError(
        .damaged, "\(file) begins at event \(first), but another file has events up to \(end).",
        remedy:
          "Two copies of one backup were put together: take away one of the files that overlap."
      )
    }
    if header.before.root != root {
      return BackupError(
        .otherHistory, "\(file) continues another history than that of the events before it.",
        remedy: "Two copies of the books were backed up into one directory: separate them.")
    }
    return nil
  }

  /// When the last event in front of segment `index` was learned.
  func at(before index: Int) -> Instant {
    index == 0 ? Instant(microseconds: .min) : segments[index - 1].at
  }
}
