// Why: summaries are derived; whoever doubts them deletes them and builds them again.

internal import ArgumentParser
internal import Books
internal import Platform

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Build the summaries in views/ again from the log.",
    discussion: """
      Reports stay right meanwhile: what no summary covers is read from the log. A rebuild that is interrupted goes on \
      with --continue. Summaries whose file is damaged are deleted first, if no program has them open, and all are built.

      EXAMPLES
        diario rebuild
        diario rebuild accounts
        diario rebuild --continue
      """)

  @OptionGroup var place: BooksOption
  @Argument(help: "The projections to build; all when none is named. `diario status` lists them.")
  var projections: [String] = []
  @Flag(name: .customLong("continue"), help: "Keep the summaries that are there.")
  var isContinued = false

  func run() throws {
    let path = place.path
    let wasDamaged = try withBooks { () throws(BooksError) in
      try Books.requireProjections(projections)
      return try Books.deleteDamagedViews(at: path)
    }
    if wasDamaged {
      Terminal.error("The summaries were damaged: they are deleted, and all are built again.")
    }
    let books = try place.open(readOnly: true)
    let bar = ProgressBar("Building summaries")
    try withBooks { () throws(BooksError) in
      try books.rebuild(wasDamaged ? [] : projections, fromScratch: !isContinued) { done, total in
        bar.update(UInt64(done), of: UInt64(total))
      }
    }
    bar.finish()
    let views = try withBooks { () throws(BooksError) in try books.viewStatus() }
    for view in views {
      Terminal.write("\(view.projection)  summarised through #\(view.covered)\n")
    }
  }
}
