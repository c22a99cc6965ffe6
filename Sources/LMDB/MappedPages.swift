// Why: what a long recording has read of its own past stays mapped, so that it would seem to need as much memory as the log is
// long. The pages are the system's cache, not ours; a process that gives them back now and then stays small, and
// reads them again, if they are still cached, at the price of a page fault.

internal import Glibc
internal import Synchronization

/// The pages of LMDB's maps that are resident in this process.
enum MappedPages {
  /// How much of them a process keeps, in bytes.
  static let allowance = 192 << 20
  /// A read maps what it touches and, at once, the sixteen pages around it (Documentation/admin-guide/mm, fault_around_bytes); a value,
  /// all of its pages. So between two commits, even within one transaction, reads could map a long log.
  private static let around = 65_536
  /// After so many bytes that may have been mapped, the pages are counted.
  private static let bytesBetween = 4 << 20
  private static let mayBeMapped = Atomic<Int>(0)

  /// Takes note that a value of `bytes` is read; counts the pages now and then.
  static func noteRead(of bytes: Int) {
    let step = bytes + around
    let sum = mayBeMapped.wrappingAdd(step, ordering: .relaxed).newValue
    if sum / bytesBetween != (sum - step) / bytesBetween { trim() }
  }

  /// Gives the pages of all maps back to the system's cache if there are more than the allowance. Called after each commit
  /// too: looking costs a few microseconds, a commit hundreds.
  static func trim() {
    // proc(5), statm: size, resident, shared (resident file pages), … in pages.
    let pages = read("/proc/self/statm", atMost: 256).split(separator: 32)
    guard pages.count > 2, let shared = number(pages[2], radix: 10),
      shared * sysconf(Int32(_SC_PAGESIZE)) > allowance
    else { return }
    // While the list is held no map moves or goes: what lies at its addresses then could be anybody's memory, which would be lost.
    OpenEnvironments.list.withLock { _ in
      for line in read("/proc/self/maps", atMost: 1 << 20).split(separator: 10)
      where line.suffix(9).elementsEqual("/data.mdb".utf8) {
        let ends = line.prefix { $0 != 32 }.split(separator: 45)
        guard ends.count == 2, let start = number(ends[0], radix: 16),
          let end = number(ends[1], radix: 16)
        else { continue }
        // madvise(2): for a shared file map, MADV_DONTNEED forgets the page tables' entries only; whoever reads there next finds
        // the same bytes. LMDB's map is read-only and shared (no MDB_WRITEMAP).
        unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_DONTNEED)
      }
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> Int? {
    Int(String(decoding: digits, as: UTF8.self), radix: radix)
  }

  /// The bytes of a file of /proc; none when it cannot be read, for then there is nothing to do about memory.
  private static func read(_ path: String, atMost limit: Int) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let part = unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
        count = unsafe max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
      }
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }
}
