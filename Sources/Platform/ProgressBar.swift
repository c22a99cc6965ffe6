// Why: whoever waits wants to know how long. On a terminal only: in a file or a pipe a moving bar is noise.

internal import Ledger
internal import Synchronization

/// A bar on standard error for work that takes longer than a moment; silent where standard error is no terminal.
public final class ProgressBar: Sendable {
  private let label: String
  private let unit: String
  private let isShown: Bool
  private let started: Instant
  private let state = Mutex<(drawn: Instant?, percent: Int)>((nil, -1))

  /// A bar for the work called `label`, counted in `unit` ("bytes"); nothing is drawn yet.
  public init(_ label: String, unit: String = "") {
    self.label = label
    self.unit = unit.isEmpty ? "" : " " + unit
    isShown = Terminal.isErrorTerminal
    started = Terminal.now()
  }

  /// `done` of `total` pieces are done. May be called from any thread, as often as one likes.
  public func update(_ done: UInt64, of total: UInt64) {
    guard isShown, total > 0 else { return }
    let percent = Int(min(done, total) * 100 / total)
    let now = Terminal.now()
    state.withLock { state in
      // Half a second is a moment; nobody reads more than ten bars a second.
      let elapsed = now.microseconds - started.microseconds
      let sinceDrawn = now.microseconds - (state.drawn ?? started).microseconds
      guard percent != state.percent, elapsed > 500_000, sinceDrawn > 100_000 else { return }
      state = (now, percent)
      let filled = percent * 30 / 100
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
      Terminal.note("\r\(label) \(bar) \(percent) % of \(total)\(unit)")
    }
  }

  /// Takes the bar away.
  public func finish() {
    state.withLock { state in
      if state.drawn != nil { Terminal.note("\r\u{1b}[K") }
      state.drawn = nil
    }
  }
}
