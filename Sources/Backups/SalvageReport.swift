// Why: "some events are lost" helps nobody. The report says which, what they brought as far as tables and later events still tell, and
// what to do next.

internal import EventLog
internal import Events
internal import Ledger
internal import Proofs
internal import Wire

/// What a salvage found, as text.
struct SalvageReport {
  let salvage: Salvage
  let remains: LogRemains
  /// The identity of the books: found, given, or that of their keys.
  let origin: Salvage.Origin
  /// The root over the events of the new books.
  let root: MerkleHash
  let dependents: Dependents
  let signed: Checkpoint?

  var text: String {
    var lines = state
    let facts = facts
    for range in salvage.missing { lines += describe(range, facts) }
    lines += needed
    lines += unwritten
    lines += advice
    return lines.joined(separator: "\n") + "\n"
  }

  private var state: [String] {
    var lines = ["identity  \(identity)"]
    if let head = remains.head {
      lines.append("the log   \(head.size) events, root \(head.root)\(trust)")
    } else {
      lines.append(
        "the log   its head is lost; the last event of which anything was found is \(salvage.size)")
    }
    if let cut = remains.cut {
      lines.append(
        "cut       the file was cut: it has \(cut.pages) of the \(cut.committed) pages that were committed, and what stood on the others is lost"
      )
    }
    lines.append("intact    \(intact)")
    if salvage.later > 0 {
      let lost = salvage.unwritten.count(in: .later)
      lines.append(
        "later     \(salvage.later) intact events behind a gap, \(salvage.proven) of them proven by the tree"
          + (lost == 0
            ? "" : "; \(salvage.later - lost) of them are lines in \(Salvage.File.later.rawValue)")
      )
    }
    if let signed { lines.append("signed    \(compare(signed))") }
    let count = salvage.missing.reduce(0) { $0 + $1.size }
    let doubt = remains.isHeadCertain ? "" : " up to event \(end); \(unknown)"
    lines.append("missing   \(count == 0 ? "nothing" : events(count))\(doubt)")
    return lines
  }

  /// The last event that is known to have been: found, counted by a head, or signed.
  private var end: Position { salvage.size + salvage.signedBehind }

  private var identity: String {
    guard let identity = origin.identity else { return "lost" }
    if identity == remains.identity { return identity }
    let source = origin.isGiven ? "it was given" : "the keys beside it say"
    return "\(identity), as \(source): it is lost in the file"
  }

  /// How far the head of the log that was found is to be relied on.
  private var trust: String {
    if remains.isHeadCertain { return "" }
    return remains.hasFileHeads
      ? " (the newest state that was found; the last one is lost)"
      : " (the newest head found; the file's own heads are damaged)"
  }

  /// What nobody can tell without the newest head of the log.
  private var unknown: String {
    remains.cut == nil
      ? "whether more was recorded, this file does not tell"
      : "whether the pages that were cut off had more, this file does not tell"
  }

  private var intact: String {
    if salvage.prefix == 0 { return "no event from the beginning on: the first is missing" }
    let range = "events 1 to \(salvage.prefix), root \(root)"
    if salvage.prefix < remains.intactPrefix {
      return range + "; event \(salvage.prefix + 1) does NOT come later than the one before it"
    }
    if salvage.prefix == remains.head?.size {
      guard salvage.isOfTheLog == true else { return range + ": NOT the root of the log" }
      return range + (remains.isHeadCertain ? ": all of them" : ": all of that state")
    }
    return switch salvage.isOfTheLog {
    case true? where salvage.prefix > remains.head?.size ?? .max:
      range + ": they begin with the \(remains.head?.size ?? 0) of that state"
    case true?: range + ": the log's tree begins with them"
    case false?:
      range
        + (remains.isMixed
          ? ", which are NOT known to be those of the log: its tree does not fit all that was found"
          : ": NOT what the log's tree begins with")
    case nil: range + "; too much of the tree is lost to compare it"
    }
  }

  private func compare(_ signed: Checkpoint) -> String {
    switch salvage.isSigned {
    case nil where salvage.signedBehind > 0:
      "the checkpoint has \(signed.size) events: nothing was found of the last \(salvage.signedBehind)"
    case nil: "the checkpoint of \(signed.size) events reaches beyond the new books"
    case true?: "the first \(signed.size) events are those of the checkpoint"
    case false?: "the first \(signed.size) events are NOT those of the checkpoint: do not use them"
    }
  }

  private func events(_ count: UInt64) -> String { count == 1 ? "1 event" : "\(count) events" }

  /// What is known of the missing events, in order: a line for each, after its position.
  private var facts: [(position: Position, text: String)] {
    let missing = salvage.missing
    let brought = Dictionary(
      grouping: remains.names.values.filter { missing.cover($0.since) }, by: \.since)
    let known = Set(brought.keys).union(remains.keys.keys).union(dependents.answers.keys)
      .union(remains.doubtfulPositions).filter(missing.cover)
    return known.sorted().map { ($0, describe($0, brought[$0] ?? [])) }
  }

