// Why: a company to try things on, for those who have none at hand; and the bytes that benchmarks feed to others.

internal import ArgumentParser
internal import CompanyGenerator
internal import Events
internal import Ledger
internal import Wire

/// Prints the events of a generated company.
@main struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diario-generate",
    abstract: "Prints the events of a believable company, one line of JSON each.",
    discussion: """
      The books must be opened with the generic chart, in EUR, on or before the first day:

        diario init company --on 2023-01-01 --at 2023-01-01T08:00:00Z
        diario-generate --events 100000 | diario record --books company --imported -

      The same seed and settings give the same bytes.
      """)

  @Option(help: "How many events to print.") var events = 10_000
  @Option(help: "Which company.") var seed: UInt64 = 1
  @Option(help: "The first day.") var start = "2023-01-02"
  @Option(help: "Over how many days the events are spread.") var days = 1000
  @Option(help: "How many expense accounts it opens beside the chart's.") var accounts = 0
  @Option(help: "How many events in a thousand come late.") var late = 50
  @Flag(inversion: .prefixedNo, help: "Close each month on the 20th of the next.") var close = true
  @Flag(inversion: .prefixedNo, help: "Deal in US dollars too.") var dollars = true
  @Flag(inversion: .prefixedNo, help: "Give each event an idempotency key.") var keys = true
  @Flag(help: "Only print how many events of each kind there are.") var count = false

  mutating func validate() throws {
    guard events >= 0 else { throw ValidationError("--events must not be negative.") }
    guard days > 0 else { throw ValidationError("--days must be above zero.") }
    guard (0...400).contains(late) else { throw ValidationError("--late must be 0 to 400.") }
    do { _ = try Day(start) } catch { throw ValidationError("\(error.message) \(error.remedy)") }
  }

  mutating func run() throws {
    var settings = CompanyGenerator.Settings()
    settings.start = try Day(start)
    settings.days = days
    settings.accounts = accounts
    settings.latePerMille = late
    settings.closesMonths = close
    settings.usesDollars = dollars
    settings.hasKeys = keys
    let company = CompanyGenerator(seed: seed, events: events, settings: settings)
    if count { return printKinds(of: company) }
    var text = ""
    for proposal in company {
      text += try proposal.json()
      text += "\n"
      if text.utf8.count > 1 << 16 {
        print(text, terminator: "")
        text = ""
      }
    }
    print(text, terminator: "")
  }

  private func printKinds(of company: CompanyGenerator) {
    var kinds: [Kind: Int] = [:]
    var lastDay = Day()
    for proposal in company {
      kinds[type(of: proposal.event).kind, default: 0] += 1
      lastDay = proposal.at?.dayInUTC ?? lastDay
    }
    for (kind, count) in kinds.sorted(by: { $0.key.number < $1.key.number }) {
      print("\(count)\t\(kind.name)")
    }
    print("\(events)\tuntil \(lastDay)")
  }
}
