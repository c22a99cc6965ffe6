// Why: what is put inside the directory of books is moved, copied and deleted with them. A backup there is lost with what it is to
// save, and books inside of books are found by nobody.

internal import Platform

/// What lies around a place at which something is to be made.
enum Surroundings {
  /// The directory of the books that `path` is, or in which it lies; `nil` when there are none. `path` need not be there yet.
  static func books(around path: String) -> String? {
    var place: String? = Files.nearest(path)
    while let folder = place {
      if Files.exists("\(folder)/log/data.mdb") { return folder }
      place = folder == "/" ? nil : Files.parent(of: folder)
    }
    return nil
  }
}
