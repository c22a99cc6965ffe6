// Why: a crash on a damaged file happens at an address. Which file is mapped there, and so which of its pages was being read, is known
// to the process that crashes, at that moment; it tells its parent, and dies.

internal import Glibc

/// Where a process crashed.
public struct CrashReport: Sendable {
  /// The signals by which a process ends that reads what is not there, or meets what makes no sense (signal(7)). LMDB on a damaged page
  /// brings any but SIGILL and SIGTRAP, which are Swift's own.
  public static let signals: [Int32: String] = [
    SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
    SIGSEGV: "SIGSEGV",
  ]

  /// The address that it read.
  private var address: UInt64?
  private var maps: [(range: Range<UInt64>, offset: UInt64, path: String)] = []

  /// Nothing told yet.
  public init() {}

  /// Lets a crash of this process be told on ``ChildProcess/descriptor`` before it ends it.
  public static func tellOfCrashes() {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_sigaction = { number, information, _ in
      // signal-safety(7): only open, read, write, close and signal are called, on memory of the stack.
      if let information = unsafe information {
        let address = unsafe UInt64(
          UInt(bitPattern: information.pointee._sifields._sigfault.si_addr))
        CrashReport.tell(address)
      }
      signal(number, SIG_DFL)
      raise(number)
    }
    action.sa_flags = SA_SIGINFO
    for number in signals.keys {
      if [SIGSEGV, SIGBUS].contains(number) {
        // sigaction(2): the handler is a function without a context.
        unsafe sigaction(number, &action, nil)
      } else {
        // These have no address; the parent learns of them by how the process ends.
        signal(number, SIG_DFL)
      }
    }
  }

  /// Lets a crash of this process end it with exit code 3 and words for people: LMDB believes what its pages say, and a damaged one can make
  /// it crash. What was answered before is on stable storage.
  public static func explainCrashes() {
    for number in signals.keys {
      signal(number) { _ in
        // signal-safety(7): write and _exit may be called; a static string is not allocated.
        let words: StaticString = """
          diario: The program crashed: a file of the books is damaged, or the program has a fault. Run `diario verify`, which names what is damaged.

          """
        unsafe write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
        _exit(3)
      }
    }
  }

  /// Writes the address, and what is mapped where.
  private static func tell(_ address: UInt64) {
    // Of more than 1,024 bytes the runtime is asked, which may take them from the heap.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1_024) { buffer in
      unsafe buffer[0] = 33  // !
      for digit in 0..<16 {
        let value = UInt8(truncatingIfNeeded: address >> UInt64(60 - 4 * digit) & 15)
        unsafe buffer[1 + digit] = value < 10 ? 48 + value : 87 + value
      }
      unsafe buffer[17] = 10
      unsafe write(ChildProcess.descriptor, buffer.baseAddress, 18)
      let maps = unsafe open("/proc/self/maps", O_RDONLY)
      while true {
        let count = unsafe read(maps, buffer.baseAddress, buffer.count)
        if count <= 0 { break }
        unsafe write(ChildProcess.descriptor, buffer.baseAddress, count)
      }
      close(maps)
    }
  }

  /// Takes a line that a child told; whether it was about a crash.
  public mutating func take(_ line: String) -> Bool {
    if line.utf8.first == 33 {
      address = UInt64(line.dropFirst(), radix: 16)
      return true
    }
    guard address != nil else { return false }
    // proc(5): start-end, permissions, offset, device, inode, path.
    let columns = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
    let ends = columns.first?.split(separator: "-").compactMap { UInt64($0, radix: 16) } ?? []
    guard columns.count == 6, ends.count == 2, ends[0] < ends[1],
      let offset = UInt64(columns[2], radix: 16)
    else { return true }
    maps.append((ends[0]..<ends[1], offset, String(columns[5].drop { $0 == " " })))
    return true
  }

  /// The file that was being read, and at which byte; `nil` when the address is in none.
  public var place: (path: String, offset: UInt64)? {
    guard let address, let map = maps.first(where: { $0.range.contains(address) }),
      map.path.hasPrefix("/")
    else { return nil }
    return (map.path, address - map.range.lowerBound + map.offset)
  }
}
