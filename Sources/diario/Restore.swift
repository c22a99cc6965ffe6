// Why: whoever restores is under pressure. What could make it worse (overwriting what is left, taking an older copy for the newest,
// going on as if nothing had been signed) is refused, with what to do instead.

internal import ArgumentParser
internal import Backups
internal import Books
internal import Events
internal import LMDB
internal import Platform
internal import Proofs

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make books of a backup, as they stood at its end or at any position.",
    discussion: """
      DIR must be absent or empty; keys/ (the keys of personal data, which no backup has) may lie there already. With a key, \
      books that do not continue what was signed last are refused. A restore that was interrupted leaves nothing that opens; \
      run it again. Summaries are built when the books are first opened for recording, or by `diario rebuild`.

      EXAMPLES
        diario restore /mnt/backup/aranda /srv/aranda --key ~/aranda.key
        diario restore /mnt/backup/aranda /tmp/march --to 5120
      """)

  @OptionGroup var keyOption: KeyOption
  @Argument(help: "The directory of the backup.", transform: fileName)
  var backup: String
  @Argument(help: "The directory of the new books.", transform: fileName)
  var directory: String
  @Option(help: "The last event that the books shall have.")
  var to: UInt64?
  @Flag(help: "Restore although the books will not have all that was signed.")
  var despiteCheckpoint = false

  func run() throws {
    let signed = try signed()
    let whole = try withBackup { () throws(BackupError) in try Backup(at: backup) }
    if keyOption.path != nil, let identity = whole.segments.first?.identity {
      let key = try keyOption.file().key()
      try withBooks { () throws(BooksError) in try Books.requireKey(key, of: identity) }
    }
    let bar = ProgressBar("Restoring")
    let root = try withBackup { () throws(BackupError) in
      try whole.restore(to: to, into: directory, after: despiteCheckpoint ? nil : signed) {
        bar.update($0, of: $1)
      }
    }
    bar.finish()
    let size = to ?? whole.end
    Terminal.write("restored events 1 to \(size) into \(directory)\nroot   \(root)\n")
    if size < whole.end {
      Terminal.error("The backup has \(whole.end) events; these books are older.")
    }
    if let signed, try !continues(signed) {
      Terminal.error(
        "They do not continue the last checkpoint that was signed, of \(signed.size) events. Before anything is signed "
          + "again, record why: `diario checkpoint --new-incarnation REASON`.")
    }
  }

  /// The last checkpoint of the key that was named.
  private func signed() throws(Failure) -> Checkpoint? {
    guard keyOption.path != nil else { return nil }
    let note = try keyOption.file().lastSigned()
    return try accepting { () throws(ProofError) in try Checkpoint(note) }
  }

  /// Opens the new books as everybody will, and asks whether they begin with what was signed.
  private func continues(_ signed: Checkpoint) throws(Failure) -> Bool {
    let books = try withBooks { () throws(BooksError) in
      try Books(at: directory, readOnly: true, now: { Terminal.now() })
    }
    return try withBooks { () throws(BooksError) in try books.continues(signed) }
  }
}
