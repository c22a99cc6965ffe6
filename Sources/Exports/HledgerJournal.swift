// Why: the first judge of our balances is another program. hledger reads plain text, checks that every entry balances, and
// adds up by itself; so the moves are printed as its journal, at any point in time, and nothing is added up here.

public import Documents
internal import Events
internal import Ledger
public import Projections
public import Summaries
internal import Wire

/// The moves of the books at one point in time as an hledger journal.
///
/// An event is a transaction, or several when it restates earlier days. A place `1200/ARA` is the account `1200:ARA`, so that
/// `1200` adds up its subjects. Amounts are values in the books' currency. Memorandum accounts are left out, or written as
/// balanced virtual postings `[9000:SO-2]`, which `hledger -R` leaves out.
public struct HledgerJournal {
  private let look: any Look
  private let chart: Chart
  private let includesMemo: Bool
  private var moves: MovesOfDays

  /// The journal of what `look` shows, with the accounts of `chart`.
  public init(_ look: any Look, _ chart: Chart, includesMemo: Bool = false) {
    self.look = look
    self.chart = chart
    self.includesMemo = includesMemo
    moves = MovesOfDays(look, chart)
  }

  /// Hands the journal to `write`, piece by piece.
  public mutating func write(_ write: (String) -> Void) throws(SummaryError) {
    write(try head())
    try look.forEachBatchOfMoves { (events) throws(SummaryError) in
      var text = ""
      for event in events { text += try transactions(of: event) }
      write(text)
    }
  }

  private mutating func head() throws(SummaryError) -> String {
    var text = """
      ; \(chart.name): the moves of books \(look.provenance.origin)
      ; \(look.point.asOf.map { "as of \($0)" } ?? "all days"), as known at #\(look.point.knownAt)
      ; root \(Hexadecimal.text(look.provenance.root))

      decimal-mark .
      commodity \(format)


      """
    for account in chart.accounts.values.sorted(by: { $0.code.text < $1.code.text }) {
      if account.kind == .memo, !includesMemo { continue }
      let type: String? =
        switch account.kind {
        case .asset: "A"
        case .liability: "L"
        case .equity: "E"
        case .income: "R"
        case .expense: "X"
        case .memo: nil
        }
      text += "account \(Self.account(account.code.text))  ; \(Self.line(account.name))"
      text += type.map { ", type: \($0)\n" } ?? "\n"
    }
    return text + "\n"
  }

  private mutating func transactions(of event: Recorded) throws(SummaryError) -> String {
    let days = moves.days(of: event) { includesMemo || !isMemo($0) }
    if days.isEmpty { return "" }
    let document = try moves.document(of: event)
    var text = ""
    for (day, moved) in days {
      text += "\(day) (\(event.position)) \(Catalogue.name(of: event.kind))"
      text += document.map { " \(Self.line($0))" } ?? ""
      text += "  ; at: \(event.at)\n"
      for move in moved {
        for (place, value) in [(move.to, move.value), (move.from, -move.value)] {
          let account = try account(place)
          text += "    \(isMemo(move) ? "[\(account)]" : account)  \(moves.amount(value))\n"
        }
      }
      text += "\n"
    }
    return text
  }

  private func isMemo(_ move: Move) -> Bool {
    chart.accounts[move.from.account]?.kind == .memo
      || chart.accounts[move.to.account]?.kind == .memo
  }

  private mutating func account(_ place: Place) throws(SummaryError) -> String {
    let account = Self.account(try moves.code(place.account))
    if place.subject.isNone { return account }
    return account + ":" + Self.account(try moves.code(place.subject))
  }

  /// How amounts are written; hledger wants to see the decimal mark of a currency without decimals too.
  private var format: String {
    chart.decimals == 0 ? "0. \(chart.currency.text)" : moves.amount(0)
  }

  /// A code as a part of an account name: what hledger would read otherwise is written as its number (%3A for a colon).
  private static func account(_ code: String) -> String {
    var text = ""
    for character in code {
      let isSpecial = ":;%".contains(character) || text.isEmpty && "([*!".contains(character)
      if isSpecial || character == " " && text.last == " " {
        for byte in String(character).utf8 { text += "%" + String(byte, radix: 16).uppercased() }
      } else {
        text.append(character)
      }
    }
    return text
  }

  /// Words as a part of a description or comment: hledger ends one at a semicolon or at the end of the line.
  private static func line(_ words: String) -> String {
    String(words.map { $0.isNewline || ";|".contains($0) ? " " : $0 })
  }
}
