// Why: the command line is how most people meet Diario. One file for each command; this one only lists them. Each says its name: deriving it
// from the type's took an eighth of the time of a short command.

internal import ArgumentParser
internal import Platform
internal import Wire

@main
struct Diario: ParsableCommand {
  /// Which program this is; a proof of a report says it.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "diario",
    abstract: "A ledger for the whole back office, as it stood at any point in time.",
    discussion: """
      Books live in a directory: --books DIR, else $DIARIO_BOOKS, else ./books.

      Exit codes: 0 done, 1 refused or a check failed, 2 wrong usage, 3 damaged or unreadable books.

      EXAMPLES
        diario init books --name "Ferretería Aranda"
        diario record --books books events.jsonl
        diario report trial-balance --as-of 2026-03-31 --known-at 2026-04-05
      """,
    version: version,
    subcommands: [
      Init.self, Record.self, Log.self, Show.self, ReplayCommand.self, Rebuild.self, Status.self,
      Verify.self, SchemaCommand.self, Export.self, ReportCommand.self, ReportList.self, Diff.self,
      Explain.self, Key.self, CheckpointCommand.self, Prove.self, VerifyProof.self, Witness.self,
      ExportTiles.self, BackupCommand.self, Restore.self, SalvageCommand.self, VerifyReport.self,
      Person.self, Erase.self, MasterKey.self,
    ])

  static func main() {
    Terminal.occupyClosedStreams()
    Terminal.acceptFileSizeLimits()
    CrashReport.explainCrashes()
    if Terminal.isUnreadable(variables: ["DIARIO_BOOKS", "DIARIO_KEY", "DIARIO_MASTER_KEY"]) {
      Terminal.error(
        "diario: An argument, or a variable of Diario's, is no text in UTF-8. Reach a file with such a name by a link."
      )
      exit(withError: ExitCode(2))
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as Failure {
      // What strangers wrote, a file's line or a key's name, may stand in a message: it must not draw on the terminal.
      Terminal.error("diario: \(error.message.printable)")
      exit(withError: ExitCode(error.exitCode))
    } catch {
      let code = exitCode(for: error)
      if code.isSuccess || error is ExitCode { exit(withError: error) }
      Terminal.error(fullMessage(for: error))
      exit(withError: ExitCode(2))
    }
  }
}
