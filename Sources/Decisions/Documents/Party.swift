// Why: what a decision needs to know of a customer, a supplier or an employee: terms, limits, whether they left.

internal import Events
internal import Ledger
internal import Wire

/// Somebody the company deals with.
struct Party: Document {
  /// Days to pay.
  private(set) var terms: Int64?
  private(set) var creditLimit: ExactDecimal?
  /// The last day of an employee.
  private(set) var leftOn: Day?
  private(set) var hiredOn: Day?

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(CustomerRegistered.self) {
      terms = registered.terms
      creditLimit = registered.creditLimit
    } else if let revised = try event.event(CustomerRevised.self) {
      terms = revised.terms ?? terms
      creditLimit = revised.creditLimit ?? creditLimit
    } else if let registered = try event.event(SupplierRegistered.self) {
      terms = registered.terms
    } else if let revised = try event.event(SupplierRevised.self) {
      terms = revised.terms ?? terms
    } else if try event.event(EmployeeHired.self) != nil {
      hiredOn = event.on
    } else if try event.event(EmployeeLeft.self) != nil {
      leftOn = event.on
    }
  }
}
