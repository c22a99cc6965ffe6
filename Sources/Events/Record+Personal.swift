// Why: what a record keeps of a person is sealed when the record is made and opened where a person's details are shown; in
// between nobody needs a key. Said here for every kind of event by its own walk.

public import Wire

extension Recorded {
  /// The personal fields that it gives, sealed or not, with the person that they are about.
  /// - Throws: `WireError` when the body is damaged.
  public func personalFields() throws(WireError) -> [(name: String, subject: DataSubject)] {
    guard Catalogue.personal.contains(kind), let type = Catalogue.numbered(kind) else { return [] }
    return try Self.personalFields(of: type, in: self)
  }

  private static func personalFields<E: Event>(
    of type: E.Type, in record: Recorded
  ) throws(WireError) -> [(name: String, subject: DataSubject)] {
    guard let event = try record.event(type) else { return [] }
    return try PersonalFinder.fields(of: event)
  }

  /// The same record with its personal fields sealed.
  /// - Throws: what `sealing` throws.
  public func sealed(by sealing: some PersonalSealing) throws(WireError) -> Recorded {
    guard let type = Catalogue.numbered(kind) else { return self }
    return try Self.sealed(self, type, sealing)
  }

  private static func sealed<E: Event>(
    _ record: Recorded, _ type: E.Type, _ sealing: some PersonalSealing
  ) throws(WireError) -> Recorded {
    guard let event = try record.event(type) else { return record }
    var sealed = record
    sealed.body = try SealingWriter.bytes(of: event, sealing: sealing)
    sealed.flags.insert(.sealed)
    return sealed
  }

  /// The same record with its personal fields in the clear; one that has none sealed as it is.
  /// - Throws: what `opening` throws, or when the body is damaged.
  public func opened(by opening: some PersonalOpening) throws(WireError) -> Recorded {
    guard flags.contains(.sealed), let type = Catalogue.numbered(kind) else { return self }
    return try Self.opened(self, type, opening)
  }

  private static func opened<E: Event>(
    _ record: Recorded, _ type: E.Type, _ opening: some PersonalOpening
  ) throws(WireError) -> Recorded {
    var opened = record
    opened.body = try BinaryWriter.bytes(
      of: OpeningReader.read(E.self, from: record.body, opening: opening))
    opened.flags.remove(.sealed)
    return opened
  }
}
