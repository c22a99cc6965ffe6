// Why: new books are empty but for their settings and their chart of accounts, which are events like any other.

internal import ArgumentParser
internal import Backups
internal import Books
internal import Charts
internal import Decisions
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
    try withBooks { () throws(BooksError) in
      try Books.requirePlace(at: directory, keys: master.options)
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
    let names = Surroundings.strangers(among: (try? Files.names(in: directory)) ?? []).filter {
      Files.location("\(directory)/\($0)") != masterKey
    }
    let inLog = ((try? Files.names(in: "\(directory)/log")) ?? []).filter {
      !["data.mdb", "lock.mdb"].contains($0)
    }
    if let other = (names + inLog.map { "log/\($0)" }).min() {
      throw .refused("\(directory) is not empty: there is \(other). Name a new directory.")
    }
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
    let proposals = try proposals(opened, accounts, from: first, on: given)
    var refusal = try tried(proposals)
    if refusal == nil {
      refusal = try withBooks { () throws(BooksError) in try create(proposals, keys) }
    }
    if let refusal { throw Failure.refused("\(refusal)") }
    if FileSystem.isServedByProgram(directory) {
      Terminal.error("\(directory) lies on \(fuseAdvice)")
    }
    Terminal.error(
      "Created books in \(directory): \(opened.name.printable), \(currency), chart \(chart), "
        + "\(accounts.count) accounts, \(timeZone).")
  }

  /// The first events.
  private func proposals(
    _ opened: BooksOpened, _ accounts: [any Event], from first: Instant, on given: Day?
  ) throws(Failure) -> [Proposal] {
    let today = try withBooks { () throws(BooksError) in try Books.day(at: first, in: timeZone) }
    var proposals = [Proposal(opened, on: given ?? today)]
    proposals += accounts.map { Proposal($0, on: given ?? today) }
    if at != nil {
      for i in proposals.indices {
        proposals[i].at = Instant(microseconds: first.microseconds + Int64(i))
      }
    }
    return proposals
  }

  /// The refusal, if one of the first events is refused. They are tried in books that are thrown away: so a refusal leaves nothing, and nothing
  /// is ever deleted where another process may be making the same books, or have taken the same master key.
  private func tried(_ proposals: [Proposal]) throws(Failure) -> Refusal? {
    let scratch = try reading { () throws(FileFailure) in try ScratchDirectory() }
    let path = scratch.path
    let refusal = try withBooks { () throws(BooksError) in
      try Books.create(at: path, identity: Terminal.randomBytes(16))
      return try record(proposals, in: path, KeyOptions(), isTrial: true)
    }
    _ = consume scratch
    return refusal
  }

  /// Makes the books and records their first events; the refusal, if one is refused: another process has recorded there meanwhile.
  private func create(
    _ proposals: [Proposal], _ keys: KeyOptions
  ) throws(BooksError) -> Refusal? {
    try Books.create(at: directory, identity: Terminal.randomBytes(16), keys: keys)
    return try record(proposals, in: directory, keys, isTrial: false)
  }

  private func record(
    _ proposals: [Proposal], in path: String, _ keys: KeyOptions, isTrial: Bool
  ) throws(BooksError) -> Refusal? {
    let books = try Books(at: path, isTrial: isTrial, keys: keys, now: { Terminal.now() })
    let answers = try books.record(
      proposals, RecordOptions(isAtomic: true, isImport: at != nil, isTrial: isTrial))
    for case .refused(let refusal) in answers { return refusal }
    return nil
  }
}
