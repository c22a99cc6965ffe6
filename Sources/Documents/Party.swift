// Why: what decisions and reports need to know of a customer, a supplier or an employee: what they are called, terms,
// limits, whether they left.

package import Events
package import Ledger
package import Wire

/// Somebody the company deals with.
package struct Party: Document {
  package private(set) var name = ""
  /// The group a customer belongs to.
  package private(set) var segment: Code?
  /// Where a customer is.
  package private(set) var region: Code?
  /// Days to pay.
  package private(set) var terms: Int64?
  package private(set) var creditLimit: ExactDecimal?
  package private(set) var taxID: String?
  package private(set) var beyondLimit = CreditPolicy.refuse
  /// Whether a customer's purchases bear the equivalence surcharge.
  package private(set) var bearsSurcharge = false
  /// The last day of an employee.
  package private(set) var leftOn: Day?
  package private(set) var hiredOn: Day?

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let registered = try event.event(CustomerRegistered.self) {
      name = registered.name
      segment = registered.segment
      region = registered.region
      terms = registered.terms
      creditLimit = registered.creditLimit
      taxID = registered.taxID
      bearsSurcharge = registered.surcharge ?? false
      beyondLimit = registered.beyondLimit ?? .refuse
    } else if let revised = try event.event(CustomerRevised.self) {
      name = revised.name ?? name
      segment = revised.segment ?? segment
      region = revised.region ?? region
      terms = revised.terms ?? terms
      creditLimit = revised.creditLimit ?? creditLimit
      beyondLimit = revised.beyondLimit ?? beyondLimit
      taxID = revised.taxID ?? taxID
    } else if let registered = try event.event(SupplierRegistered.self) {
      name = registered.name
      taxID = registered.taxID
      terms = registered.terms
    } else if let revised = try event.event(SupplierRevised.self) {
      name = revised.name ?? name
      taxID = revised.taxID ?? taxID
      terms = revised.terms ?? terms
    } else if let hired = try event.event(EmployeeHired.self) {
      name = hired.name
      hiredOn = event.on
    } else if let revised = try event.event(EmployeeRevised.self) {
      name = revised.name ?? name
    } else if try event.event(EmployeeLeft.self) != nil {
      leftOn = event.on
    }
  }
}
