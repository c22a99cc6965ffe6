// Why: when a document is due is settled when it is recorded, and stored with it: a later change of a customer's
// terms does not change what was agreed.

internal import Documents
internal import Events
internal import Ledger
internal import Wire

extension Decision {
  /// The day on which all of a document is due: as given, else after its own terms, else after the party's.
  func dueDay(
    given: Day?, terms: Int64?, of party: NameID, _ s: any Situation
  ) throws(Obstacle) -> Day {
    if let given {
      if given < on {
        throw .refuse(
          "due.early", "It would be due on \(given), before its own day \(on).",
          remedy: "Give a due day on or after \(on).")
      }
      return given
    }
    let agreed = try s.document(Party.self, party).terms
    let days = terms ?? agreed ?? 0
    guard (0...3650).contains(days) else {
      throw .refuse(
        "terms.invalid", "Terms of \(days) days are not possible.", remedy: "Give 0 to 3650 days.")
    }
    return on + Int(days)
  }

  /// Checks instalments: in the order of their days, together 100 percent, the last one perhaps for the rest.
  func check(_ instalments: [Instalment], due: Day?) throws(Obstacle) {
    if instalments.isEmpty { return }
    var left: ExactDecimal = "100"
    for (i, instalment) in instalments.enumerated() {
      if instalment.due < (i == 0 ? on : instalments[i - 1].due) {
        throw .refuse(
          "due.early", "Instalment \(i + 1) would be due on \(instalment.due), too early.",
          remedy: "Give the instalments in the order of their days, none before \(on).")
      }
      let isLast = i == instalments.count - 1
      guard let percent = instalment.percent else {
        if isLast, left.digits > 0 { return try checkLast(instalments, due) }
        throw .refuse(
          "instalments.percent", "Instalment \(i + 1) says no percent.",
          remedy: "Only the last instalment may leave it out, when there is a rest for it.")
      }
      guard percent.digits > 0, percent.scale <= 6 else {
        throw .refuse(
          "instalments.percent", "An instalment of \(percent) % is not possible.",
          remedy: "Give a percent above zero with at most 6 decimals.")
      }
      left = try refusing("instalments") { () throws(WireError) in
        try left.adding(percent.negated)
      }
    }
    if !left.isZero {
      throw .refuse(
        "instalments.percent", "The instalments leave \(left) % of the invoice.",
        remedy: "Let them add up to 100, or leave out the last one's percent.")
    }
    try checkLast(instalments, due)
  }

  private func checkLast(_ instalments: [Instalment], _ due: Day?) throws(Obstacle) {
    if let due, let last = instalments.last, due != last.due {
      throw .refuse(
        "due.conflict", "All of it is due on \(due), but the last instalment on \(last.due).",
        remedy: "Give either a due day or instalments.")
    }
  }
}
