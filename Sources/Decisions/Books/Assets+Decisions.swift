// Why: an asset comes in at cost, loses what its plan says until exactly its residual is left, and goes out with what was
// depreciated; the difference to what it brought is a gain or a loss. What is late is posted on the end of its own month,
// while that month is open.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension AssetAcquired: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.introduce(.asset, asset, s)
    let chart = try s.chart()
    let currency = try d.currency(nil, s)
    let account: Code
    if let given = self.account {
      account = given
    } else {
      account = try s.code(try chart.account(.fixedAsset))
    }
    let standing = try d.account(account, of: .asset, s).account
    if let role = chart.role(of: standing), role != .fixedAsset {
      throw .refuse(
        "asset.account", "Account \(account) has the role \(role.rawValue).",
        remedy: "Name an account of assets with the role fixedAsset, or with none.")
    }
    self.account = account
    let cost = try d.positive(self.cost, currency, "cost")
    let residual = try currency.units(self.residual ?? .zero, "residual")
    guard residual >= 0, residual <= cost else {
      throw .refuse(
        "asset.residual", "The residual \(currency.text(residual)) is not within the cost.",
        remedy: "Give a residual between nothing and \(currency.text(cost)).")
    }
    if let months, !(1...1200).contains(months) {
      throw .refuse(
        "asset.months", "\(asset) would be depreciated over \(months) months.",
        remedy: "Give 1 to 1200 months, or none for what is never depreciated.")
    }
    let depreciated = try currency.units(self.depreciated ?? .zero, "depreciated")
    guard depreciated >= 0, depreciated <= cost - residual else {
      throw .refuse(
        "asset.exceeded",
        "\(currency.text(depreciated)) was depreciated; \(currency.text(cost - residual)) can be.",
        remedy: "Give at most the cost less the residual.")
    }
    from = from ?? d.on
    let other = try d.bearer(against, s)
    let place = Place(standing, id)
    d.move(
      cost - depreciated, worth: cost - depreciated, of: currency.id, from: other, to: place)
    d.move(
      depreciated, worth: depreciated, of: currency.id,
      from: Place(try chart.account(.accumulatedDepreciation), id), to: place)
  }
}

extension AssetDepreciated: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    let through = try d.through(self.through)
    self.through = through
    try d.post(&lines, of: Asset.self, through: through, s)
    if d.moves.isEmpty {
      throw .refuse(
        "depreciation.none", "No depreciation is due through \(through).",
        remedy: "Nothing needs to be posted; give an amount for a loss beside the plan.")
    }
  }
}

extension AssetDisposed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    let id = try d.refer(.asset, asset, s)
    let known = try s.document(Asset.self, id)
    try known.checkPosting(asset, on: d.on)
    if let last = known.plan.last, d.on < last {
      throw .refuse(
        "asset.early", "\(asset) was depreciated through \(last), after \(d.on).",
        remedy: "Date it \(last) or later.")
    }
    let currency = try d.currency(nil, s)
    let due = known.plan.due(through: d.on)
    try d.move(due, of: known, id, currency, s)
    let place = Place(known.account, id)
    let depreciation = try s.chart().account(.accumulatedDepreciation)
    var net = known.cost
    // What was depreciated lies on the account that had the role at the time.
    var gone = known.balances.filter { $0.key != known.account }
    gone[depreciation, default: 0] -= due.reduce(0) { $0 + $1.amount }
    for (account, balance) in gone.sorted(by: { $0.key < $1.key }) {
      net += balance
      d.move(-balance, worth: -balance, of: currency.id, from: place, to: Place(account, id))
    }
    var brought: Int64 = 0
    if let proceeds, !proceeds.isZero {
      brought = try d.positive(proceeds, currency, "proceeds")
      guard let account else {
        throw .refuse(
          "asset.proceeds", "It is not said where \(currency.text(brought)) went.",
          remedy: "Give the account that took the proceeds.")
      }
      let taker = try d.bearer(account, s)
      if brought > net {
        d.move(
          brought - net, worth: brought - net, of: currency.id, from: try result(&d, s), to: place)
      }
      // All that came in came for the asset, so that the cash flow has it among the investments.
      d.move(brought, worth: brought, of: currency.id, from: place, to: taker)
    }
    if brought < net {
      d.move(
        net - brought, worth: net - brought, of: currency.id, from: place, to: try result(&d, s))
    }
  }

  private func result(_ d: inout Decision, _ s: any Situation) throws(Obstacle) -> Place {
    guard let result else {
      throw .refuse(
        "asset.result", "\(asset) does not leave at its book value.",
        remedy: "Name the account that takes the gain or the loss: \"result\".")
    }
    let place = try d.bearer(result, s)
    let kind = try s.chart().accounts[place.account]?.kind
    guard kind == .income || kind == .expense else {
      throw .refuse(
        "account.kind", "Account \(result) is no account of income or expenses.",
        remedy: "Name one that takes the gain or the loss.")
    }
    return place
  }
}
