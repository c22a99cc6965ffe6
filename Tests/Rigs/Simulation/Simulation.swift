// Why: nobody thinks of every order in which things happen. Seeds do: submissions, lost answers, retries, reopenings, clocks that jump,
// two writers at once; and a model that fits on a page must agree with the books after each of them.

internal import Books
internal import Decisions
internal import EventLog
internal import Events
internal import Foundation
internal import Ledger
internal import Projections
internal import Support
internal import Synchronization
internal import Wire

/// `rig-simulation TEMPLATE WORK FIRST LAST [forgetful]`: prints a line for each seed: its steps, its proposals, and what is wrong, if anything is.
@main
enum Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5, let first = UInt64(arguments[3]), let last = UInt64(arguments[4])
    else { return }
    let template = arguments[1]
    if !FileManager.default.fileExists(atPath: template) {
      try Books.create(at: template, identity: Array(1...16))
      let books = try Books(at: template, now: { Instant(microseconds: 1_800_000_000_000_000) })
      let opening = try TemporaryBooks.opening(chart: "generic", openedAt: "2025-12-31T08:00:00Z")
      try books.record(opening, RecordOptions(isImport: true))
    }
    for seed in first...last {
      let path = "\(arguments[2])/\(seed)"
      try FileManager.default.copyItem(atPath: template, toPath: path)
      defer { try? FileManager.default.removeItem(atPath: path) }
      var run = try Run(path, seed: seed, isForgetful: arguments.count > 5)
      let fault: String?
      do { fault = try run.play() } catch { fault = "\(error)" }
      print("\(seed)\t\(run.steps)\t\(run.proposed)\t\(fault ?? "")")
      fflush(nil)
    }
  }
}

/// One seed's life of books.
struct Run {
  private var numbers: SeededNumbers
  private var model: Model
  private let path: String
  private var books: Books?
  private let clock = SharedClock()
  /// Submissions whose answer was lost: they are sent again, some time.
  private var unanswered: [[Line]] = []
  /// The negative control: a caller who retries without keys.
  private let isForgetful: Bool
  private var serial = 0
  private(set) var steps = 0
  private(set) var proposed = 0

  init(_ path: String, seed: UInt64, isForgetful: Bool) throws {
    self.path = path
    self.isForgetful = isForgetful
    numbers = SeededNumbers(seed: seed)
    let opened = try Self.open(path, clock)
    model = Model(first: try opened.size())
    books = opened
  }

  private static func open(_ path: String, _ clock: SharedClock) throws -> Books {
    try Books(at: path, now: { clock.tick() })
  }

  /// What is wrong, or nothing.
  mutating func play() throws -> String? {
    for _ in 0..<Int.random(in: 4...14, using: &numbers) {
      steps += 1
      switch Int.random(in: 0..<10, using: &numbers) {
      case 0: clock.jump(Int64.random(in: -90_000_000_000...90_000_000_000, using: &numbers))
      case 1: try reopen()
      case 2: if let fault = try submitTogether() { return fault }
      case 3, 4:
        guard !unanswered.isEmpty else { continue }
        let again = unanswered.remove(at: Int.random(in: unanswered.indices, using: &numbers))
        if let fault = try submit(isForgetful ? again.map(\.withoutKey) : again) { return fault }
      default: if let fault = try submit(lines()) { return fault }
      }
    }
    for lines in unanswered { if let fault = try submit(lines) { return fault } }
    try reopen()
    guard let books else { return "closed" }
    return try model.compare(books)
  }

  /// The process ends, at a moment when no commit is under way, and another begins.
  private mutating func reopen() throws {
    books = nil
    books = try Self.open(path, clock)
  }

  private mutating func lines() -> [Line] {
    (0..<Int.random(in: 1...5, using: &numbers)).map { _ in
      serial += 1
      return Line(serial, used: model.keys, &numbers)
    }
  }

  /// Submits, and compares each answer with the model's; some answers never arrive.
  private mutating func submit(_ lines: [Line]) throws -> String? {
    guard let books else { return "closed" }
    proposed += lines.count
    let isAtomic = Int.random(in: 0..<5, using: &numbers) == 0
    let proposals = try lines.map { try $0.proposal() }
    let answers = try books.record(proposals, RecordOptions(isAtomic: isAtomic))
    let expected = model.take(lines, isAtomic: isAtomic)
    if Int.random(in: 0..<4, using: &numbers) == 0 {
      unanswered.append(lines)
      return nil
    }
    let found = answers.map(Outcome.init)
    return found == expected ? nil : "step \(steps): \(found) instead of \(expected)"
  }

  /// Two callers at once, of different lines; the log says who was first.
  private mutating func submitTogether() throws -> String? {
    guard let books else { return "closed" }
    let pair = [lines(), lines()]
    proposed += pair[0].count + pair[1].count
    let proposals = try pair.map { try $0.map { try $0.proposal() } }
    let answers = Mutex<[[Answer]?]>([nil, nil])
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      let answer = try? books.record(proposals[index])
      answers.withLock { $0[index] = answer }
    }
    let found = answers.withLock { $0 }.map { $0?.map(Outcome.init) }
    for order in [[0, 1], [1, 0]] {
      var attempt = model
      var expected: [[Outcome]?] = [nil, nil]
      for index in order { expected[index] = attempt.take(pair[index], isAtomic: false) }
      if expected == found {
        model = attempt
        return nil
      }
    }
    return "step \(steps): two writers were answered \(found)"
  }
}

/// A clock that jumps when it is told to.
final class SharedClock: Sendable {
  private let now = Mutex<Int64>(1_800_000_000_000_000)
  func tick() -> Instant {
    now.withLock { now in
      now += 1_000
      return Instant(microseconds: now)
    }
  }
  func jump(_ microseconds: Int64) { now.withLock { $0 += microseconds } }
}
