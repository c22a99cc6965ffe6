// Why: a program that reads the same bytes gives the same answer. So a question need not be asked again when only pages differ that
// neither it nor opening the books has read, and that is what makes damaging every byte affordable.

internal import Foundation

/// Which questions can be answered otherwise when a page changes.
struct Dependencies {
  private let questions: [[Int: [Int]]]
  private let whenOpening: [Set<Int>]
  private let all: [Int]

  /// Reads the output of `trace` in the file at `path`: a line for what came before the first question, then two for each: what opening
  /// the books read, and what the question did, each as `log PAGE … views PAGE …`.
  init(at path: String) throws {
    let text = try Data(contentsOf: URL(filePath: path))
    let lines = text.split(separator: UInt8(ascii: "\n")).dropFirst().map(Self.pages)
    all = Array(0..<lines.count / 2)
    var whenOpening: [Set<Int>] = [[], []]
    var questions: [[Int: [Int]]] = [[:], [:]]
    for number in all {
      for file in 0...1 {
        whenOpening[file].formUnion(lines[2 * number][file])
        for page in lines[2 * number + 1][file] {
          questions[file][page, default: []].append(number)
        }
      }
    }
    // The heads are read before anything is mapped: so it is seen that such reads are in the trace.
    precondition(whenOpening.allSatisfy { $0.isSuperset(of: [0, 1]) }, "no reads in \(path)")
    (self.whenOpening, self.questions) = (whenOpening, questions)
  }

  /// The pages of each file that a line names.
  private static func pages(_ line: Data) -> [[Int]] {
    var pages: [[Int]] = []
    var number: Int?
    for byte in line + [UInt8(ascii: " ")] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "g"), UInt8(ascii: "v"): pages.append([])
      default:
        if let number { pages[pages.count - 1].append(number) }
        number = nil
      }
    }
    return pages
  }

  /// Whether opening the books may go otherwise after `damage`.
  func concernsOpening(_ damage: Damage) -> Bool {
    !(damage.pages.map(whenOpening[damage.file].isDisjoint) ?? false)
  }

  /// The numbers of the questions to ask after `damage`.
  func questions(_ damage: Damage) -> [Int] {
    guard let pages = damage.pages, !concernsOpening(damage) else { return all }
    let found = pages.map { questions[damage.file][$0] ?? [] }
    return found.count == 1 ? found[0] : Set(found.joined()).sorted()
  }
}
