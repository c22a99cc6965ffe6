// Why: every command finds the books in the same way.

internal import ArgumentParser
internal import Books
internal import Platform

/// `--master-key FILE`.
struct MasterKeyOption: ParsableArguments {
  @Option(
    help:
      "The file of the key to personal data (else $DIARIO_MASTER_KEY, else keys/master.key in the books).",
    transform: fileName
  )
  var masterKey: String?

  /// Where the keys are.
  var options: KeyOptions {
    KeyOptions(masterKey: masterKey ?? Terminal.variable("DIARIO_MASTER_KEY"))
  }
}

/// `--master-key FILE` and `--without-keys`.
struct KeysOption: ParsableArguments {
  @OptionGroup var master: MasterKeyOption
  @Flag(help: "Leave personal data sealed: no key is needed.")
  var withoutKeys = false

  /// Where the keys are.
  var options: KeyOptions {
    var options = master.options
    options.isWithoutKeys = withoutKeys
    return options
  }
}

/// `--books DIR`.
struct BooksOption: ParsableArguments {
  @Option(
    name: .long, help: "The directory of the books (else $DIARIO_BOOKS, else ./books).",
    transform: fileName)
  var books: String?

  @OptionGroup var keys: KeysOption

  /// Which of these options were given.
  var namedOptions: [String] {
    let given = [
      ("--books", books != nil), ("--master-key", keys.master.masterKey != nil),
      ("--without-keys", keys.withoutKeys),
    ]
    return given.filter(\.1).map(\.0)
  }

  /// The directory.
  var path: String { books ?? Terminal.variable("DIARIO_BOOKS") ?? "books" }

  /// Opens the books.
  /// - Parameters:
  ///   - isTrial: nothing will be recorded.
  ///   - isWithoutKeys: personal data stays sealed, whatever the options say.
  func open(
    readOnly: Bool, isTrial: Bool = false, isWithoutKeys: Bool = false
  ) throws(Failure) -> Books {
    let path = path
    let keys = isWithoutKeys ? KeyOptions(isWithoutKeys: true) : keys.options
    return try withBooks { () throws(BooksError) in
      try Books(
        at: path, readOnly: readOnly, isTrial: isTrial, keys: keys,
        passedOver: { Self.tell(of: $0, isRecording: !readOnly) }, now: { Terminal.now() })
    }
  }

  /// Tells of damaged summaries, without which everything goes on.
  private static func tell(of damage: BooksError, isRecording: Bool) {
    let cost = isRecording ? "takes longer and, for a long log, much memory" : "takes longer"
    Terminal.error(
      "\(damage.message) \(damage.remedy) Until then the log is asked instead, which \(cost).")
  }
}
