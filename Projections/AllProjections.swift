// Why: the one list of what is built while recording and rebuilt on demand. A new projection is a file and a line here.

public import Summaries

/// Every projection that books keep.
public enum AllProjections {
  /// One line for each.
  public static let list: [any Projection.Type] = [
    AccountBalances.self,
    InventoryLevels.self,
    ProductFlows.self,
    OpenItems.self,
    OrderBook.self,
    PayrollRegister.self,
    TaxBook.self,
    Schedules.self,
    YearClosings.self,
    MoneyFlows.self,
    CustomerHistories.self,
    SalesBook.self,
    ManualEntries.self,
    Authors.self,
    Histories.self,
    Definitions.self,
  ]
}
