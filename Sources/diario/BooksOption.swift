// Why: every command finds the books in the same way.

internal import ArgumentParser
internal import Books
internal import Platform

/// `--books DIR`.
struct BooksOption: ParsableArguments {
  @Option(name: .long, help: "The directory of the books (else $DIARIO_BOOKS, else ./books).")
  var books: String?

  /// The directory.
  var path: String { books ?? Terminal.variable("DIARIO_BOOKS") ?? "books" }

  /// Opens the books.
  func open(readOnly: Bool) throws(Failure) -> Books {
    let path = path
    return try withBooks { () throws(BooksError) in
      try Books(at: path, readOnly: readOnly, now: { Terminal.now() })
    }
  }
}
