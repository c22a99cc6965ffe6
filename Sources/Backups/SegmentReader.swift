// Why: what was written is worth what can be read of it. One reader serves the self-test, the check and the restoring, so that they
// cannot differ: it lets nothing pass that is not, byte for byte, what the roots say.

internal import Events
internal import Ledger
internal import Platform
internal import Proofs
internal import Wire

/// Reads a segment's file from its beginning to its end.
struct SegmentReader: ~Copyable {
  /// What the file says of itself.
  let header: SegmentHeader
  private var input: SegmentInput
  /// The first record that says what no recording writes, and what that is.
  private typealias Impossible = (position: Position, what: String)

  /// Opens the file at `path` and reads its head.
  /// - Parameter fromDisk: not what the system still has of it in memory.
  init(path: String, fromDisk: Bool = false) throws(BackupError) {
    var input = try SegmentInput(path, fromDisk: fromDisk)
    let isThere = try input.hold(SegmentHeader.fixed)
    guard isThere, let length = SegmentHeader.length(input.bytes(SegmentHeader.fixed)) else {
      throw .damaged(path, "is no segment of a backup, or its head is damaged")
    }
    guard try input.hold(length) else { throw .damaged(path, "ends inside its head") }
    header = try SegmentHeader(input.bytes(length), in: path)
    input.pass(length)
    self.input = input
  }

  /// Shows each record in order, and checks them all: layout, positions, rising moments, and the root over them.
  /// - Parameters:
  ///   - at: when the record before the first was learned.
  ///   - body: is shown the record, and the tree with it; nothing from a record on that says what no recording writes.
  mutating func read(
    after at: Instant,
    _ body: (borrowing RecordView, borrowing MerkleTree) throws(BackupError) -> Void
  ) throws(BackupError) {
    var tree = header.before
    var at = at
    var impossible: Impossible?
    while tree.size < header.positions.upperBound {
      let position = tree.size + 1
      guard try input.hold(RecordLayout.header) else {
        throw .damaged(input.path, "ends before event \(position)")
      }
      let length = Int(input.buffer.raw.load(input.start, as: UInt32.self))
      guard length <= RecordLayout.maximumLength, try input.hold(length) else {
        throw damaged(position, impossible)
      }
      at = try show(position, after: at, &tree, &impossible, body)
      input.pass(length)
    }
    guard tree.root == header.root, at == header.at else {
      if impossible != nil { throw damaged(tree.size, impossible) }
      throw .damaged(
        input.path, "has other records than its root is over, or a record in it was changed")
    }
    // A changed bit does not fit the root; what fits was written so.
    if let impossible {
      throw .damaged(
        input.path,
        "was forged: event \(impossible.position) has \(impossible.what), which no recording writes"
      )
    }
    guard try !input.hold(1) else { throw .damaged(input.path, "goes on behind its last event") }
  }

  /// Shows the record for `position`, which is held; when it was learned.
  private func show(
    _ position: Position, after at: Instant, _ tree: inout MerkleTree,
    _ impossible: inout Impossible?,
    _ body: (borrowing RecordView, borrowing MerkleTree) throws(BackupError) -> Void
  ) throws(BackupError) -> Instant {
    guard let record = RecordView(in: input.buffer.raw, at: input.start),
      record.position == position, record.at > at
    else { throw damaged(position, impossible) }
    if impossible == nil { impossible = record.impossibility.map { (position, $0) } }
    tree.append(.leaf(record.bytes)) { _, _ in }
    if impossible == nil { try body(record, tree) }
    return record.at
  }

  /// The file is damaged at `position`, or before it where a record says what cannot be.
  private func damaged(_ position: Position, _ impossible: Impossible?) -> BackupError {
    .damaged(input.path, "is damaged at event \(impossible?.position ?? position)")
  }
}

/// The bytes of a file, a part of them at a time.
private struct SegmentInput: ~Copyable {
  let path: String
  private let file: ByteInput
  /// What has been read and not yet been passed, from `start` on.
  private(set) var buffer: [UInt8] = []
  private(set) var start = 0

  init(_ path: String, fromDisk: Bool) throws(BackupError) {
    self.path = path
    // Opening a pipe waits for whoever writes into it.
    guard Files.isFile(path) != false else { throw .damaged(path, "is no file") }
    do throws(ByteInput.Failure) {
      file = try fromDisk ? ByteInput(fromDisk: path) : ByteInput(path: path)
    } catch { throw Self.unreadable(path, error) }
  }

  private static func unreadable(_ path: String, _ failure: ByteInput.Failure) -> BackupError {
    BackupError(
      .system, "\(path) cannot be read: \(failure.reason).",
      remedy: "Check the disk, or fetch another copy of the file.")
  }

  /// Whether the next `count` bytes are there; then they lie in the buffer.
  mutating func hold(_ count: Int) throws(BackupError) -> Bool {
    if buffer.count - start >= count { return true }
    buffer.removeFirst(start)
    start = 0
    do throws(ByteInput.Failure) {
      while buffer.count < count {
        let chunk = try file.read(atMost: 1 << 18)
        if chunk.isEmpty { return false }
        buffer += chunk
      }
    } catch { throw Self.unreadable(path, error) }
    return true
  }

  /// A copy of the next `count` bytes, which are held.
  func bytes(_ count: Int) -> [UInt8] { Array(buffer[start..<start + count]) }

  /// Goes on behind the next `count` bytes.
  mutating func pass(_ count: Int) { start += count }
}
