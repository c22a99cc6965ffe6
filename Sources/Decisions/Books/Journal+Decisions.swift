// Why: what no other event describes an accountant posts by hand. Accounts that documents keep (stock, goods
// received not invoiced, orders, tax bases, hours) are refused here, so that they agree with their documents;
// receivables, payables and advances are open to entries about a document that exists, down to what is open.

internal import Documents
public import Events
internal import Ledger
internal import Wire

extension JournalPosted: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    let chart = try s.chart()
    var (debits, credits): ([JournalSide], [JournalSide]) = ([], [])
    for line in lines {
      let subject = try line.knownSubject(&d, s)
      let (isDebit, side) = try line.checked(subject, &d, s)
      if isDebit { debits.append(side) } else { credits.append(side) }
    }
    guard !lines.isEmpty else {
      throw .refuse("lines.empty", "There are no lines.", remedy: "Give at least two lines.")
    }
    let memos = (debits + credits).count { chart.accounts[$0.place.account]?.kind == .memo }
    if memos != 0, memos != lines.count {
      throw .refuse(
        "account.memo", "The entry mixes memorandum accounts with others.",
        remedy: "Post memorandum accounts in an entry of their own.")
    }
    try d.balance(debits, credits, s)
    try d.post(debits: debits, credits: credits, s)
    try d.checkOpenItems(chart, s)
  }
}

extension JournalReversed: Decided {
  public mutating func decide(_ d: inout Decision, _ s: any Situation) throws(Obstacle) {
    _ = try d.introduce(.entry, entry, s)
    let known = try s.document(JournalEntry.self, try d.refer(.entry, reverses, s))
    guard known.isReversible else {
      throw .refuse(
        "journal.notReversible",
        "\(reverses) is no entry of journal.posted, no depreciation, no release of deferrals and no accrual without a day of its end.",
        remedy: "Post the entry that puts it right instead.")
    }
    if known.isReversed {
      throw .refuse(
        "journal.reversed", "\(reverses) has been reversed already.",
        remedy: "Nothing needs to be done; post it again if that was wrong.")
    }
    if d.on < known.on {
      throw .refuse(
        "journal.early", "\(reverses) is of \(known.on), after \(d.on).",
        remedy: "Date the reversal on or after \(known.on).")
    }
    let chart = try s.chart()
    for name in known.mentions {
      d.mention(name)
      // What a disposal took off the books is not there to be put back.
      if name.is(.asset) {
        try s.document(Asset.self, name).checkPosting(try s.code(name), on: d.on)
      }
    }
    for move in known.moves {
      for place in [move.from, move.to] where chart.accounts[place.account]?.isClosed ?? false {
        throw .refuse(
          "account.closed", "Account \(try s.code(place.account)) is closed.",
          remedy: "Post the entry that puts it right on an open account instead.")
      }
      d.move(move.amount, worth: move.value, of: move.commodity, from: move.to, to: move.from)
    }
    try d.checkOpenItems(chart, s)
  }
}

/// An entry by hand, and whether it has been taken back.
struct JournalEntry: Document {
  private(set) var on = Day()
  /// Whether it is of a kind that may be reversed.
  private(set) var isReversible = false
  private(set) var isReversed = false
  private(set) var moves: [Move] = []
  private(set) var mentions: [NameID] = []

  init() {}

  mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if event.introduced.contains(where: { $0.id == id }) {
      on = event.on
      isReversible = [
        JournalPosted.kind.number, AssetDepreciated.kind.number, DeferralReleased.kind.number,
      ].contains(event.kind)
      if let accrual = try event.event(AccrualPosted.self) {
        isReversible = accrual.reverses == nil
      }
      moves = event.moves
      mentions = event.mentions.filter { $0 != id }
    } else if event.kind == JournalReversed.kind.number {
      isReversed = true
    }
  }
}

extension JournalLine {
  /// What the line is about; none when it does not say.
  func knownSubject(
    _ d: inout Decision, _ s: any Situation
  ) throws(Obstacle) -> NameID {
    let account = try s.id(.account, account)
    let role = try account.flatMap { (id) throws(Obstacle) in try s.chart().role(of: id) }
    if let role, role.isKeptByDocuments {
      throw .refuse(
        "account.control", "Account \(self.account) (\(role.rawValue)) is kept by its own events.",
        remedy: "Record the event that it is for: a receipt, a count, an adjustment, a bill.")
    }
    guard let subject else {
      if let role, role.holdsOpenItems {
        throw .refuse(
          "journal.subject", "Account \(self.account) (\(role.rawValue)) consists of open items.",
          remedy: "Name the document that the line is about as its subject.")
      }
      return .none
    }
    for kind in role?.subjects ?? Role.anySubjects {
      if let id = try s.id(kind, subject) {
        d.mention(id)
        let item = try s.document(OpenItem.self, id)
        if role?.holdsOpenItems ?? false, d.on < item.on {
          throw .refuse(
            "allocation.early", "\(subject) is of \(item.on), after \(d.on).",
            remedy: "Date the entry on or after \(item.on).")
        }
        d.mention(item.party)
        return id
      }
    }
    throw .refuse(
      "subject.unknown",
      "Nothing that account \(self.account) could be about is called \(subject).",
      remedy: role?.holdsOpenItems ?? false
        ? "Name the document that the line is about: a receipt says where its rest stands."
        : "Check the subject, or leave it out.")
  }
}

extension Role {
  /// What the subjects of accounts of this role are; `nil` when they may be anything.
  var subjects: [NameKind]? {
    switch self {
    case .receivable: [.invoice]
    case .payable: [.bill]
    case .customerAdvances: [.payment, .correction]
    case .supplierAdvances: [.payment, .correction]
    case .taxCollected, .taxDeductible: [.tax]
    case .wages, .wagesPayable, .employerSocialSecurity: [.employee]
    default: nil
    }
  }

  /// What a free account may be about; of two that are called alike, the first.
  static let anySubjects: [NameKind] = [
    .customer, .supplier, .employee, .project, .product, .warehouse, .order, .purchase, .invoice,
    .bill, .payment, .tax,
  ]
}

extension Decision {
  /// Checks that no open item is taken beyond what is open, in its own currency.
  fileprivate func checkOpenItems(_ chart: Chart, _ s: any Situation) throws(Obstacle) {
    struct Key: Hashable {
      var place: Place
      var currency: NameID
    }
    var changes: [Key: Int64] = [:]
    for move in moves {
      changes[Key(place: move.to, currency: move.commodity), default: 0] += move.amount
      changes[Key(place: move.from, currency: move.commodity), default: 0] -= move.amount
    }
    for (key, change) in changes {
      guard let role = chart.role(of: key.place.account), role.holdsOpenItems, change != 0 else {
        continue
      }
      let item = try s.document(OpenItem.self, key.place.subject)
      let before =
        item.balances.first {
          $0.place == key.place && $0.currency == key.currency
        }?.amount ?? 0
      let after = before + change
      if role.opensOnDebit ? after < 0 : after > 0 {
        throw .refuse(
          "allocation.exceeded",
          "\(try s.code(key.place.subject)) would be settled beyond what is open.",
          remedy: "Settle at most what is open, in the document's own currency.")
      }
    }
  }
}
