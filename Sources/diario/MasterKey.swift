// Why: a key that many have seen, or that lay on an old disk, must be replaceable without touching what it protects.

internal import ArgumentParser
internal import Books
internal import Platform

struct MasterKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "master-key",
    abstract: "Replace the key that wraps the keys to personal data.",
    subcommands: [MasterKeyRotate.self])
}

struct MasterKeyRotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "Wrap the keys to personal data with a new master key.",
    discussion: """
      The old master key opens nothing of the books any more, only old copies of keys/. Interrupted, it is finished by the next \
      command that records, or by the same one again. A master key outside keys/ may be that of other books too, so it is never \
      replaced: name another file with --into; the old one stays where it is.

      EXAMPLES
        diario master-key rotate
        diario master-key rotate --into /etc/diario/aranda.master
      """)

  @OptionGroup var place: BooksOption
  @Option(
    help:
      "Make the new master key in this file, or take the one that is there; from then on name it with --master-key.",
    transform: fileName
  )
  var into: String?

  func run() throws {
    if let into { try OutputPlace.requireForMasterKey(into, of: place.path) }
    let books = try place.open(readOnly: false)
    books.tellFinishedErasures()
    let left = try withBooks { () throws(BooksError) in try books.changeMasterKey(to: into) }
    Terminal.error(
      into.map { "The master key is now \($0)." }
        ?? "The master key is a new one, in its old place.")
    if let left {
      Terminal.error("The old one is still \(left). Destroy it when no other books use it.")
    }
  }
}
