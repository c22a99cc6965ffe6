// What would lose data later is refused at opening, with a reason and a remedy.

import Foundation
import Testing

@testable import LMDB

@Suite struct OpeningTests {
  @Test func `opening makes what is absent only when told to`() throws {
    let scratch = try Scratch()
    let inside = scratch.path + "/books"
    for mode in [OpenMode.readOnly, .readWrite] {
      #expect(throws: error(.absent)) {
        _ = try Environment(path: inside, tables: ["log"], mode: mode)
      }
    }
    #expect(!FileManager.default.fileExists(atPath: inside))
    _ = try Environment(path: inside, tables: ["log"], mode: .create)
    _ = try Environment(path: inside, tables: ["log"], mode: .readWrite)
    _ = try Environment(path: inside, tables: ["log"], mode: .create)
  }

  @Test func `a directory without a data file holds no environment`() throws {
    let scratch = try Scratch()
    for mode in [OpenMode.readOnly, .readWrite] {
      #expect(throws: error(.absent)) { _ = try scratch.open(mode) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
  }

  @Test func `a table that is not there is named, and made only by create`() throws {
    let scratch = try Scratch()
    _ = try Environment(path: scratch.path, tables: ["log"], mode: .create)
    let thrown = #expect(throws: error(.absent)) { _ = try scratch.open(.readWrite) }
    #expect(thrown?.message.contains("\"names\"") == true)
    let environment = try scratch.open(.create)
    #expect(try environment.count("names") == 0)
    #expect(throws: error(.absent)) { _ = try environment.table("blocks") }
  }

  @Test func `a second opening in one process is refused, by any path, until the first is closed`()
    throws
  {
    let scratch = try Scratch()
    let other = try Scratch()
    let link = other.path + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: scratch.path)
    do {
      let environment = try scratch.open()
      for path in [scratch.path, scratch.path + "/.", link] {
        #expect(throws: error(.alreadyOpen), "\(path)") {
          _ = try Environment(path: path, tables: ["log"], mode: .readOnly)
        }
      }
      try environment.fill([1])  // the refused openings did not disturb the first
    }
    #expect(try scratch.open(.readOnly).keys() == [1])
  }

  @Test func `a failed opening leaves nothing open`() throws {
    let scratch = try Scratch()
    _ = try Environment(path: scratch.path, tables: ["log"], mode: .create)
    for _ in 0..<3 { #expect(throws: error(.absent)) { _ = try scratch.open(.readOnly) } }
    _ = try scratch.open(.create)
  }

  @Test func `a creation that was cut off is begun again`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1])
    let heads = try Data(contentsOf: scratch.dataFile).prefix(8_192)
    for length in [0, 1, 4_096, 8_191] {
      try heads.prefix(length).write(to: scratch.dataFile)
      if length > 0 {
        #expect(throws: error(.truncated)) { _ = try scratch.open(.readWrite) }
      }
      try scratch.open(.create).fill([2])
      #expect(try scratch.open(.readOnly).keys() == [2])
    }
  }

  @Test func `an empty data file is not taken for new books`() throws {
    let scratch = try Scratch()
    try scratch.open().fill([1])
    try Data().write(to: scratch.dataFile)
    for mode in [OpenMode.readOnly, .readWrite] {
      #expect(throws: error(.truncated)) { _ = try scratch.open(mode) }
    }
  }

  @Test func `a file that is no data file is refused`() throws {
    let scratch = try Scratch()
    try Data(repeating: 0x20, count: 20_000).write(to: scratch.dataFile)
    for mode in [OpenMode.readOnly, .readWrite, .create] {
      #expect(throws: error(.damaged)) { _ = try scratch.open(mode) }
    }
  }

  // Magic numbers of linux/magic.h and statfs(2).
  @Test(
    arguments: [
      (0x6969, "NFS"), (0x517B, "SMB"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "CIFS"),
      (0x0102_1997, "9P"), (0xEF53, nil), (0x5846_5342, nil), (0x9123_683E, nil),
      (0x7461_636F, "OCFS2"), (0x4750_4653, "GPFS"), (0x0102_1994, nil), (0x6573_5546, nil),
    ] as [(Int, String?)])
  func `network file systems are refused by name, local ones are not`(kind: Int, name: String?)
    throws
  {
    #expect(FileSystem.networkName(of: kind) == name)
    if let name {
      let thrown = #expect(throws: error(.networkFileSystem)) {
        try OpenGuard.refuseNetwork("/books", kind: kind)
      }
      #expect(thrown?.message.contains(name) == true)
    } else {
      #expect(throws: Never.self) { try OpenGuard.refuseNetwork("/books", kind: kind) }
    }
    // statfs(2) gives a signed word: the same numbers with their sign extended.
    #expect(FileSystem.networkName(of: Int(Int32(truncatingIfNeeded: kind))) == name)
  }

  @Test func `directories report their free bytes and refuse what is not there`() throws {
    #expect(try FileSystem.freeBytes(at: "/") > 0)
    #expect(throws: error(.absent)) { _ = try FileSystem.freeBytes(at: "/no/such/place") }
    #expect(throws: error(.absent)) { try FileSystem.synchronizeDirectory("/no/such/place") }
    #expect(FileSystem.parent(of: "/a/b/") == "/a")
    #expect(FileSystem.parent(of: "/a") == "/")
    #expect(FileSystem.parent(of: "a") == ".")
  }
}
