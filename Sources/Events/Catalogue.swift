// Why: the one list of all events. Their round trips, golden bytes, schemas and documentation run over it.

internal import Wire

/// Every event that this program knows.
public enum Catalogue {
  /// The events of one part of the business.
  public struct Area: Sendable {
    /// What people call it: `Orders`.
    public let name: String
    /// Its events, in the order of the documentation.
    public let events: [any Event.Type]
  }

  /// One line for each event, by area.
  public static let areas: [Area] = [
    Area(
      name: "Setup",
      events: [
        BooksOpened.self,
        AccountOpened.self,
        AccountClosed.self,
        RoleAssigned.self,
        WarehouseOpened.self,
        ProductRegistered.self,
        ProductRevised.self,
        ProductRetired.self,
        CustomerRegistered.self,
        CustomerRevised.self,
        SupplierRegistered.self,
        SupplierRevised.self,
        TaxDefined.self,
        RateSet.self,
        ProjectOpened.self,
        EmployeeHired.self,
        EmployeeRevised.self,
        EmployeeLeft.self,
        AccessGranted.self,
        AccessRevoked.self,
      ]),
    Area(
      name: "Orders",
      events: [
        OrderPlaced.self,
        OrderRevised.self,
        OrderCancelled.self,
        StockReserved.self,
        StockReleased.self,
        OrderShipped.self,
        ShipmentDelivered.self,
        OrderReturned.self,
      ]),
    Area(
      name: "Invoices",
      events: [
        InvoiceIssued.self,
        InvoiceCorrected.self,
        InvoiceVoided.self,
        ReminderSent.self,
        TaxFiled.self,
        TaxPaid.self,
      ]),
    Area(
      name: "Payments",
      events: [
        PaymentReceived.self,
        PaymentAllocated.self,
        PaymentRefunded.self,
        PaymentReturned.self,
        PaymentSent.self,
        PaymentTransferred.self,
        ChargeBooked.self,
        PaymentsSent.self,
        DebtWrittenOff.self,
        ResidueCleared.self,
        CurrencyRevalued.self,
      ]),
    Area(
      name: "Purchasing",
      events: [
        PurchaseOrdered.self,
        GoodsReceived.self,
        GoodsRejected.self,
        GoodsReturned.self,
        PurchaseCancelled.self,
        BillReceived.self,
        BillCorrected.self,
        CostLanded.self,
      ]),
    Area(
      name: "Stock",
      events: [
        StockCounted.self,
        StockAdjusted.self,
        StockTransferred.self,
        StockScrapped.self,
        StockAssembled.self,
      ]),
    Area(
      name: "Payroll",
      events: [
        PayrollSchemeDefined.self,
        PayrollRun.self,
        PayrollPaid.self,
        PayrollCorrected.self,
        TimeRecorded.self,
        AbsenceRecorded.self,
        ShiftScheduled.self,
        ReviewRecorded.self,
        TaskOpened.self,
        TaskClosed.self,
        ProjectRevised.self,
        ProjectClosed.self,
        ProjectCharged.self,
      ]),
    Area(
      name: "Customers",
      events: [
        InteractionLogged.self,
        TicketOpened.self,
        TicketAnswered.self,
        TicketClosed.self,
        PreferenceRecorded.self,
        ConsentRecorded.self,
        CampaignSent.self,
      ]),
    Area(
      name: "Control",
      events: [
        ApprovalRequired.self,
        ProposalSubmitted.self,
        ProposalApproved.self,
        ProposalRejected.self,
      ]),
    Area(
      name: "Personal data",
      events: [
        HoldPlaced.self,
        HoldLifted.self,
        ErasureRequested.self,
        ErasureCompleted.self,
      ]),
    Area(
      name: "Books",
      events: [
        JournalPosted.self,
        JournalReversed.self,
        OpeningPosted.self,
        PeriodClosed.self,
        PeriodReopened.self,
        AssetAcquired.self,
        AssetDepreciated.self,
        AssetDisposed.self,
        ExpenseDeferred.self,
        IncomeDeferred.self,
        DeferralReleased.self,
        AccrualPosted.self,
        EntryScheduled.self,
        EntryRepeated.self,
        YearClosed.self,
        BudgetSet.self,
        IncarnationBegun.self,
      ]),
    Area(
      name: "Bank",
      events: [
        StatementImported.self,
        StatementMatched.self,
        StatementUnmatched.self,
      ]),
  ]
  /// Every event.
  public static let all: [any Event.Type] = areas.flatMap(\.events)

  /// The kinds of events that have personal fields.
  public static let personal: Set<UInt16> = {
    var kinds: Set<UInt16> = []
    for type in all where MessageSchema(type).fields.contains(where: \.isPersonal) {
      kinds.insert(type.kind.number)
    }
    return kinds
  }()

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.kind.name, $0) })
  private static let byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.kind.number, $0) })

  /// The event called `name`.
  public static func named(_ name: String) -> (any Event.Type)? { byName[name] }
  /// The event with the kind number `number`.
  public static func numbered(_ number: UInt16) -> (any Event.Type)? { byNumber[number] }
  /// The name of kind `number`; `unknown.N` for one from a newer program.
  public static func name(of number: UInt16) -> String {
    byNumber[number]?.kind.name ?? unknown + String(number)
  }
  /// The number of the kind called `name`, which may be `unknown.N`; `nil` when nothing is called that.
  public static func number(of name: String) -> UInt16? {
    if let type = byName[name] { return type.kind.number }
    guard name.hasPrefix(unknown), let number = UInt16(name.dropFirst(unknown.count)),
      byNumber[number] == nil
    else { return nil }
    return number
  }
  private static let unknown = "unknown."

  /// What to tell somebody who wrote `name`: the nearest name that exists.
  static func suggestion(for name: String) -> String {
    let name = Array(name.utf8)
    // Names whose lengths differ by more are further away than that.
    let nearest = names.filter { abs($0.count - name.count) <= furthest }
      .map { ($0, distance($0, name)) }.min { $0.1 < $1.1 }
    guard let nearest, nearest.1 <= furthest else { return "`diario schema` lists the events." }
    return "Did you mean \"\(String(decoding: nearest.0, as: UTF8.self))\"?"
  }

  private static let names = all.map { Array($0.kind.name.utf8) }

  /// A name with more letters wrong than these was meant to be something else.
  private static let furthest = 3

  /// Levenshtein's distance, or one that is too far as well.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      // It never gets less than the least of a row.
      if row.allSatisfy({ $0 > furthest }) { return furthest + 1 }
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
