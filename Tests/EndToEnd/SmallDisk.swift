// Why: what a full disk does to books is tried on a real one, so small that it is full at once.

import Foundation

/// A disk of a few hundred kilobytes in memory, mounted while it is needed.
final class SmallDisk {
  /// Whether mounting is permitted here.
  static let isPermitted = (try? SmallDisk(kilobytes: 64)) ?? nil != nil

  private let mount: Folder
  private let filling: String

  /// `nil`, which is told, where mounting is not permitted.
  init?(kilobytes: Int) throws {
    mount = try Folder()
    filling = mount.url.appending(path: "filling").path()
    let options = ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "none", mount.url.path()]
    guard let mounted = try? Program.run(URL(filePath: "/bin/mount"), options), mounted.code == 0
    else {
      print("mounting a small disk is not permitted here: the full disk is not tried")
      return nil
    }
  }

  deinit { _ = try? Program.run(URL(filePath: "/bin/umount"), [mount.url.path()]) }

  /// The place of the file or directory called `name`.
  func place(_ name: String) -> URL { mount.url.appending(path: name) }

  /// Leaves no page free.
  func fill() throws {
    _ = try Program.run(URL(filePath: "/bin/dd"), ["if=/dev/zero", "of=\(filling)", "bs=4k"])
  }

  /// Gives back what ``fill()`` has taken.
  func empty() throws { try FileManager.default.removeItem(atPath: filling) }
}
