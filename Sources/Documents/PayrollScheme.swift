// Why: rates change every year; a payslip follows those that were valid on the last day of its period.

package import Events
package import Ledger
package import Wire

/// The rules of a payroll scheme, by the day from which they are valid.
package struct PayrollScheme: Document {
  package private(set) var versions: [(on: Day, rules: PayrollSchemeDefined)] = []

  package init() {}
  package static let isDefinition = true

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    guard let defined = try event.event(PayrollSchemeDefined.self) else { return }
    let place = versions.lastIndex { $0.on <= event.on }.map { $0 + 1 } ?? 0
    versions.insert((event.on, defined), at: place)
  }

  /// The rules that were valid on `day`; `nil` before the first.
  package func rules(on day: Day) -> PayrollSchemeDefined? {
    versions.last { $0.on <= day }?.rules
  }
}
