// Why: a second judge, written by others in another language, that checks each transaction and adds up by itself. Its
// account names are stricter than hledger's, so subjects are metadata and accounts are codes under their kinds.

public import Documents
internal import Events
internal import Ledger
public import Projections
public import Summaries
internal import Wire

/// The moves of the books at one point in time as a beancount ledger.
///
/// An event is a transaction, or several when it moves something on several days. Account `1200` is `Assets:1200`; what a
/// posting is about is its metadata `subject`. Amounts are values in the books' currency. Memorandum accounts are left out.
/// What closes a year has the tag `#year-closed`.
public struct BeancountLedger {
  private let look: any Look
  private let chart: Chart
  private var moves: MovesOfDays
  private var accounts: [NameID: String] = [:]

  /// The ledger of what `look` shows, with the accounts of `chart`.
  public init(_ look: any Look, _ chart: Chart) {
    self.look = look
    self.chart = chart
    moves = MovesOfDays(look, chart)
    var taken: Set<String> = []
    for account in chart.accounts.values.sorted(by: { $0.id < $1.id }) {
      guard let root = Self.root(account.kind) else { continue }
      var name = "\(root):\(Self.component(account.code.text))"
      // Two codes may be written alike; beancount has fewer characters than we have.
      if taken.contains(name) { name += "-\(account.id.sequence)" }
      taken.insert(name)
      accounts[account.id] = name
    }
  }

  /// Hands the ledger to `write`, piece by piece.
  public mutating func write(_ write: (String) -> Void) throws(SummaryError) {
    write(head())
    try look.forEachBatchOfMoves { (events) throws(SummaryError) in
      var text = ""
      for event in events { text += try transactions(of: event) }
      write(text)
    }
  }

  private func head() -> String {
    var text = """
      ; The moves of books \(look.provenance.origin)
      ; \(look.point.asOf.map { "as of \($0)" } ?? "all days"), as known at #\(look.point.knownAt)
      ; root \(Hexadecimal.text(look.provenance.root))

      option "title" \(Self.quoted(chart.name))
      option "operating_currency" "\(chart.currency.text)"


      """
    for account in chart.accounts.values.sorted(by: { $0.code.text < $1.code.text }) {
      guard let name = accounts[account.id] else { continue }
      // Older than any move that beancount can date.
      text += "1700-01-01 open \(name) \(chart.currency.text)\n"
      text += "  name: \(Self.quoted(account.name))\n"
    }
    return text + "\n"
  }

  private mutating func transactions(of event: Recorded) throws(SummaryError) -> String {
    let days = moves.days(of: event) {
      accounts[$0.from.account] != nil && accounts[$0.to.account] != nil
    }
    if days.isEmpty { return "" }
    let document = try moves.document(of: event) ?? ""
    let tag = event.kind == YearClosed.kind.number ? " #year-closed" : ""
    var text = ""
    for (day, moved) in days {
      text += "\(day) * \"\(Catalogue.name(of: event.kind))\" \(Self.quoted(document))\(tag)\n"
      text += "  position: \(event.position)\n"
      for move in moved {
        text += try posting(move.value, at: move.to) + posting(-move.value, at: move.from)
      }
      text += "\n"
    }
    return text
  }

  private mutating func posting(_ value: Int64, at place: Place) throws(SummaryError) -> String {
    guard let account = accounts[place.account] else {
      preconditionFailure("moves of accounts that are not written are left out")
    }
    let text = "  \(account)  \(moves.amount(value))\n"
    if place.subject.isNone { return text }
    return text + "    subject: \(Self.quoted(try moves.code(place.subject)))\n"
  }

  private static func root(_ kind: AccountKind) -> String? {
    switch kind {
    case .asset: "Assets"
    case .liability: "Liabilities"
    case .equity: "Equity"
    case .income: "Income"
    case .expense: "Expenses"
    case .memo: nil
    }
  }

  /// A code as a part of an account name: letters, digits and hyphens, a capital or a digit first.
  private static func component(_ code: String) -> String {
    var text = ""
    for byte in code.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "-" + String(byte, radix: 16, uppercase: true)
      }
    }
    let isPlain = text.first.map { $0.isNumber || $0.isUppercase } ?? false
    return isPlain ? text : "X-" + text
  }

  /// A text in quotation marks.
  private static func quoted(_ text: String) -> String {
    let safe = text.map { character -> String in
      switch character {
      case "\"", "\\": "\\\(character)"
      default: character.isNewline ? " " : String(character)
      }
    }
    return "\"\(safe.joined())\""
  }
}
