// Why: a value that was deleted from an LMDB file stays readable in it. So nothing is deleted there: a change that must leave
// nothing behind writes a new store beside the old one, gives it the next number, and deletes the old one. At every moment
// the highest number is the store, whole. What else may lie there (a copy put in the wrong place, another company's) is told from what a
// change has left: see KeyStore+Tidy.swift.

internal import LMDB
internal import Platform

/// The directory `keys/`: numbered stores, of which the highest counts.
struct KeyDirectory: Sendable {
  let path: String
  private var next: String { "\(path)/next" }
  /// Where the master key lies unless it was made elsewhere.
  var masterPath: String { "\(path)/master.key" }

  /// The number of the store that counts; `nil` when there is none.
  func newest() throws(KeyError) -> Int? { try numbers().last }

  func store(_ number: Int) -> String { "\(path)/\(number)" }

  /// The numbers of the stores, rising.
  func numbers() throws(KeyError) -> [Int] {
    try names().compactMap { name in Int(name).flatMap { String($0) == name ? $0 : nil } }
      .filter { $0 > 0 }.sorted()
  }

  /// Whether the store `number` is the one that counts, as far as it is known that it did before: whoever replaces it gives the new one
  /// the next number.
  func isCurrent(_ number: Int) -> Bool {
    Files.exists("\(store(number))/data.mdb") && !Files.exists(store(number &+ 1))
  }

  private func names() throws(KeyError) -> [String] {
    if !Files.exists(path) { return [] }
    return try reading { () throws(FileFailure) in try Files.names(in: path) }
  }

  /// Files whose writing was interrupted: master keys that nobody will ask for.
  private func partials() throws(KeyError) -> [String] {
    try names().filter { Files.finishedName(ofPartial: $0) != nil }
  }

  /// Puts a store with these rows in the place of the one that counts. When it returns, the old one is gone from the disk; if it is
  /// interrupted, the store is wholly the old one or wholly the new one.
  /// - Throws: ``KeyError`` when there is another store beside it: that would be deleted too, and nobody has read it.
  func replace(
    with rows: [(key: [UInt8], row: KeyRow)], books: String, masterID: [UInt8]
  ) throws(KeyError) {
    do throws(StoreError) { try FileSystem.createDirectory(path) } catch {
      throw KeyError(store: error)
    }
    let numbers = try numbers()
    if numbers.count > 1, let old = numbers.first, let newest = numbers.last {
      throw KeyError.notReplaced(
        store(old), by: store(newest), "it has just been put there.")
    }
    let old = numbers.last ?? 0
    let (number, isBeyond) = old.addingReportingOverflow(1)
    if isBeyond { throw KeyError.unnumberable(store(old)) }
    try reading { () throws(FileFailure) in try Files.deleteDirectory(next) }
    try OpenKeys.write(rows, at: next, books: books, masterID: masterID)
    try reading { () throws(FileFailure) in try Files.move(next, to: store(number)) }
    try tidy()
  }

  /// Whether there is a store beside the one that counts: an older one, or an unfinished one.
  func hasOthers() throws(KeyError) -> Bool { try numbers().count > 1 || Files.exists(next) }

  /// Whether there is one store, and nothing unfinished.
  func isTidy() throws(KeyError) -> Bool {
    let hasNoPartials = try partials().isEmpty
    return try !hasOthers() && hasNoPartials
  }

  /// Deletes what an interrupted change has left: older stores, an unfinished one, half-written files. The newest must be known to be whole.
  func tidy() throws(KeyError) {
    let numbers = try numbers()
    try reading { () throws(FileFailure) in
      for number in numbers.dropLast() { try Files.deleteDirectory(store(number)) }
      try Files.deleteDirectory(next)
    }
    for name in try partials() { Files.delete("\(path)/\(name)") }
  }
}
