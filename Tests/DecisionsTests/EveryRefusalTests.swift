// Every refusal that the sources can make stands in the page of refusals, by a test that meets it. A refusal's name is
// written where it is refused, so the sources can be asked for all of them.

import Foundation
import Support
import Testing
import Wire

@Suite struct `The page of refusals` {
  /// What a name may look like where it is refused; `\(kind).unknown` stands for one name of each kind.
  private struct Written: Hashable {
    var name: String
    var isOfKind: Bool { name.hasPrefix("\\(kind).") }
    func matches(_ found: String) -> Bool {
      isOfKind ? found.hasSuffix(name.dropFirst("\\(kind)".count)) : found == name
    }
  }

  /// The names that `source` refuses by, and the calls whose name cannot be read off.
  private func refusals(in source: String) -> (names: [Written], unreadable: [Substring]) {
    var (names, unreadable): ([Written], [Substring]) = ([], [])
    for call in source.matches(of: #/(?:\.refuse|Refusal)\(\s*([^\n]*)/#) {
      if let name = call.output.1.firstMatch(of: #/^"((?:\\\(kind\))?[A-Za-z.]+)"/#) {
        names.append(Written(name: String(name.output.1)))
      } else {
        unreadable.append(call.output.1)
      }
    }
    return (names, unreadable)
  }

  /// Refusals of lines that cannot be read are named in `WireError.Code`; damage to stored bytes is no refusal.
  private var ofLines: [Written] {
    WireError.Code.allCases.map(\.rawValue).filter { !$0.hasPrefix("bytes.") }
      .map(Written.init(name:))
  }

  private func written() throws -> (names: Set<Written>, unreadable: [String]) {
    var (names, unreadable) = (Set(ofLines), [String]())
    for room in ["Books", "Decisions"] {
      for (file, source) in try Repository.sources("Sources/\(room)") {
        let found = refusals(in: source)
        names.formUnion(found.names)
        if file.hasSuffix("Decisions/Refusal.swift") { continue }
        // Refusals of a line that could not be read, passed on.
        unreadable += found.unreadable.filter { $0.prefix { $0 != ")" } != "error" }
          .map { "\(file): \($0)" }
      }
    }
    return (names, unreadable)
  }

  @Test func `every refusal that the sources name has a row`() throws {
    if RefusalTable.regenerates { return }
    let (written, unreadable) = try written()
    #expect(written.count > 250)
    #expect(unreadable.isEmpty, "a refusal's name is written where it is refused")
    let rows = RefusalTable.shared.names
    for name in written.sorted(by: { $0.name < $1.name }) {
      #expect(rows.contains { name.matches($0) }, "\(name.name) has no row in docs/REFUSALS.md")
    }
  }

  @Test func `every refusal of the page is one that the sources still make`() throws {
    if RefusalTable.regenerates { return }
    let written = try written().names
    for row in RefusalTable.shared.names {
      #expect(written.contains { $0.matches(row) }, "\(row)")
    }
  }

  @Test func `a refusal without a row, or without a name to read, is found`() {
    let found = refusals(
      in: """
        throw .refuse(
          "tea.cold", "The tea is cold.", remedy: "Make another.")
        throw .refuse(isCold ? "tea.cold" : "tea.weak", "It is no tea.", remedy: "Make another.")
        throw Obstacle.refused(Refusal("\\(kind).spilt", "It is spilt.", remedy: "Wipe it."))
        """)
    #expect(found.names.map(\.name) == ["tea.cold", "\\(kind).spilt"])
    #expect(found.unreadable.count == 1)
    #expect(!RefusalTable.shared.names.contains("tea.cold"))
    #expect(found.names[1].matches("cup.spilt") && !found.names[1].matches("cup.full"))
  }
}
