// Why: assets, deferrals and accruals are in the books' own currency, against accounts that no document keeps.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// An account that may bear what an asset or a deferral costs: open, in the books' currency, and not kept by documents,
  /// taxes or wages.
  mutating func bearer(_ code: Code, _ s: any Situation) throws(Obstacle) -> Place {
    let id = try freeAccount(code, s)
    let chart = try s.chart()
    if chart.role(of: id)?.isOfTaxesOrWages ?? false {
      throw .refuse(
        "account.control", "Account \(code) is kept by documents of its own.",
        remedy: "Name a bank, a loan, or an account of income or expenses.")
    }
    if let held = chart.accounts[id]?.currency, held != chart.currency {
      throw .refuse(
        "account.currency", "Account \(code) holds \(held).",
        remedy: "Name an account in \(chart.currency).")
    }
    return Place(id)
  }

  /// An open account of `kind`.
  mutating func account(
    _ code: Code, of kind: AccountKind, _ s: any Situation
  ) throws(Obstacle) -> Place {
    let place = try bearer(code, s)
    let found = try s.chart().accounts[place.account]?.kind
    if found != kind {
      throw .refuse(
        "account.kind",
        "Account \(code) is \(found.map { "an account of kind \($0.rawValue)" } ?? "no account").",
        remedy: "Name an account of kind \(kind.rawValue).")
    }
    return place
  }

  /// `day`, or the first open day when it lies in a closed period.
  func open(_ day: Day, _ chart: Chart) -> Day { max(day, chart.firstOpenDay ?? day) }

  /// The day through which something is posted: not after the event's own.
  func through(_ day: Day?) throws(Obstacle) -> Day {
    let day = day ?? on
    if day > on {
      throw .refuse(
        "through.future", "\(day) lies after \(on), the day of the entry.",
        remedy: "Post what is due when it is due: date the entry \(day) or later.")
    }
    return day
  }

  /// Checks an amount that a line gives, against what is left.
  func given(
    _ amount: ExactDecimal, of code: Code, left: Int64, _ currency: DocumentCurrency
  ) throws(Obstacle) -> Int64 {
    let units = try positive(amount, currency, "amount of \(code)")
    if units > left {
      throw .refuse(
        "amount.exceeded",
        "\(currency.text(left)) of \(code) is left, not \(currency.text(units)).",
        remedy: "Give at most what is left.")
    }
    return units
  }
}

extension Situation {
  /// Every name of `kind`, in the order of their appearance.
  func names(of kind: NameKind) throws(Obstacle) -> [NameID] {
    let count = try count(of: kind)
    return count == 0 ? [] : (1...count).map { NameID(kind, $0) }
  }
}
