// Why: what comes from outside is read by few doors. Each is a target: a promise that must hold for all bytes, a decoder that breaks it
// on purpose, and the well-formed inputs that the search begins with.

/// One door through which bytes come in.
protocol Target: Sendable {
  /// What it is called in the environment variable FUZZ_TARGET.
  static var name: String { get }
  /// Inputs that are as they should be.
  static func seeds() throws -> [[UInt8]]
  /// Reads `bytes` as the program does, and ends the process when a promise is broken.
  static func check(_ bytes: [UInt8], with sabotage: Sabotage)
}

/// Whether a decoder is faulty on purpose: the negative control.
enum Sabotage {
  case none, faulty

  /// What is read with a sound decoder, or what a faulty one makes of it.
  func apply<Value>(_ value: Value, _ fault: (Value) -> Value) -> Value {
    self == .none ? value : fault(value)
  }
}

/// Every target.
let targets: [any Target.Type] = [
  JSONLine.self, BodyOfEvent.self, RecordOfLog.self, BlockOfLog.self, TileOfTree.self,
  NoteText.self, ProofText.self, ReportText.self,
]

/// Ends the process unless `isKept`: the search has found something.
func promise(_ isKept: Bool, _ what: @autoclosure () -> String) {
  if !isKept { fatalError("a promise is broken: \(what())") }
}

/// The text that `bytes` are; `nil` when they are no UTF-8.
func text(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }
