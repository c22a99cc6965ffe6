// Why: without a backup, what is left of the file is all there is. It is taken out without changing it, so that nothing gets worse.

internal import ArgumentParser
internal import Backups
internal import Books
internal import Events
internal import Platform
internal import Proofs

struct SalvageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "salvage",
    abstract: "Save every intact event of damaged books into a new directory.",
    discussion: """
      DAMAGED is only read, its log never through LMDB. NEW gets: books/, all events before the first missing one; later.jsonl, the \
      intact events behind it as lines to be recorded again; later.records.jsonl, the same as records with their proofs; \
      doubtful.jsonl, what looks like missing events but is not vouched for; report.txt, what is missing, what needs it, and what \
      to do. Lines need the personal fields in the clear: the keys of the damaged books open them. A backup is better: `diario restore`. \
      Exit code 0 when books/ are the whole log; 3 when there is no line of some event that was saved, since its key is lost or its \
      kind unknown; 1 when anything else is missing or may be, or books/ are not the history of the log or of the checkpoint.

      EXAMPLES
        diario salvage /srv/aranda /srv/saved
        diario salvage /srv/aranda /srv/saved --checkpoint aranda-2026-03-31.checkpoint
      """)

  @Argument(help: "The directory of the damaged books.", transform: fileName)
  var damaged: String
  @Argument(help: "The directory to make.", transform: fileName)
  var new: String
  @Option(help: "A signed checkpoint of these books, to compare with.", transform: fileName)
  var checkpoint: String?
  @Option(help: "The identity of the books, if it is lost too.")
  var identity: String?
  @OptionGroup var master: MasterKeyOption

  func run() throws {
    let signed = try checkpoint.map { (path) throws(Failure) in
      let text = try textOfFile(path, .checkpoint)
      return try accepting(path) { () throws(ProofError) in
        try Checkpoint(SignedNote(parsing: text))
      }
    }
    let bar = ProgressBar("Searching", unit: "pages")
    let people = PersonalRemains(of: damaged, master.options)
    let salvage = try withBackup { () throws(BackupError) in
      try Salvage.run(
        damaged, into: new, identity: identity, ofKeys: { people.identity }, signed: signed,
        open: { (record, identity, erased) throws(NoLine) in
          do throws(BooksError) {
            return try people.opened(record, of: identity, erased: erased)
          } catch {
            throw NoLine(
              "their personal fields cannot be opened: \(error.message) \(error.remedy)")
          }
        },
        progress: { bar.update($0, of: $1) })
    }
    bar.finish()
    Terminal.write(salvage.report)
    let isSigned = signed == nil || salvage.isSigned == true
    if salvage.isOfTheLog == false || !isSigned { throw ExitCode(1) }
    if !salvage.unwritten.isEmpty { throw ExitCode(3) }
    if !salvage.isWhole { throw ExitCode(1) }
  }
}
