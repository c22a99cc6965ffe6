// Why: a rule that asks for a second person must not be evaded by another kind of event that does the same: a run of
// payments for a payment, a new supplier for a revised one, a count for an adjustment.

package import Events

/// Which kinds of events a rule on one kind is also about.
package enum ApprovalRule {
  /// For each kind the others that do the same, wholly or in part.
  private static let alike: [(rule: Kind, covers: [Kind])] = [
    (PaymentSent.kind, [PaymentsSent.kind, ChargeBooked.kind]),
    (
      JournalPosted.kind,
      [
        JournalReversed.kind, AccrualPosted.kind, EntryRepeated.kind, OpeningPosted.kind,
      ]
    ),
    (EntryScheduled.kind, [EntryRepeated.kind]),
    (OrderPlaced.kind, [OrderRevised.kind]),
    (InvoiceCorrected.kind, [InvoiceVoided.kind]),
    (DebtWrittenOff.kind, [ResidueCleared.kind]),
    (StockAdjusted.kind, [StockCounted.kind, StockScrapped.kind]),
    (StockScrapped.kind, [StockAdjusted.kind, StockCounted.kind]),
    (PayrollRun.kind, [PayrollCorrected.kind]),
    (CustomerRegistered.kind, [CustomerRevised.kind]),
    (CustomerRevised.kind, [CustomerRegistered.kind]),
    (SupplierRegistered.kind, [SupplierRevised.kind]),
    (SupplierRevised.kind, [SupplierRegistered.kind]),
    (ProductRegistered.kind, [ProductRevised.kind]),
    (ProductRevised.kind, [ProductRegistered.kind]),
    (EmployeeHired.kind, [EmployeeRevised.kind]),
    (EmployeeRevised.kind, [EmployeeHired.kind]),
    (ProjectOpened.kind, [ProjectRevised.kind]),
    (ProjectRevised.kind, [ProjectOpened.kind]),
  ]

  /// The kinds that a rule on the kind numbered `rule` covers beside it.
  package static func covered(by rule: UInt16) -> [Kind] {
    alike.first { $0.rule.number == rule }?.covers ?? []
  }

  /// The kinds whose rules are about an event of `kind`: its own first.
  package static func rules(about kind: UInt16) -> [UInt16] {
    [kind] + alike.filter { $0.covers.contains { $0.number == kind } }.map(\.rule.number)
  }
}
