// Why: a disk dies once. What is left then is what was copied before, and whether it can be read was decided on the day it was written.

internal import ArgumentParser
internal import Backups
internal import Books
internal import Events
internal import LMDB
internal import Ledger
internal import Platform
internal import Proofs
internal import Wire

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Add to a backup what it has not yet, while others record; or check one.",
    discussion: """
      BACKUP is a directory; each run adds one file to it, with the events since the last run, and none ever changes. What was \
      written is read again, and its root recomputed, before the file gets its name. With a key the books are signed first, \
      and the file carries the checkpoint. The keys of personal data (keys/) and the summaries (views/) are left out.

      --check reads all of BACKUP and recomputes its root from the records; exit code 3 when anything is wrong.

      EXAMPLES
        diario backup /mnt/backup/aranda
        diario backup /mnt/backup/aranda --key ~/aranda.key
        diario backup --check /mnt/backup/aranda --public aranda.key.pub
      """)

  @OptionGroup var place: BooksOption
  @OptionGroup var keyOption: KeyOption
  @Argument(help: "The directory of the backup; made when it is absent.", transform: fileName)
  var backup: String
  @Flag(help: "Check the backup instead; needs no books.")
  var check = false
  @Option(
    help: "With --check: the public key that signed it, or the file that holds it.",
    transform: fileName)
  var `public`: String?

  func validate() throws {
    if `public` != nil, !check { throw ValidationError("--public goes with --check.") }
    let names = place.namedOptions + keyOption.namedOptions
    if check, !names.isEmpty {
      throw ValidationError(
        "--check needs neither books nor keys, only the backup. Leave out \(names.joined(separator: ", "))."
      )
    }
  }

  func run() throws {
    if check { try checkBackup() } else { try add() }
  }

  private func add() throws(Failure) {
    let books = try place.open(readOnly: true)
    let note = try sign(books)
    let bar = ProgressBar("Backing up")
    let added = try withBackup { () throws(BackupError) in
      try Backup.add(books.log, to: backup, note, now: Terminal.now()) { bar.update($0, of: $1) }
    }
    bar.finish()
    let whole = try withBackup { () throws(BackupError) in try Backup(at: backup) }
    guard let added else {
      return Terminal.write(
        "nothing new: \(whole.end) events are in \(backup)\n" + (try unchanged(whole, note)))
    }
    Terminal.write(
      """
      backed up events \(added.positions.lowerBound) to \(added.positions.upperBound) into \(whole.path)/\(added.name)
      read again: root \(added.root) of \(whole.end) events\(note == nil ? ", not signed" : ", signed")

      """)
  }

  /// Where the checkpoint is when there was no event to put it beside: no file of a backup ever changes.
  private func unchanged(_ whole: Backup, _ note: SignedNote?) throws(Failure) -> String {
    guard note != nil, whole.segments.last?.checkpoint == nil else { return "" }
    return
      "signed, but not in the backup: its last file was made without a key, and none ever changes. Keep \(try keyOption.file().signedPath) as well; the next backup of new events has a checkpoint\n"
  }

  /// The checkpoint to which the backup goes, if there is a key.
  private func sign(_ books: Books) throws(Failure) -> SignedNote? {
    guard keyOption.path != nil else { return nil }
    let file = try keyOption.file()
    let key = try file.key()
    let lock = try file.lock()
    let note = try CheckpointCommand.sign(books, file, key)
    _ = consume lock
    return note
  }

  /// Where the signed part ends, if something comes behind it.
  private func upToWhere(_ answer: BackupCheck) -> String {
    answer.signedEnd == answer.end ? "" : ", up to event \(answer.signedEnd)"
  }

  private func checkBackup() throws(Failure) {
    let whole = try withBackup { () throws(BackupError) in
      let whole = try Backup(at: backup)
      try whole.requireSegments()
      return whole
    }
    let keys = try `public`.map { (text) throws(Failure) in try KeyFile.verificationKeys(text) }
    let bar = ProgressBar("Checking")
    let answer = whole.check(keys ?? []) { bar.update($0, of: $1) }
    bar.finish()
    for fault in answer.faults { Terminal.error("diario: \(fault)".printable) }
    let upTo = answer.end == 0 ? "No event" : "Events 1 to \(answer.end)"
    guard answer.faults.isEmpty else {
      let codes = answer.faults.map(\.code)
      let message =
        if codes.allSatisfy({ $0 == .signature }) {
          "The backup is whole, but not signed by this key."
        } else if codes.allSatisfy({ $0 == .signature || $0 == .otherHistory }) {
          "The files are whole, but of more than one history. \(upTo) belong together."
        } else {
          "The backup is damaged. \(upTo) can be restored."
        }
      throw Failure(message: message, exitCode: 3)
    }
    if keys != nil, answer.signedEnd == 0 {
      throw Failure(
        message:
          "No file of the backup is signed by this key: anybody can have made it. Back up with --key, or compare its root "
          + "\(answer.root) of \(answer.end) events with a checkpoint.", exitCode: 3)
    }
    let signatures = keys == nil ? "" : ", \(answer.signed) of them signed\(upToWhere(answer))"
    Terminal.write(
      """
      sound: \(answer.end) events in \(answer.segments) \(answer.segments == 1 ? "file" : "files")\(signatures)
      root   \(answer.root)
      books  \(whole.segments[0].identity)

      """)
  }
}
