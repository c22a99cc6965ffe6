// Why: customers, analysis, people, projects and control, judged by Fixtures/personas, whose figures are worked by hand.

internal import Support
internal import Testing

@Suite struct `Personas` {
  @Test func `every report says what was worked by hand, and every check holds`() throws {
    let story = Story("personas")
    try story.record(openedAt: "2026-01-01T07:00:00Z") { books in try story.judge(books) }
  }
}
