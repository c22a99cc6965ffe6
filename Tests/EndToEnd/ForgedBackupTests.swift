// Why: a backup comes from elsewhere, and whoever changes it makes its hashes fit. What it says is then refused for what it is, at once,
// and no command ends in a crash.

import Foundation
import Proofs
import Testing
import Wire

/// The one segment of a backup of Aranda's books, changed, with hashes that are right.
private struct ForgedSegment {
  private var head: [UInt8]
  private var records: [[UInt8]] = []
  private let file: URL

  init(of backed: BackedUpBooks) throws {
    file = URL(filePath: try backed.files()[0])
    let bytes = [UInt8](try Data(contentsOf: file))
    head = Array(bytes[..<136])
    // Behind the head of 136 bytes and its hash: neither peaks nor a note, since it begins at event 1 and no key signed.
    var start = 168
    while start < bytes.count {
      let length = Int(Array(bytes[start..<start + 4]).raw.load(0, as: UInt32.self))
      records.append(Array(bytes[start..<start + length]))
      start += length
    }
  }

  /// Puts the number of 8 bytes at `offset` of the head.
  mutating func setHead(_ offset: Int, _ number: UInt64) { Self.set(&head, offset, number) }

  /// Puts a number into the first move of the first record that has one; the record's place.
  mutating func setMove(_ offset: Int, _ number: UInt64) throws -> Int {
    let place = try #require(records.firstIndex { $0.raw.load(28, as: UInt16.self) > 0 })
    Self.set(&records[place], 56 + offset, number)
    return place + 1
  }

  /// Puts a number into the first record.
  mutating func setFirst(_ offset: Int, _ number: UInt64) { Self.set(&records[0], offset, number) }

  private static func set(_ bytes: inout [UInt8], _ offset: Int, _ number: UInt64) {
    for byte in 0..<8 { bytes[offset + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
  }

  /// Writes it in the place of the genuine one.
  func write() throws {
    var tree = MerkleTree()
    for record in records { tree.append(.leaf(record.raw)) { _, _ in } }
    var bytes = Array(head[..<96])
    tree.root.append(to: &bytes)
    bytes += head[128...]
    MerkleHash.of(bytes.raw).append(to: &bytes)
    try FileManager.default.removeItem(at: file)
    try Data(bytes + records.flatMap { $0 }).write(to: file)
  }
}

@Suite struct `Forged backups` {
  @Test func `written again unchanged, the segment is sound`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try ForgedSegment(of: backed).write()
    #expect(try backed.check().output.hasPrefix("sound: 179 events"))
  }

  @Test(arguments: [UInt64.max, 1 << 63])
  func `an end beyond all positions is no segment's`(last: UInt64) throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    var forged = try ForgedSegment(of: backed)
    forged.setHead(40, last)
    try forged.write()
    for outcome in [try backed.check(), try backed.restore("new"), try backed.add()] {
      #expect(
        outcome.code == 3 && outcome.errors.contains("whose parts do not fit together"),
        "\(outcome.text)")
    }
  }

  @Test func `a record that no recording writes is damage`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    var forged = try ForgedSegment(of: backed)
    let position = try forged.setMove(8, 1 << 63)
    try forged.write()
    let says = "event \(position) has an amount that is beyond all that can be counted"
    for outcome in [try backed.check(), try backed.restore("new")] {
      #expect(outcome.code == 3 && outcome.errors.contains(says), "\(outcome.text)")
    }
    let other = try BackedUpBooks()
    _ = try other.add()
    var early = try ForgedSegment(of: other)
    early.setFirst(16, UInt64(bitPattern: .min + 1))
    try early.write()
    let outcome = try other.restore("new")
    #expect(
      outcome.code == 3 && outcome.errors.contains("event 1 has a moment in no year"),
      "\(outcome.text)")
  }

  @Test func `a changed bit is damage, whatever it makes of a record`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    try backed.record("P-1")
    _ = try backed.add()
    // Behind the heads of 136 bytes, the peaks (179 = 128 + 32 + 16 + 2 + 1) and the hash: the day of a record is the i32 at 24.
    for (number, head, event) in [(0, 136 + 32, 1), (1, 136 + 5 * 32 + 32, 180)] {
      let file = URL(filePath: try backed.files()[number])
      let sound = try Data(contentsOf: file)
      var bytes = sound
      bytes[head + 27] ^= 0x40
      try bytes.write(to: file)
      for outcome in [try backed.check(), try backed.restore("new")] {
        #expect(outcome.code == 3, "\(outcome.text)")
        #expect(
          outcome.errors.contains("is damaged at event \(event). Fetch another copy of this file."),
          "\(outcome.text)")
        #expect(!outcome.errors.contains("forged"), "\(outcome.text)")
        // In front of the first file there is nothing.
        let before = outcome.errors.contains("1 to 179")
        #expect(before == (number == 1) && !outcome.errors.contains("what lies before"))
      }
      try sound.write(to: file)
    }
  }

  @Test func `a pipe in a backup is named, and nobody waits for it`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    let pipe = backed.backup + "/000000000180-000000000190.diario-backup"
    let made = try Program.run(URL(filePath: "/usr/bin/mkfifo"), [pipe])
    #expect(made.code == 0, "\(made.text)")
    let outcome = try backed.check()
    #expect(outcome.code == 3 && outcome.errors.contains("is no file"), "\(outcome.text)")
    #expect(outcome.errors.contains("Events 1 to 179 can be restored"), "\(outcome.text)")
  }

  @Test func `a link into other books is no place to restore to`() throws {
    let backed = try BackedUpBooks()
    _ = try backed.add()
    let inner = backed.books.path + "/inner"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
    let link = backed.books.folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: inner)
    let outcome = try backed.restore("link")
    #expect(outcome.code == 1 && outcome.errors.contains("inside the books"), "\(outcome.text)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: inner).isEmpty)
  }

  @Test func `a checkpoint that no file of the backup can carry is told`() throws {
    let signed = try SignedBooks()
    let backup = signed.books.folder.path("backup")
    func add(_ options: [String]) throws -> Program.Outcome {
      try signed.run(["backup", backup, "--books", signed.books.path] + options)
    }
    _ = try add([])
    let outcome = try add(["--key", signed.key])
    #expect(
      outcome.output.contains("signed, but not in the backup") && outcome.code == 0,
      "\(outcome.text)")
    try signed.record("P-1")
    #expect(try add(["--key", signed.key]).output.contains(", signed"))
    #expect(try add(["--key", signed.key]).output == "nothing new: 180 events are in \(backup)\n")
  }
}
