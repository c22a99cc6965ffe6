// Why: balances are nothing but the log added up. A replay adds it up again, from the first event, without any summary;
// with today's rules it also asks what each event would move if it were recorded now.

internal import Decisions
internal import EventLog
public import Events
public import Ledger
internal import Wire

/// What a replay has added up.
public struct Replay: Sendable, Hashable {
  /// How many events were read.
  public var events: UInt64 = 0
  /// How many of them are of a kind that this program does not know.
  public var unknown: UInt64 = 0
  /// How many moves they make.
  public var moves: UInt64 = 0
  /// The balance (debits less credits) of each account that was moved, in the smallest unit of the books' currency.
  public var balances: [NameID: Int64] = [:]
}

/// What today's rules would do otherwise.
public struct RuleDifference: Sendable, Hashable {
  /// The event.
  public var event: Recorded
  /// What it would move today; `nil` when it would be refused.
  public var moves: [Move]?
  /// Why it would be refused today: name, message and remedy.
  public var refusal: String?
}

extension Books {
  /// Adds up every move of the first `size` events.
  /// - Parameters:
  ///   - size: how many events; all when absent.
  ///   - progress: is told how many of how many events are done.
  public func replay(
    to size: Position? = nil, progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws(BooksError) -> Replay {
    let end = min(size ?? .max, try self.size())
    var replay = Replay()
    if end == 0 { return replay }
    // Accounts are numbered from 1, so a row of sums is enough.
    var sums: [Int64] = []
    var isExact = true
    let known = (0...UInt16.max).map { Catalogue.numbered($0) != nil }
    try log.scan(1...end) { (record) throws(BooksError) in
      for index in 0..<record.moveCount {
        let move = record.move(index)
        for (account, isDebit) in [(move.to.account, true), (move.from.account, false)] {
          let place = Int(account.sequence)
          if place >= sums.count { sums += [Int64](repeating: 0, count: place + 1 - sums.count) }
          let (sum, overflow) =
            isDebit
            ? sums[place].addingReportingOverflow(move.value)
            : sums[place].subtractingReportingOverflow(move.value)
          sums[place] = sum
          if overflow { isExact = false }
        }
      }
      replay.events += 1
      if !known[Int(record.kind)] { replay.unknown += 1 }
      replay.moves += UInt64(record.moveCount)
      if record.position % 4_096 == 0 { progress(record.position, end) }
      return true
    }
    progress(end, end)
    guard isExact else {
      throw BooksError(
        .damaged, "A balance is larger than can be kept.", remedy: "Run `diario verify`.")
    }
    for (index, sum) in sums.enumerated() where sum != 0 {
      replay.balances[NameID(.account, UInt32(index))] = sum
    }
    return replay
  }

  /// Decides each of the first `size` events again, as the books stood before it, and tells which would move something else.
  /// - Returns: how many events were decided again; events of kinds that this program does not know are passed over.
  public func redecide(
    to size: Position? = nil, progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in },
    _ body: (RuleDifference) throws(BooksError) -> Void
  ) throws(BooksError) -> UInt64 {
    let end = min(size ?? .max, try self.size())
    let past = LogPrefix(log)
    let situation = try reading { () throws(LogError) in
      try LiveSituation(past, PrefixHistories(past, ViewsHistories(views: views)))
    }
    var decided: UInt64 = 0
    try log.forEachPage(of: 1..<end + 1, size: 512) { (last, events) throws(BooksError) in
      for event in events {
        if let type = Catalogue.numbered(event.kind) {
          decided += 1
          if let difference = try redecide(event, type, situation) { try body(difference) }
        }
        try unlessUnreadable { () throws(Obstacle) in try situation.add(event) }
      }
      past.end = last
      try reading { () throws(LogError) in situation.committed(try past.head()) }
      progress(last, end)
    }
    return decided
  }

  private func redecide(
    _ event: Recorded, _ type: any Event.Type, _ situation: LiveSituation
  ) throws(BooksError) -> RuleDifference? {
    // The first event that a user records brings the name into the books itself.
    var by = event.introduced.first { $0.id == event.by }?.code
    if by == nil, !event.by.isNone {
      by = try unlessUnreadable { () throws(Obstacle) in try situation.code(event.by) }
    }
    let proposal: Proposal
    do throws(WireError) {
      proposal = Proposal(
        try Self.read(type, event), on: event.on, key: event.key, by: by,
        because: event.because == 0 ? nil : event.because)
    } catch {
      throw BooksError.unreadable(event.position, error, part: "The fields of event")
    }
    do throws(Obstacle) {
      let moves = try decide(proposal, situation).moves
      return moves == event.moves ? nil : RuleDifference(event: event, moves: moves)
    } catch {
      guard case .refused(let refusal) = error else { throw Self.unreadable(error) }
      return RuleDifference(
        event: event, refusal: "\(refusal)")
    }
  }

  private static func read<E: Event>(
    _ type: E.Type, _ event: Recorded
  ) throws(WireError) -> any Event { try event.event(E.self) ?? E() }

  private func unlessUnreadable<R>(
    _ body: () throws(Obstacle) -> R
  ) throws(BooksError) -> R {
    do throws(Obstacle) { return try body() } catch { throw Self.unreadable(error) }
  }

  private static func unreadable(_ obstacle: Obstacle) -> BooksError {
    BooksError(
      .damaged, "An event cannot be decided again: \(obstacle)", remedy: "Run `diario verify`.")
  }
}
