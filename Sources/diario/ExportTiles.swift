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
      The tree shows no event: hashes only. --entries writes the records too, if none has more than 65,535 bytes. Run again, \
      it writes what is new, and what is missing or has another size than it must have; --check compares all that is there with the log.

      EXAMPLES
        diario export-tiles /srv/www/aranda --key ~/aranda.key
        diario export-tiles /srv/audit/aranda --key ~/aranda.key --entries
        diario export-tiles /srv/www/aranda --key ~/aranda.key --check
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var signed: SignedOptions
  @Argument(help: "The directory to write into.", transform: fileName)
  var directory: String
  @Flag(help: "The records too, in bundles of 256.")
  var entries = false
  @Flag(help: "Compare every byte of what is there; write again, and name, what is damaged.")
  var check = false

  func run() throws {
    try OutputPlace.require(directory)
    try OutputPlace.requireNoFile(directory)
    let note = try signed.note()
    let checkpoint = try accepting { () throws(ProofError) in try Checkpoint(note) }
    let books = try place.open(readOnly: true)
    try withBooks { () throws(BooksError) in try books.requireHistory(of: checkpoint) }
    let known = try known(checkpoint, books)
    let tiles = tiles(checkpoint.size)
    try requireShortRecords(books, checkpoint.size, tiles, known)
    for tile in tiles where tile.leaves > known && Files.exists(path(tile)) {
      try requireOwn(try content(books, tile), tile)
    }
    var written = 0
    for tile in tiles {
      if try isThere(tile, known, books) { continue }
      try write(try content(books, tile), tile)
      written += 1
    }
    try reading { () throws(FileFailure) in
      try Files.makeDirectories(directory)
      try Files.write(note.text.utf8, to: "\(directory)/checkpoint")
    }
    Terminal.write(
      "\(written) tile\(written == 1 ? "" : "s"), \(checkpoint.size) events of \(checkpoint.origin)\n"
    )
  }

  /// What is to be there: the tiles of hashes, and the bundles of records if they are wanted.
  private func tiles(_ size: UInt64) -> [TilePath] {
    TilePath.all(of: size).flatMap { tile in
      entries && tile.level == 0
        ? [tile, TilePath(level: nil, index: tile.index, width: tile.width)] : [tile]
    }
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

  /// Whether the file of `tile` is there. Of one that is damaged it is told that it is replaced: the checkpoint says that it was whole.
  private func isThere(
    _ tile: TilePath, _ known: UInt64, _ books: Books
  ) throws(Failure) -> Bool {
    let path = path(tile)
    guard Files.exists(path) else { return false }
    // What the checkpoint does not speak of has just been read.
    if tile.leaves > known { return true }
    if try check ? holds(path, content(books, tile)) : hasSize(path, tile) { return true }
    Terminal.error("\(path) was damaged, and is written again.")
    return false
  }

  /// Whether a file of hashes is as long as it must be. (How long one of records is to be, only the records say.)
  private func hasSize(_ path: String, _ tile: TilePath) -> Bool {
    guard let size = Files.size(path) else { return false }
    return tile.level == nil ? size > 0 : size == tile.width * UInt64(MerkleHash.byteCount)
  }

  private func holds(_ path: String, _ bytes: [UInt8]) throws(Failure) -> Bool {
    guard Files.isFile(path) == true, Files.size(path) == UInt64(bytes.count) else { return false }
    let limit = ReadLimit(bytes.count, of: "a tile")
    return try reading { () throws(FileFailure) in try Files.read(path, limit) } == bytes
  }

  /// Refuses a directory that has another file in the place of a tile of which its checkpoint says nothing. An interrupted run has left the
  /// same one.
  private func requireOwn(_ bytes: [UInt8], _ tile: TilePath) throws(Failure) {
    if try holds(path(tile), bytes) { return }
    throw .refused("\(path(tile)) is there already, and not of these books. Use another directory.")
  }

  /// Refuses to begin with bundles when a record does not fit: its length stands before it in two bytes. Those of bundles that are there did.
  private func requireShortRecords(
    _ books: Books, _ size: UInt64, _ tiles: [TilePath], _ known: UInt64
  ) throws(Failure) {
    let missing = tiles.filter {
      $0.level == nil && ($0.leaves > known || !Files.exists(path($0)))
    }
    guard let first = missing.map({ $0.index * TilePath.width + 1 }).min() else { return }
    var tooLong: Position?
    try withBooks { () throws(BooksError) in
      try books.log.scan(first...size) { (record) throws(BooksError) in
        if record.length > 0xffff { tooLong = record.position }
        return tooLong == nil
      }
    }
    if let tooLong {
      throw Failure.refused(
        "The record of event \(tooLong) is longer than the 65,535 bytes that tlog-tiles allows. Leave --entries out."
      )
    }
  }

  /// What the file of `tile` is to hold.
  private func content(_ books: Books, _ tile: TilePath) throws(Failure) -> [UInt8] {
    try withBooks { () throws(BooksError) in
      guard let level = tile.level else { return try records(books, tile) }
      return try books.tile(level, tile.index, width: Int(tile.width)).flatMap(\.bytes)
    }
  }

  /// The records of a bundle, each behind its length in two bytes, the higher first.
  private func records(_ books: Books, _ bundle: TilePath) throws(BooksError) -> [UInt8] {
    let first = bundle.index * TilePath.width + 1
    var bytes: [UInt8] = []
    try books.log.scan(first...first + bundle.width - 1) { (record) throws(BooksError) in
      bytes += [
        UInt8(truncatingIfNeeded: record.length >> 8), UInt8(truncatingIfNeeded: record.length),
      ]
      bytes += record.bytes.bytes(0..<record.length)
      return true
    }
    return bytes
  }
}
