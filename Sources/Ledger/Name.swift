// Why: inside the log a thing is a number, not a text. The number says what kind of thing it is, so a
// projection can tell a product from an invoice without looking anything up.

public import Wire

/// What kinds of things have names. The raw values are part of the format and never change.
public enum NameKind: UInt8, Sendable, Hashable, CaseIterable {
  case account = 1, currency, product, warehouse, customer, supplier, employee, tax, project, user
  case order = 16, shipment, `return`, invoice, correction, payment, purchase, receipt, bill
  case count, adjustment, transfer, scrap, payrollRun, entry, charge, series, person
  case landing = 34, supplierReturn, assembly, lot
  case asset = 41, deferral, schedule, budget, statement, reconciliation
  case reminder = 38, filing, revaluation
  case ticket = 47, campaign, task, payrollScheme, proposal, content
  case books = 60

  /// How people call it: "invoice", "credit note".
  public var label: String {
    switch self {
    case .tax: "tax code"
    case .correction: "credit note"
    case .receipt: "goods receipt"
    case .count: "stock count"
    case .adjustment: "stock adjustment"
    case .transfer: "stock transfer"
    case .payrollRun: "payroll run"
    case .entry: "journal entry"
    case .landing: "landed cost"
    case .supplierReturn: "return to a supplier"
    case .schedule: "recurring entry"
    case .statement: "bank statement"
    case .reconciliation: "bank reconciliation"
    case .filing: "tax filing"
    case .payrollScheme: "payroll scheme"
    case .content: "content of a proposal"
    default: "\(self)"
    }
  }
}

/// A name's number: its kind in the upper 6 bits, the order of its first appearance among its kind below.
public struct NameID: Sendable, Hashable, Comparable {
  /// The number as stored; 0 is "no name".
  public var raw: UInt32

  /// The books themselves: what changes the chart, the periods or the settings mentions them.
  public static let books = NameID(.books, 1)
  /// No name.
  @inlinable public static var none: NameID { NameID(raw: 0) }
  /// The most names of one kind that books can hold.
  public static let maximumSequence: UInt32 = 1 << 26 - 1

  /// The number as stored.
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// The `sequence`-th name (from 1) of its kind.
  public init(_ kind: NameKind, _ sequence: UInt32) {
    precondition(sequence <= Self.maximumSequence, "too many names of one kind")
    raw = UInt32(kind.rawValue) << 26 | sequence
  }

  /// What kind of thing it names; `nil` for none, or a kind that this program does not know.
  @inlinable public var kind: NameKind? { NameKind(rawValue: UInt8(raw >> 26)) }
  /// Its place among the names of its kind, from 1.
  @inlinable public var sequence: UInt32 { raw & (1 << 26 - 1) }
  /// Whether it names nothing.
  @inlinable public var isNone: Bool { raw == 0 }
  /// Whether it is of `kind`.
  @inlinable public func `is`(_ kind: NameKind) -> Bool { raw >> 26 == UInt32(kind.rawValue) }

  @inlinable public static func < (a: NameID, b: NameID) -> Bool { a.raw < b.raw }
}

/// A name that an event brings into the books.
public struct Introduced: Sendable, Hashable {
  /// Its number.
  public var id: NameID
  /// Its characters.
  public var code: Code

  /// A name and its number.
  public init(id: NameID, code: Code) {
    self.id = id
    self.code = code
  }
}
