// Why: a name is mistyped easily, and a file of the log or a secret key is not had again. What a command writes beside the books goes
// nowhere where it would replace, or be taken for, a part of books, of a backup or of a key.

internal import Backups
internal import LMDB
internal import Platform
internal import Reports

/// Where a command may write files of its own.
enum OutputPlace {
  /// Refuses `path`, of a file or of a directory, inside of books or of a backup, and what belongs to a secret key.
  static func require(_ path: String) throws(Failure) {
    if let books = Surroundings.books(around: path) {
      throw .refused("\(path) is inside the books \(books). Name a place elsewhere.")
    }
    try requireOutsideBackups(path)
    if let key = KeyFile.key(around: path) {
      throw .refused("\(path) belongs to the secret key \(key). Name another file.")
    }
  }

  /// Refuses `path` inside of a backup.
  static func requireOutsideBackups(_ path: String) throws(Failure) {
    guard let backup = Surroundings.backup(around: path) else { return }
    throw .refused("\(path) is inside the backup \(backup). Name a place elsewhere.")
  }

  /// Refuses `path`, of a master key, where it would be handed out with a copy of a log, with summaries or with a backup; of any books, and of
  /// `books`, which need not be there yet.
  static func requireForMasterKey(_ path: String, of books: String) throws(Failure) {
    try requireOutsideBackups(path)
    for books in [books, Surroundings.books(around: path)].compactMap({ $0 }) {
      for data in ["log", "views"] where Files.isPath(path, inside: "\(books)/\(data)") {
        throw .refused("\(path) is beside the data of the books \(books). Name a place elsewhere.")
      }
    }
    try requireParent(of: path)
  }

  /// Refuses `path` when there is no directory in which it could be made.
  static func requireParent(of path: String) throws(Failure) {
    let parent = FileSystem.parent(of: path)
    if FileSystem.exists(parent), !FileSystem.isNoDirectory(parent) { return }
    throw .refused("There is no directory \(parent). Make it first, or name another place.")
  }

  /// Refuses `path`, of a directory, when there is something else.
  static func requireNoFile(_ path: String) throws(Failure) {
    if FileSystem.isNoDirectory(path) {
      throw .refused("\(path) is no directory. Name another place.")
    }
  }

  /// Refuses `path` also when there is something that is no file, or a link that leads nowhere: a disk that is not there now.
  static func requireFile(_ path: String) throws(Failure) {
    try require(path)
    try requireParent(of: path)
    if Files.isFile(path) == false || Files.isDangling(path) {
      throw .refused("\(path) is no file, or a link that leads to none. Name a file.")
    }
  }

  /// Refuses `path` for a report with its proof also when something else is there: only what is empty or such a report is replaced.
  static func requireForReport(_ path: String) throws(Failure) {
    try requireFile(path)
    guard Files.exists(path) else { return }
    let isOurs: Bool
    do throws(ByteInput.Failure) {
      let input = try ByteInput(path: path)
      let start = input.size == nil ? nil : try input.read(atMost: ReportProof.first.utf8.count)
      isOurs = start.map { $0.isEmpty || $0.elementsEqual(ReportProof.first.utf8) } ?? false
    } catch { throw .unreadable(path, error) }
    guard isOurs else {
      throw .refused("\(path) is there already, and no report with its proof. Name another file.")
    }
  }
}
