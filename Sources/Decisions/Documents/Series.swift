// Why: tax law wants the numbers of a series of invoices without gaps and its dates never running backwards.
//
// The rule: a document's code is the name of its series, perhaps one of - / . : _ or a space, and a whole number:
// F-1, F-2; 2026/0001. The first number of a series is free, because books may go on with a series that earlier
// books began; each later one is one more than the last. A document without a series has no number of one that has begun: the series
// could never reach it.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

/// A series of invoices or credit notes.
struct Series: Document {
  /// The last number given out.
  private(set) var last: Int64?
  /// The kinds of its documents: codes of invoices and of credit notes do not meet.
  private(set) var kinds: Set<UInt16> = []
  /// The day of the last document.
  private(set) var on: Day?

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    var code: (document: Code, series: Code?)?
    if let issued = try event.event(InvoiceIssued.self) {
      code = (issued.invoice, issued.series)
    } else if let corrected = try event.event(InvoiceCorrected.self) {
      code = (corrected.correction, corrected.series)
    }
    guard let code, let series = code.series else { return }
    last = Series.number(of: code.document, in: series) ?? last
    on = event.on
    kinds.insert(event.kind)
  }

  /// The number of `document` within `series`; `nil` when its code does not follow the rule.
  static func number(of document: Code, in series: Code) -> Int64? {
    guard document.text.hasPrefix(series.text) else { return nil }
    var rest = document.text.dropFirst(series.text.count)
    if let first = rest.first, "-/.:_ ".contains(first) { rest = rest.dropFirst() }
    guard !rest.isEmpty, rest.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(rest)
  }
}

extension Decision {
  /// Gives `document`, of an event of `kind`, its place in `series`, if it has one.
  mutating func number(
    _ document: Code, in series: Code?, of kind: Kind, _ s: any Situation
  ) throws(Obstacle) {
    guard let series else { return try checkUnnumbered(document, kind, s) }
    guard let number = Series.number(of: document, in: series) else {
      throw .refuse(
        "series.code", "\(document) is not a number of series \(series).",
        remedy: "Number it like \(series)-1, \(series)-2.")
    }
    let known = try s.document(Series.self, try referOrIntroduce(.series, series, s))
    if let last = known.last, number != last + 1 {
      throw .refuse(
        "series.gap", "The next number of series \(series) is \(last + 1), not \(number).",
        remedy: "Numbers within a series are consecutive: use \(last + 1).")
    }
    if let latest = known.on, on < latest {
      throw .refuse(
        "series.backwards", "Series \(series) has reached \(latest); \(on) is before it.",
        remedy: "Date it \(latest) or later, or use a series of its own for late documents.")
    }
  }

  /// Refuses a code that reads as a number of a series that has begun.
  private func checkUnnumbered(
    _ document: Code, _ kind: Kind, _ s: any Situation
  ) throws(Obstacle) {
    // Most books without series have none at all.
    if try s.count(of: .series) == 0 { return }
    var name = Substring(document.text)
    while let last = name.popLast(), last.isASCII, last.isNumber || "-/.:_ ".contains(last) {
      guard !name.isEmpty, let series = try? Code(String(name)),
        let number = Series.number(of: document, in: series),
        let id = try s.id(.series, series),
        try s.document(Series.self, id).kinds.contains(kind.number)
      else { continue }
      throw .refuse(
        "series.code", "\(document) would be number \(number) of series \(series).",
        remedy: "Say \"series\": \"\(series)\", or give it a code that is no number of it.")
    }
  }
}
