// Why: "process 4711" says little to whoever must decide whether to end it; what it is called and since when it runs says more.

/// What the system knows of a running process (proc(5)).
public struct RunningProcess: Sendable, Hashable {
  /// The name of its program, at most 15 characters.
  public let name: String
  /// For how many seconds it has been running.
  public let seconds: Int

  /// Clock ticks of a second in /proc, on every Linux (sysconf(3), _SC_CLK_TCK).
  private static let ticks = 100

  /// The process `number`; `nil` when it has ended, or is of another user who hides it.
  public init?(_ number: Int) {
    guard let status = Self.text("/proc/\(number)/stat"),
      let uptime = Self.text("/proc/uptime")?.split(separator: ".").first.flatMap({ Int($0) }),
      let open = status.firstIndex(of: "("), let close = status.lastIndex(of: ")")
    else { return nil }
    name = String(status[status.index(after: open)..<close])
    // Behind the name: state (field 3) and so on; the start (field 22) counts ticks since the machine started.
    let fields = status[status.index(after: close)...].split(separator: " ")
    guard fields.count > 19, let start = Int(fields[19]) else { return nil }
    seconds = max(0, uptime - start / Self.ticks)
  }

  private static func text(_ path: String) -> String? {
    (try? Files.read(path, ReadLimit(1 << 16, of: "a file of /proc"))).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
