// Why: a decision turns a proposed event into moves, mentions and names; this is the paper it is written on.

public import Events
public import Ledger
public import Wire

/// What an event will do when it is recorded.
public struct Decision: Sendable {
  /// The day of the event.
  public let on: Day
  /// Who proposes it.
  public let by: Code?
  /// The moves it makes. Beyond `Turnover.ofLarge` none are added: such an event is refused when it is decided.
  public private(set) var moves: [Move] = []
  /// All that it would move.
  public private(set) var turnover = Turnover()
  /// Who and what it is about, each once, the document itself first.
  public private(set) var mentions: [NameID] = []
  /// The names it brings into the books.
  public private(set) var introduced: [Introduced] = []

  /// The mentions again, and the new names, to look them up: a delivery may be of thousands of lots.
  private var mentioned: Set<NameID> = []
  private var newNames: [NameKind: [Code: NameID]] = [:]

  /// The lots that the event names, by product.
  var lots: [NameID: [LotQuantity]] = [:]

  /// The stock moves that it makes so far, by product.
  var costed: [NameID: CostedMoves] = [:]
  /// What components of assemblies turn out to have cost, beyond what was recorded, and is still to be handed on to what was made of them.
  var restatedAssemblies: [RestatedAssembly: Int64] = [:]

  /// A blank decision about an event of day `on`.
  public init(on: Day, by: Code? = nil) {
    self.on = on
    self.by = by
  }

  /// Adds a mention, once.
  public mutating func mention(_ id: NameID) {
    if !id.isNone, mentioned.insert(id).inserted { mentions.append(id) }
  }

  /// Adds a move; one of nothing worth nothing is left out. A negative amount or value goes the other way.
  public mutating func move(
    _ amount: Int64, worth value: Int64, of commodity: NameID, from: Place, to: Place,
    on day: Day? = nil
  ) {
    if amount == 0, value == 0 { return }
    let turned = amount < 0 || (amount == 0 && value < 0)
    precondition(amount != .min && value != .min, "amounts are bounded before they move")
    turnover.add(amount, worth: value)
    if turnover.greatest > Turnover.ofLarge { return }
    moves.append(
      Move(
        amount: turned ? -amount : amount, value: turned ? -value : value, commodity: commodity,
        from: turned ? to : from, to: turned ? from : to, on: day ?? on))
  }

  /// Brings a new name into the books and mentions it.
  /// - Throws: a refusal `<kind>.duplicate` when the code is taken.
  public mutating func introduce(
    _ kind: NameKind, _ code: Code, _ s: any Situation
  ) throws(Obstacle) -> NameID {
    if try s.id(kind, code) != nil || newNames[kind]?[code] != nil {
      throw .refuse(
        "\(kind).duplicate", "There is already \(kind.article) \(kind.label) \(code).",
        remedy: "Give it another code, or refer to the one that exists.")
    }
    let sequence =
      try s.count(of: kind) + UInt32(newNames[kind]?.count ?? 0) + 1
    guard sequence <= NameID.maximumSequence else {
      throw .refuse(
        "names.exhausted", "These books hold as many names of kind \(kind.label) as they can.",
        remedy: "Open new books and carry the balances over.")
    }
    let id = NameID(kind, sequence)
    introduced.append(Introduced(id: id, code: code))
    newNames[kind, default: [:]][code] = id
    mention(id)
    return id
  }

  /// The name `code` of `kind`, mentioned.
  /// - Throws: a refusal `<kind>.unknown` when there is none such.
  public mutating func refer(
    _ kind: NameKind, _ code: Code, _ s: any Situation
  ) throws(Obstacle) -> NameID {
    guard let id = try s.id(kind, code) else {
      throw .refuse(
        "\(kind).unknown", "There is no \(kind.label) \(code).",
        remedy: "Check the code, or record the \(kind.label) first.")
    }
    mention(id)
    return id
  }

  /// The name `code` of `kind`, brought into the books if it is new, and mentioned.
  public mutating func referOrIntroduce(
    _ kind: NameKind, _ code: Code, _ s: any Situation
  ) throws(Obstacle) -> NameID {
    if let id = try s.id(kind, code) {
      mention(id)
      return id
    }
    if let new = newNames[kind]?[code] { return new }
    return try introduce(kind, code, s)
  }
}

extension NameKind {
  /// "a" or "an", before its label.
  var article: String { label.first.map { "aeiou".contains($0) } ?? false ? "an" : "a" }
}

/// An event with its decision: what it requires and what it moves.
public protocol Decided: Event {
  /// Writes into `decision` what recording this event will do. It may complete the event's own fields (a due
  /// day from the customer's terms), so that what is stored can be read without looking anything up.
  /// - Throws: ``Obstacle`` with a refusal when the event must not be recorded.
  mutating func decide(_ decision: inout Decision, _ s: any Situation) throws(Obstacle)
}
