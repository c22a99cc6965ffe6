// Why: the one list of all reports: the command line, the documentation and the tests run over it.

/// Every report that this program gives.
public enum ReportCatalogue {
  /// One line for each, in the order in which they are listed.
  public static let all: [any Report.Type] = [
    TrialBalance.self,
    GeneralLedger.self,
    Journal.self,
    BalanceSheet.self,
    IncomeStatement.self,
    CashFlow.self,
    Assets.self,
    Deferrals.self,
    BudgetVariance.self,
    BankMatches.self,
    BankReconciliation.self,
    StockLevels.self,
    AvailableToPromise.self,
    StockValuation.self,
    StockLedger.self,
    StockAgeing.self,
    LotList.self,
    ProductFlow.self,
    PurchasePlan.self,
    ThreeWayMatch.self,
    Orders.self,
    OrderState.self,
    Backlog.self,
    Shipments.self,
    Receivables.self,
    Payables.self,
    DueList.self,
    Dunning.self,
    CreditReport.self,
    Statement.self,
    Customers.self,
    CustomerHistory.self,
    CustomerValue.self,
    Segments.self,
    Sales.self,
    Tickets.self,
    Consents.self,
    TaxReturn.self,
    TaxBookReport.self,
    TaxFilings.self,
    PayrollList.self,
    PayslipSheet.self,
    Employees.self,
    TimeSheet.self,
    Schedule.self,
    Projects.self,
    CostBenefit.self,
    Checks.self,
    AuditTrail.self,
    Approvals.self,
    Anomalies.self,
  ]

  /// The report called `name`.
  /// - Throws: ``ReportError`` `.unknownReport` with those that exist.
  public static func named(_ name: String) throws(ReportError) -> any Report.Type {
    guard let report = all.first(where: { $0.name == name }) else {
      throw ReportError(
        .unknownReport, "There is no report \"\(name)\".",
        remedy: "There are: \(all.map { $0.name }.joined(separator: ", ")).")
    }
    return report
  }
}
