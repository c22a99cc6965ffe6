// Why: a tax return asks, per tax code, for bases and taxes, collected and deductible: balances of places of that code, the
// base in a memorandum account. A filing stands against them under its own name.

public import Events
internal import Ledger
public import Summaries

/// Bases and taxes. Key: account, tax code or filing, what moved (a currency).
public enum TaxBook: TallyProjection {
  public static let name = "tax"
  public static let version = 2
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      lines.add(record.move(index)) { $0.is(.tax) || $0.is(.filing) }
    }
  }
}
