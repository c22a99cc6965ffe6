// Why: a line of JSON may come from anybody. It is a proposal, which is written and read again as the same, or an error with its place.

import Events
import Foundation
import Ledger
import Wire

enum JSONLine: Target {
  static let name = "json"

  static func seeds() throws -> [[UInt8]] {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures")
    return try ["examples.jsonl", "aranda/events.jsonl"].flatMap { name in
      try Data(contentsOf: fixtures.appending(path: name)).split(separator: 10).map(Array.init)
    }
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    do throws(WireError) {
      let proposal = try Proposal(json: bytes)
      let line = try proposal.json()
      let again = sabotage.apply(try Proposal(json: Array(line.utf8))) { proposal in
        var proposal = proposal
        // It takes days before 2020 for a slip.
        proposal.on = max(proposal.on, "2020-01-01")
        return proposal
      }
      promise(try again.json() == line, "it is written otherwise the second time: \(line)")
    } catch {
      promise(!error.message.isEmpty && !error.remedy.isEmpty, "\(error) says nothing")
      promise(
        !error.path.isEmpty || error.offset != nil, "an error without a place: \(error)")
      promise((0...bytes.count).contains(error.offset ?? 0), "no place in the line: \(error)")
    }
  }
}
