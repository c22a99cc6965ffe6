// Why: several callers record at once: threads of one process share commits, other processes take turns. Nobody's
// events are lost, doubled or put out of order.

internal import Books
internal import Decisions
internal import Dispatch
internal import EventLog
internal import Events
internal import Ledger
internal import Support
internal import Synchronization
internal import Testing
internal import Wire

@Suite struct `Several recorders` {
  @Test func `eight threads get receipts without gaps, each its own in order`() throws {
    let new = try NewBooks()
    let books = try new.open()
    let (threads, submissions, size) = (8, 20, 5)
    let outcome = Mutex<(receipts: [[Receipt]], faults: [String])>(
      (Array(repeating: [], count: threads), []))
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      do throws(BooksError) {
        var receipts: [Receipt] = []
        for submission in 0..<submissions {
          let proposals = (0..<size).map { customer("T\(thread)-\(submission)-\($0)") }
          // Some are atomic and so alone in their commit; the last of each is one that is refused.
          let options = RecordOptions(isAtomic: submission % 5 == 0)
          receipts += try books.record(proposals, options).compactMap(\.receipt)
          let again = try books.record([customer("T\(thread)-\(submission)-0")])
          if again[0].refusal == nil { outcome.withLock { $0.faults.append("\(again)") } }
        }
        outcome.withLock { $0.receipts[thread] = receipts }
      } catch { outcome.withLock { $0.faults.append("\(error)") } }
    }
    let (receipts, faults) = outcome.withLock { ($0.receipts, $0.faults) }
    #expect(faults == [])
    let total = Position(threads * submissions * size)
    let positions = receipts.joined().map(\.position).sorted()
    #expect(positions == Array(new.first + 1...new.first + total))
    #expect(try books.size() == new.first + total)
    for (thread, receipts) in receipts.enumerated() {
      #expect(zip(receipts, receipts.dropFirst()).allSatisfy { $0.position < $1.position })
      for (index, receipt) in receipts.enumerated() {
        let event = try #require(try books.event(at: receipt.position))
        let code = try #require(try event.event(CustomerRegistered.self)?.customer.text)
        #expect(code == "T\(thread)-\(index / size)-\(index % size)")
        #expect(event.at == receipt.at)
      }
    }
  }

  @Test func `a second handle in the same process is refused`() throws {
    let new = try NewBooks()
    let books = try new.open()
    for readOnly in [false, true] {
      do throws(BooksError) {
        _ = try new.open(readOnly: readOnly)
        Issue.record("opened twice")
      } catch {
        #expect(error.code == .busy)
        #expect(!error.remedy.isEmpty)
      }
    }
    #expect(try books.record([customer("C-1")])[0].receipt != nil)
  }

  @Test func `what another process recorded is seen before the next decision`() throws {
    let new = try NewBooks()
    let books = try new.open()
    try books.record([customer("C-1", key: "k1")])
    let seen = try books.log.head()
    let lines = [customer("C-2", key: "k2"), customer("C-3")]
    let input = try lines.map { try $0.json() }.joined(separator: "\n") + "\n"
    #expect(try BuiltCommand.run(["record", "--books", new.path], input: input) == 0)
    // Ready events at the size that was seen are refused whole.
    var record = Recorded()
    record.position = seen.size + 1
    record.at = new.clock.now()
    var frame = Frame()
    frame.append(record)
    do throws(LogError) {
      try books.log.append(frame, expecting: seen.size)
      Issue.record("appended over another's events")
    } catch { #expect(error.code == .conflict(actual: seen.size + 2)) }
    // Proposals are decided with what is there now.
    let answers = try books.record([customer("C-2"), lines[0], customer("C-4"), customer("C-1")])
    #expect(answers[0].refusal != nil)
    #expect(answers[1].receipt?.position == seen.size + 1)
    #expect(answers[1].receipt?.isRepeated == true)
    #expect(answers[2].receipt?.position == seen.size + 3)
    #expect(answers[3].refusal != nil)
    #expect(try books.look().id(.customer, "C-3") == NameID(.customer, 3))
    #expect(try books.look().id(.customer, "C-4") == NameID(.customer, 4))
  }
}
