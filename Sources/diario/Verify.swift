// Why: anybody can ask whether the books are still what was written, at any time, also while others record.

internal import ArgumentParser
internal import Books
internal import EventLog
internal import Platform
internal import Proofs

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every record, the tree over them, the names and the keys.",
    discussion: """
      Exit code 3 when anything is wrong. --quick checks the files, the head, the tiles' root and the last records only.

      EXAMPLES
        diario verify
        diario verify --quick --books /srv/books
      """)

  @OptionGroup var place: BooksOption
  @Flag(help: "Only the files, the head, the tiles' root and the last records.")
  var quick = false

  func run() throws {
    let books = try place.open(readOnly: true)
    let bar = ProgressBar("Verifying")
    let answer = try withBooks { () throws(BooksError) in
      try books.verify(isQuick: quick) { bar.update($0, of: $1) }
    }
    bar.finish()
    for fault in answer.faults { Terminal.error("diario: \(fault)") }
    guard answer.isSound else {
      let count = answer.faults.count
      throw Failure(
        message: "\(count) \(count == 1 ? "fault" : "faults") found. Restore a backup.",
        exitCode: 3)
    }
    Terminal.write(
      """
      sound: \(answer.records) of \(answer.head.size) records, \(answer.names) names, \
      \(answer.keys) keys checked
      root   \(answer.head.root)

      """)
  }
}
