// Why: how much of a product lies in a warehouse, and what it is worth, is the balance of a place. Goods on their way between two
// warehouses lie in their transfer. Reservations are moves between places of warehouses too, so one projection answers
// on hand, reserved and available.

public import Events
internal import Ledger
public import Summaries

/// Goods by place. Key: account, warehouse or transfer, product.
public enum InventoryLevels: TallyProjection {
  public static let name = "inventory"
  public static let version = 1
  public static let keepsNetOnly = false

  public static func lines(of record: borrowing RecordView, into lines: inout TallyLines) {
    for index in 0..<record.moveCount {
      let move = record.move(index)
      if move.commodity.is(.product) { lines.add(move) { $0.is(.warehouse) || $0.is(.transfer) } }
    }
  }
}
