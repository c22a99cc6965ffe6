// Why: lmdb.h forbids opening an environment twice in one process: closing one handle drops the other's locks, and two
// writers get in at once. So the process keeps a list of what it has open.

internal import Glibc
internal import Synchronization

/// The environments that this process has open.
enum OpenEnvironments {
  /// What tells one data file from another, whatever path leads to it.
  struct Identity: Hashable {
    let device: UInt
    let file: UInt
    /// A child inherits the list after a fork, but may open the environment for itself.
    let process: pid_t

    init(_ information: stat) {
      device = UInt(information.st_dev)
      file = UInt(information.st_ino)
      process = getpid()
    }
  }

  /// The list, and the number that the next environment gets.
  struct List {
    var open: Set<Identity> = []
    var next: UInt32 = 1
  }

  /// Held while an environment is opened or closed, or its map moves, so that each is one step for every other thread.
  static let list = Mutex(List())
}
