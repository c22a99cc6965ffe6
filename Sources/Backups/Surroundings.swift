// Why: what is put inside the directory of books is moved, copied and deleted with them. A backup there is lost with what it is to
// save, and books inside of books are found by nobody.

internal import EventLog
internal import Platform

/// What lies around a place at which something is to be made.
public enum Surroundings {
  /// The directory of the books that `path` is, or in which it lies; `nil` when there are none. `path` need not be there yet.
  public static func books(around path: String) -> String? {
    folder(around: path) { Files.exists("\($0)/log/data.mdb") }
  }

  /// The directory of the books in which `path` lies, whatever is at `path` itself; `nil` when there are none.
  public static func books(above path: String) -> String? {
    books(around: Files.parent(of: Files.location(path)))
  }

  /// The directory of the backup that `path` is, or in which it lies; `nil` when there is none. `path` need not be there yet.
  public static func backup(around path: String) -> String? {
    folder(around: path) {
      ((try? Files.names(in: $0)) ?? []).contains { $0.hasSuffix(SegmentHeader.suffix) }
    }
  }

  /// The directory of the backup in which `path` lies, whatever is at `path` itself; `nil` when there is none.
  public static func backup(above path: String) -> String? {
    backup(around: Files.parent(of: Files.location(path)))
  }

  /// What may lie where books are to be made: what an interrupted creation or restore has left, keys, and what a new file system has.
  private static let harmless: Set = [
    "log", LMDBLog.unfinishedName, "keys", "writer.lock", "lost+found",
  ]

  /// Which of these names are not to lie where books are to be made: they have a directory of their own, which is copied and handed out as a
  /// whole. (What is hidden is the system's.)
  public static func strangers(among names: [String]) -> [String] {
    names.filter { !$0.hasPrefix(".") && !harmless.contains($0) }
  }

  private static func folder(around path: String, where isIt: (String) -> Bool) -> String? {
    var place: String? = Files.nearest(path)
    while let folder = place {
      if isIt(folder) { return folder }
      place = folder == "/" ? nil : Files.parent(of: folder)
    }
    return nil
  }
}
