// Why: a product that is sold every day has a long history, but few events say what it is. Those are told by
// their kind, so that what a thing is can be found without reading all that happened to it.

extension RecordView {
  /// Whether the event defines something: set-up, the chart, the periods.
  @inlinable public var isDefinition: Bool { Recorded.isDefinition(kind) }
}

extension Recorded {
  /// Whether the event defines something: set-up, the chart, the periods.
  public var isDefinition: Bool { Self.isDefinition(kind) }

  /// The kinds 1–15 and 200–215 are set-up; 115, 116 and 126 close and reopen periods
  /// and years.
  @inlinable public static func isDefinition(_ kind: UInt16) -> Bool {
    kind < 16 || (200..<216).contains(kind) || kind == 115 || kind == 116 || kind == 126
  }
}
