// Why: books begin with a chart of accounts. A chart is only a list of accounts with their roles, so that
// another country's is another list; decisions never see a code.

public import Events
internal import Ledger
internal import Wire

/// The charts of accounts that books can begin with.
public enum Charts {
  /// The names of the charts, the default first.
  public static let names = ["generic", "pgc"]

  /// The accounts of the chart called `name`, in the order of their codes; `nil` when there is none such.
  public static func named(_ name: String) -> [AccountOpened]? {
    switch name {
    case "generic": opened(generic)
    case "pgc": opened(pgc)
    default: nil
    }
  }

  private static func opened(_ rows: [Row]) -> [AccountOpened] {
    rows.map { row in
      var event = AccountOpened()
      event.account = row.code
      event.name = row.name
      event.kind = row.kind
      event.role = row.role
      return event
    }
  }

  /// One line of a chart.
  struct Row {
    var code: Code
    var name: String
    var kind: AccountKind
    var role: Role?

    init(_ code: Code, _ kind: AccountKind, _ name: String, _ role: Role? = nil) {
      self.code = code
      self.kind = kind
      self.name = name
      self.role = role
    }
  }
}