  private func describe(_ position: Position, _ names: [KnownName]) -> String {
    var facts: [String] = []
    if !names.isEmpty {
      let texts = names.map { "\($0.id.kind?.label ?? "name") \($0.code)" }.sorted()
      facts.append("brought the \(texts.joined(separator: ", "))")
    }
    if let key = remains.keys[position] { facts.append("had the key \"\(key.printable)\"") }
    if let answers = dependents.answers[position] {
      facts.append("is answered by \(answers.map(String.init).joined(separator: ", "))")
    }
    if let bytes = remains.doubtfulRecord(at: position),
      let record = RecordView(in: bytes.raw, at: 0)
    {
      facts.append(
        "may have been \(Catalogue.name(of: record.kind)) of \(record.on); see \(Salvage.File.doubtful.rawValue)"
      )
    }
    return facts.joined(separator: "; ")
  }

  private func describe(
    _ range: ClosedRange<Position>, _ facts: [(position: Position, text: String)]
  ) -> [String] {
    let count = range.size
    var lines = [
      "",
      count == 1
        ? "event \(range.lowerBound) is missing"
        : "events \(range.lowerBound) to \(range.upperBound) are missing (\(count))",
    ]
    if range.lowerBound > salvage.size {
      lines.append("  the checkpoint has \(count == 1 ? "it" : "them"), and nothing was found")
    }
    let first = facts.partitioningIndex(where: { $0.position >= range.lowerBound })
    for fact in facts[first...].prefix(while: { $0.position <= range.upperBound })
    where !fact.text.isEmpty {
      lines.append("  \(fact.position)  \(fact.text)")
    }
    return lines
  }

  private var needed: [String] {
    if dependents.names.isEmpty { return [] }
    var lines = ["", "later events need what missing ones brought:"]
    // A dictionary has another order in each process.
    let sorted = dependents.names.sorted {
      ($0.value.first, $0.key.raw) < ($1.value.first, $1.key.raw)
    }
    for (name, needed) in sorted {
      let label = name.kind?.label ?? "name"
      let code =
        remains.names[name].map { "\($0.code)" } ?? "number \(name.sequence), whose code is lost"
      lines.append(
        "  \(label) \(code): \(events(UInt64(needed.count))), the first is \(needed.first)")
    }
    return lines
  }

  /// The saved events of which there is no line, and why.
  private var unwritten: [String] {
    if salvage.unwritten.isEmpty { return [] }
    var lines = ["", "saved events of which there is no line:"]
    for unwritten in salvage.unwritten {
      let positions = unwritten.positions.map {
        $0.lowerBound == $0.upperBound
          ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
      }
      lines.append(
        "  \(unwritten.file.rawValue) has not \(events(unwritten.count)): \(positions.joined(separator: ", "))"
      )
      lines.append("    \(unwritten.reason.printable)")
    }
    return lines
  }

  /// Why events may be missing of which nothing was found.
  private var loss: String {
    if remains.cut != nil {
      return "the file was cut, and what was recorded last may be lost with its end"
    }
    return remains.hasFileHeads
      ? "the last state of the log is lost, and what was recorded last may be lost with it"
      : "the file's heads are damaged, and what was recorded last may be lost with them"
  }

  private var advice: [String] {
    var lines = ["", "what to do"]
    if salvage.isSigned == false {
      return lines + [
        "  These events are not the history that was signed: it was rewritten, or the checkpoint is of other books. Keep the damaged books and the",
        "  checkpoint, they prove it; do not put the new books in their place. Look for a backup that the checkpoint fits.",
      ]
    }
    if salvage.isOfTheLog == false {
      return lines + [
        "  The file holds events of two histories of these books, such as those of books that went their own way after a restore. Some of the events",
        "  that were found may be the other history's: do not put the new books in the place of the damaged ones. Look for a backup, or another copy.",
      ]
    }
    if salvage.isWhole {
      return lines + [
        "  Nothing is missing. Put the new books in the place of the damaged ones, and put keys/ beside log/, if there is one."
      ]
    }
    if salvage.missing.isEmpty {
      lines += [
        "  Nothing is missing up to event \(end), but \(loss).",
        "  Compare with what others hold: --checkpoint FILE, the last receipt, a backup.",
      ]
    }
    let goOn =
      salvage.prefix == 0
      ? [
        "  2. Otherwise there are no books to go on with, since the events that set them up are missing: make new ones with `diario init`, with the same",
        "     chart and currency, and sign them with a new key.",
      ]
      : [
        "  2. Otherwise go on with the new books: put keys/ beside log/, if there is one, and before anything is signed,",
        "     `diario checkpoint --new-incarnation REASON`.",
      ]
    lines += [
      "  1. Look for a backup that has the \(salvage.missing.isEmpty ? "later" : "missing") events: `diario restore` gives them back as they were, and is better than what follows."
    ]
    lines += goOn
    lines += [
      "  3. Enter the missing events again from papers, bank statements and partners, as lines with the moment (\"at\") at which they were known;",
      "     `diario record --imported` takes them.",
    ]
    if salvage.later > 0 {
      lines += [
        "  4. Then record the later ones again: `diario record --imported --books books later.jsonl`. They are decided anew; what they need and the",
        "     books do not have is refused, and says so. \(Salvage.File.records.rawValue) keeps them as they were, with their proofs.",
      ]
    }
    if salvage.opened > 0 {
      lines.append(
        "     Lines have personal data in the clear: delete the files when they are recorded.")
    }
    if !salvage.unwritten.isEmpty {
      lines += [
        "  Events of which there is no line are lost to `diario record` until there is one. If their keys can be had, put them beside the damaged log",
        "  (or name --master-key) and salvage once more into another directory; else enter them again. \(Salvage.File.records.rawValue) keeps what was saved.",
      ]
    }
    return lines
  }
}
