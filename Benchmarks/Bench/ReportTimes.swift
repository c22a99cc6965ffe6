// Why: "any report in about a millisecond" is a claim about each of them, so each is asked: now, and at a point in the past.

import ArgumentParser
import Books
import Events
import Ledger
import Projections
import Reports
import Summaries

struct ReportTimes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reports",
    abstract: "The time of every report of some books, at head and at a past point.")
  @Option(help: "Books that somebody has recorded; they are only read.") var books = "books"
  @Option(help: "How often each is asked; the median is printed.") var runs = 3
  @Option(help: "Only this report.") var only: String?

  func run() throws {
    let books = try Books(at: books, readOnly: true, now: { Instant() })
    let size = try books.size()
    let now = try books.look()
    guard let middle = try books.event(at: size / 2)?.on else {
      throw ValidationError("The books are empty.")
    }
    let past = try books.look(asOf: middle, knownAt: .position(size / 2))
    print("reports: ms at head, and as of \(middle) known at #\(size / 2); \(size) events")
    for type in ReportCatalogue.all where only == nil || only == type.name {
      guard let request = try request(type, past) else {
        print("  \(type.name): nothing to ask about")
        continue
      }
      let (head, rows) = try time { try type.table(now, request).rows.count }
      let (then, _) = try time { try type.table(past, request).rows.count }
      print("  \(type.name): \(short(head)) and \(short(then)) ms, \(rows) rows")
    }
  }

  /// A question that the report can answer: about the thing of its kinds that was known first, if it must be about one.
  private func request(_ type: any Report.Type, _ look: BooksLook) throws -> ReportRequest? {
    guard case .required(let kinds) = type.subject else { return ReportRequest() }
    for kind in kinds {
      if let name = try look.names(of: kind).first { return ReportRequest(try look.code(name)) }
    }
    return nil
  }

  private func time<R>(_ body: () throws -> R) throws -> (milliseconds: Double, answer: R) {
    var answer = try body()
    var times: [Double] = []
    for _ in 0..<runs {
      let start = seconds()
      answer = try body()
      times.append((seconds() - start) * 1_000)
    }
    return (median(times), answer)
  }
}
