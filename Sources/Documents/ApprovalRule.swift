// Why: a rule that asks for a second person must not be evaded by another kind of event that does the same: a run of
// payments for a payment, a new supplier for a revised one, a count for an adjustment, a closed year for a closed period.

package import Events

/// Which kinds of events a rule on one kind is also about.
package enum ApprovalRule {
  /// What is a payment as far as money leaves a bank or the cash for it.
  private static let paying = [
    AssetAcquired.kind, ExpenseDeferred.kind, JournalPosted.kind, JournalReversed.kind,
    EntryRepeated.kind, OpeningPosted.kind,
  ]

  /// For each kind the others that do the same, wholly or in part.
  private static let alike: [(rule: Kind, covers: [Kind])] = [
    (PaymentSent.kind, [PaymentsSent.kind, ChargeBooked.kind, PaymentRefunded.kind] + paying),
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
    (PeriodClosed.kind, [YearClosed.kind]),
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

  /// Whether the rule on the kind numbered `rule` is about an event of `kind` only as far as money leaves a bank or the cash.
  package static func isAboutMoneyOnly(_ rule: UInt16, of kind: UInt16) -> Bool {
    rule == PaymentSent.kind.number && paying.contains { $0.number == kind }
  }

  /// The kinds whose rules are about an event of `kind`: its own first.
  package static func rules(about kind: UInt16) -> [UInt16] {
    [kind] + alike.filter { $0.covers.contains { $0.number == kind } }.map(\.rule.number)
  }
}
