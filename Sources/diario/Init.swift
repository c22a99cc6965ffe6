// Why: new books are empty but for their settings and their chart of accounts, which are events like any other.

internal import ArgumentParser
internal import Backups
internal import Books
internal import Charts
internal import Decisions
internal import EventLog
internal import Events
internal import LMDB
internal import Ledger
internal import Platform
internal import Wire

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Create books with a chart of accounts.",
    discussion: """
      The directory must be absent or empty; keys/ (the key to personal data) may lie there already. What is refused leaves nothing.

      EXAMPLES
        diario init books --name "Ferretería Aranda" --time-zone Europe/Madrid
        diario init libros --chart pgc --name "Ferretería Aranda"
      """)

  @Argument(help: "The directory to create.", transform: fileName)
  var directory: String
  @Option(help: "The chart of accounts: generic (English) or pgc (Spain).")
  var chart = "generic"
  @Option(help: "The books' currency (ISO 4217).")
  var currency = "EUR"
  @Option(help: "The time zone in which days are days.")
  var timeZone = "Europe/Madrid"
  @Option(help: "Whose books they are.")
  var name: String?
  @Option(help: "The day of the first events; today when absent.")
  var on: String?
  @Option(help: "The moment of the first event, to import history that is older than today.")
  var at: String?

  @OptionGroup var master: MasterKeyOption

  /// What the directory is called.
  private var ownName: String {
    let last = directory.split(separator: "/").last.map(String.init) ?? ""
    if !["", ".", ".."].contains(last) { return last }
    return Files.resolved(directory)?.split(separator: "/").last.map(String.init) ?? directory
  }

  /// What may lie where books are made: what an interrupted creation, or a restore, has begun; the keys; what a new file system has.
  private static let harmless: Set = [
    "log", LMDBLog.unfinishedName, "keys", "writer.lock", "lost+found",
  ]

  /// Refuses a place inside of books or of a backup, one that holds other things, and one whose log was lost: new books do not fit the keys and
  /// summaries that are left.
  private func requirePlace() throws(Failure) {
    try OutputPlace.requireNoFile(directory)
    try OutputPlace.requireParent(of: directory)
    if let books = Surroundings.books(above: directory) {
      throw .refused("\(directory) is inside the books \(books). Name a place elsewhere.")
    }
    try OutputPlace.requireOutsideBackups(directory)
    if let key = master.options.masterKey {
      try OutputPlace.requireForMasterKey(key, of: directory)
    }
    // An interrupted creation begins with the log, and leaves neither keys nor summaries without it. Of one that may not be looked at, whoever
    // opens it says so.
    let log = "\(directory)/log"
    let names = Files.exists(log) ? try? Files.names(in: log) : []
    let hasLog = names.map { $0.contains("data.mdb") && Files.size("\(log)/data.mdb") != 0 } ?? true
    let stores = (try? Files.names(in: "\(directory)/keys"))?.filter { Int($0) != nil } ?? []
    if !hasLog, Files.exists("\(directory)/views/data.mdb") || !stores.isEmpty {
      throw .refused(
        "There were books in \(directory), and their log is lost. Restore a backup; or name another directory for new books."
      )
    }
    if !hasLog { try requireEmpty() }
  }

  /// Books have a directory of their own, which is copied and handed out as a whole.
  private func requireEmpty() throws(Failure) {
    let masterKey = master.options.masterKey.map(Files.location)
    let names = ((try? Files.names(in: directory)) ?? []).filter { name in
      !name.hasPrefix(".") && !Self.harmless.contains(name)
        && Files.location("\(directory)/\(name)") != masterKey
    }
    let inLog = ((try? Files.names(in: "\(directory)/log")) ?? []).filter {
      !["data.mdb", "lock.mdb"].contains($0)
    }
    if let other = (names + inLog.map { "log/\($0)" }).min() {
      throw .refused("\(directory) is not empty: there is \(other). Name a new directory.")
    }
  }

  /// What lies where books are to be made, which stays when they are refused.
  private struct Before {
    var directory: Bool
    /// Books whose creation was interrupted, or what cannot be looked at: then nothing is taken away.
    var log: Bool
    var keys: Bool
    var masterKey: Bool

    init(_ directory: String, masterKey: String) {
      self.directory = Files.exists(directory)
      log =
        self.directory && (try? Files.names(in: directory)) == nil
        || Files.exists("\(directory)/log")
      keys = Files.exists("\(directory)/keys")
      self.masterKey = Files.exists(masterKey)
    }
  }

  /// Deletes what a refused creation has made, which are books without a single event.
  private func undo(_ before: Before, masterKey: String) {
    if before.log { return }
    // (There was no store: those of lost books are refused before.)
    try? Files.deleteDirectory("\(directory)/keys/1")
    if !before.masterKey { Files.delete(masterKey) }
    for name in ["log", "views"] + (before.keys ? [] : ["keys"]) {
      try? Files.deleteDirectory("\(directory)/\(name)")
    }
    Files.delete("\(directory)/writer.lock")
    if !before.directory { try? Files.deleteDirectory(directory) }
  }

  func run() throws {
    let keys = master.options
    guard let accounts = Charts.named(chart) else {
      throw Failure.usage(
        "There is no chart \"\(chart)\". Use one of: \(Charts.names.joined(separator: ", ")).")
    }
    if name?.isEmpty == true { throw Failure.usage("Whose books are they? Say it with --name.") }
    var opened = BooksOpened()
    opened.name = name ?? ownName
    opened.timeZone = timeZone
    let first: Instant
    let given: Day?
    do {
      opened.currency = try Code(currency)
      opened.chart = try Code(chart)
      first = try at.map { (text) throws(WireError) in try Instant(text) } ?? Terminal.now()
      given = try on.map { (text) throws(WireError) in try Day(text) }
    } catch { throw Failure.usage("\(error)") }
    try requirePlace()
    let masterKey = keys.masterKey ?? "\(directory)/keys/master.key"
    let before = Before(directory, masterKey: masterKey)
    var refusal: Refusal?
    do throws(BooksError) {
      refusal = try create(opened, accounts, from: first, on: given, keys)
    } catch {
      // What another process has made meanwhile stays, and what may have been recorded.
      if ![.exists, .busy, .outcomeUnknown].contains(error.code) {
        undo(before, masterKey: masterKey)
      }
      throw Failure(error)
    }
    if let refusal {
      undo(before, masterKey: masterKey)
      throw Failure.refused("\(refusal)")
    }
    if FileSystem.isServedByProgram(directory) {
      Terminal.error("\(directory) lies on \(fuseAdvice)")
    }
    Terminal.error(
      "Created books in \(directory): \(opened.name.printable), \(currency), chart \(chart), "
        + "\(accounts.count) accounts, \(timeZone).")
  }

  /// Makes the books and records their first events; the refusal, if one is refused.
  private func create(
    _ opened: BooksOpened, _ accounts: [any Event], from first: Instant, on given: Day?,
    _ keys: KeyOptions
  ) throws(BooksError) -> Refusal? {
    let today = try Books.day(at: first, in: timeZone)
    try Books.create(at: directory, identity: Terminal.randomBytes(16), keys: keys)
    let books = try Books(at: directory, keys: keys, now: { Terminal.now() })
    var proposals = [Proposal(opened, on: given ?? today)]
    proposals += accounts.map { Proposal($0, on: given ?? today) }
    if at != nil {
      for i in proposals.indices {
        proposals[i].at = Instant(microseconds: first.microseconds + Int64(i))
      }
    }
    let answers = try books.record(
      proposals, RecordOptions(isAtomic: true, isImport: at != nil))
    for case .refused(let refusal) in answers { return refusal }
    return nil
  }
}
