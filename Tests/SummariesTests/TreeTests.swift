// The arithmetic of ranges, worked by hand for the tree that books use: 4,096 events a leaf, 65,536 on level 1.

import Events
import Summaries
import Testing

@Suite struct TreeTests {
  private let tree = SummaryTree.standard

  @Test func `a prefix is a few ranges from the highest level down, and a tail`() {
    // 2 × 65,536 + 3 × 4,096 + 5 = 143,365
    let (ranges, tail) = tree.prefix(143_365)
    #expect(
      ranges == [
        SummaryRange(level: 1, index: 0), SummaryRange(level: 1, index: 1),
        SummaryRange(level: 0, index: 32), SummaryRange(level: 0, index: 33),
        SummaryRange(level: 0, index: 34),
      ])
    #expect(tail == 143_361...143_365)
  }

  @Test func `less than a leaf is only a tail, nothing is nothing, a full leaf has no tail`() {
    #expect(tree.prefix(4095).ranges.isEmpty)
    #expect(tree.prefix(4095).tail == 1...4095)
    #expect(tree.prefix(0).tail == nil)
    #expect(tree.prefix(4096).ranges == [SummaryRange(level: 0, index: 0)])
    #expect(tree.prefix(4096).tail == nil)
    #expect(tree.prefix(1_048_576).ranges == [SummaryRange(level: 2, index: 0)])
  }

  @Test func `the ranges of a prefix follow each other without gaps`() {
    for size: Position in [1, 4096, 65_535, 65_536, 1_200_000, 17_000_000] {
      let (ranges, tail) = tree.prefix(size)
      var next: Position = 1
      for range in ranges {
        #expect(tree.positions(of: range).lowerBound == next)
        next = tree.positions(of: range).upperBound + 1
      }
      #expect(tail.map { $0.lowerBound == next && $0.upperBound == size } ?? (next == size + 1))
      #expect(ranges.count <= 15 * 4)
    }
  }

  @Test func `ranges become complete after their children and elder siblings`() {
    #expect(tree.completed(from: 0, to: 4095).isEmpty)
    #expect(tree.completed(from: 4095, to: 4096) == [SummaryRange(level: 0, index: 0)])
    #expect(
      tree.completed(from: 61_440, to: 65_536)
        == [SummaryRange(level: 0, index: 15), SummaryRange(level: 1, index: 0)])
    #expect(tree.completed(from: 65_536, to: 65_536).isEmpty)
  }

  @Test func `what is complete at the end is what became complete on the way`() {
    let tree = SummaryTree(leafSize: 3, fanout: 4)
    var step: [SummaryRange] = []
    for size in 1...500 { step += tree.completed(from: Position(size - 1), to: Position(size)) }
    #expect(step.sorted() == tree.completed(from: 0, to: 500))
    #expect(tree.groups(to: 500).flatMap { $0.flatMap { $0 } } == step.sorted())
  }

  @Test func `has no ranges of positions that are no numbers`() {
    // A range of level 12 spans 2^12 × 16^12 = 2^60 events, one of level 0 2^12; positions are counted up to 2^63 − 1.
    for (level, index) in [(0, 0), (0, 1 << 51 - 2), (12, 6), (255, 0)] {
      let range = SummaryRange(level: level, index: index)
      #expect(tree.has(range), "\(range)")
      #expect(!tree.isComplete(range, size: 1))
    }
    for (level, index) in [
      (0, 1 << 51 - 1), (12, 7), (255, 1), (0, Int.max), (0, Int.min), (-1, 0),
    ] {
      #expect(!tree.has(SummaryRange(level: level, index: index)), "\(level) \(index)")
    }
  }

  @Test func `groups are siblings of one level`() {
    let groups = SummaryTree(leafSize: 2, fanout: 2).groups(to: 13)
    // Leaves 0…5; ranges of two leaves 0…2; of four 0. Positions 1…12 are in leaves.
    #expect(groups.map(\.count) == [3, 2, 1])
    #expect(
      groups[1] == [
        [SummaryRange(level: 1, index: 0), SummaryRange(level: 1, index: 1)],
        [SummaryRange(level: 1, index: 2)],
      ])
  }
}
