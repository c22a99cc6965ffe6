// Why: warehouses and purchasing, judged by Fixtures/almacenes, whose figures are worked by hand.

internal import Support
internal import Testing

@Suite struct `Almacenes Ribera` {
  @Test func `every report says what was worked by hand, and every check holds`() throws {
    let story = Story("almacenes")
    try story.record(openedAt: "2026-01-01T07:00:00Z") { books in try story.judge(books) }
  }
}
