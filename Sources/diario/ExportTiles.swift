// Why: anybody can follow a log that lies somewhere as static files: public monitors read this layout. The checkpoint is written last,
// so that what it says is there already.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Events
internal import Platform
internal import Proofs
internal import Wire

struct ExportTiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-tiles",
    abstract: "Write the tree of the log as static files (C2SP tlog-tiles).",
    discussion: """
      The tree shows no event: hashes only. --entries writes the records too. What is there already is \
      not written again.

      EXAMPLES
        diario export-tiles /srv/www/aranda --key ~/aranda.key
        diario export-tiles /srv/audit/aranda --key ~/aranda.key --entries
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var signed: SignedOptions
  @Argument(help: "The directory to write into.")
  var directory: String
  @Flag(help: "The records too, in bundles of 256.")
  var entries = false

  func run() throws {
    try OutputPlace.require(directory)
    let note = try signed.note()
    let checkpoint = try accepting { () throws(ProofError) in try Checkpoint(note) }
    let books = try place.open(readOnly: true)
    try withBooks { () throws(BooksError) in try books.requireHistory(of: checkpoint) }
    let known = try known(checkpoint, books)
    try requireOwn(books, checkpoint.size, known: known)
    var written = 0
    for tile in TilePath.all(of: checkpoint.size) {
      let isKnown = tile.leaves <= known
      if !isKnown || Files.size(path(tile)) != tile.width * UInt64(MerkleHash.byteCount) {
        try write(try hashes(books, tile), tile)
        written += 1
      }
      if entries, tile.level == 0 {
        let bundle = TilePath(level: nil, index: tile.index, width: tile.width)
        let records = try records(books, bundle)
        if !isKnown || Files.size(path(bundle)) != UInt64(records.count) {
          try write(records, bundle)
          written += 1
        }
      }
    }
    try reading { () throws(FileFailure) in
      try Files.makeDirectories(directory)
      try Files.write(note.text.utf8, to: "\(directory)/checkpoint")
    }
    Terminal.write(
      "\(written) tile\(written == 1 ? "" : "s"), \(checkpoint.size) events of \(checkpoint.origin)\n"
    )
  }

  /// How many events of this history the directory has: the checkpoint there says so. What else lies there is not relied on.
  private func known(_ checkpoint: Checkpoint, _ books: Books) throws(Failure) -> UInt64 {
    let path = "\(directory)/checkpoint"
    guard Files.exists(path) else { return 0 }
    let bytes = try reading { () throws(FileFailure) in try Files.read(path, .checkpoint) }
    let text = String(decoding: bytes, as: UTF8.self)
    let before: Checkpoint
    do throws(ProofError) { before = try Checkpoint(SignedNote(parsing: text)) } catch {
      throw .refused("\(path) is no checkpoint: \(error.message) Use another directory.")
    }
    guard before.origin.isExactly(checkpoint.origin), before.size <= checkpoint.size else {
      throw Failure.refused(
        "\(directory) holds \(before.size) events of \(before.origin) already. Use another directory."
      )
    }
    try withBooks { () throws(BooksError) in try books.requireHistory(of: before) }
    return before.size
  }

  private func path(_ tile: TilePath) -> String { "\(directory)/\(tile.text)" }

  private func write(_ bytes: [UInt8], _ tile: TilePath) throws(Failure) {
    let path = path(tile)
    try reading { () throws(FileFailure) in
      try Files.makeDirectories(Files.parent(of: path))
      try Files.write(bytes, to: path)
    }
  }

  /// Refuses a directory that has other files in the places of tiles of which its checkpoint says nothing. An interrupted run has left the
  /// same ones.
  private func requireOwn(_ books: Books, _ size: UInt64, known: UInt64) throws(Failure) {
    for tile in TilePath.all(of: size) where tile.leaves > known {
      if Files.exists(path(tile)) { try requireOwn(try hashes(books, tile), tile) }
      let bundle = TilePath(level: nil, index: tile.index, width: tile.width)
      if entries, tile.level == 0, Files.exists(path(bundle)) {
        try requireOwn(try records(books, bundle), bundle)
      }
    }
  }

  private func requireOwn(_ bytes: [UInt8], _ tile: TilePath) throws(Failure) {
    let path = path(tile)
    let limit = ReadLimit(bytes.count, of: "a tile")
    if Files.size(path) == UInt64(bytes.count),
      try reading({ () throws(FileFailure) in try Files.read(path, limit) }) == bytes
    {
      return
    }
    throw .refused("\(path) is there already, and not of these books. Use another directory.")
  }

  private func hashes(_ books: Books, _ tile: TilePath) throws(Failure) -> [UInt8] {
    try withBooks { () throws(BooksError) in
      try books.tile(tile.level ?? 0, tile.index, width: Int(tile.width)).flatMap(\.bytes)
    }
  }

  /// The records of a bundle, each behind its length in two bytes, the higher first.
  private func records(_ books: Books, _ bundle: TilePath) throws(Failure) -> [UInt8] {
    let first = bundle.index * TilePath.width + 1
    var bytes: [UInt8] = []
    var tooLong: Position?
    try withBooks { () throws(BooksError) in
      try books.log.scan(first...first + bundle.width - 1) { (record) throws(BooksError) in
        if record.length > 0xffff { tooLong = record.position }
        bytes += [
          UInt8(truncatingIfNeeded: record.length >> 8), UInt8(truncatingIfNeeded: record.length),
        ]
        bytes += record.bytes.bytes(0..<record.length)
        return true
      }
    }
    if let tooLong {
      throw Failure.refused(
        "The record of event \(tooLong) is longer than the 65,535 bytes that tlog-tiles allows. Leave --entries out."
      )
    }
    return bytes
  }
}
