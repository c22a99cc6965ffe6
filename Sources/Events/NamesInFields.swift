// Why: what a code is the code of, only its field says: an employee and an item of a payslip may be called alike. Said here for the fields
// that name people, or documents that are somebody's; a case over the catalogue sees to it that no field is forgotten.

public import Ledger

extension NameKind {
  /// Documents that are one person's: whoever an invoice bills, or a payment is of.
  public static let ofSomebody: Set<NameKind> = [
    .order, .shipment, .return, .invoice, .correction, .payment, .reminder, .ticket, .purchase,
    .receipt, .bill, .supplierReturn,
  ]

  /// What the codes in the fields called `field` may name, of people and their documents.
  public static func kinds(inField field: String) -> [NameKind] { byField[field] ?? [] }

  private static let byField: [String: [NameKind]] = [
    "customer": [.customer], "customers": [.customer], "supplier": [.supplier],
    "employee": [.employee], "employees": [.employee], "reviewer": [.employee],
    "party": [.customer, .supplier], "person": people, "subject": people + documents,
    "order": [.order], "shipment": [.shipment], "return": [.return, .supplierReturn],
    "rejection": [.supplierReturn], "invoice": [.invoice], "invoices": [.invoice],
    "prepayment": [.invoice], "recalls": [.invoice], "correction": [.correction],
    "payment": [.payment], "of": [.payment], "returns": [.payment], "reminder": [.reminder],
    "ticket": [.ticket], "purchase": [.purchase], "receipt": [.receipt], "receipts": [.receipt],
    "bill": [.bill], "bills": [.bill], "document": documents,
  ]
  private static let people = PersonRole.allCases.map(\.nameKind)
  private static let documents = Array(ofSomebody)
}
