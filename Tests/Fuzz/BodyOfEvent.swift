// Why: the body of an event is hashed, so one value has one form: what is read is written with the same bytes, or was refused. The fields
// are those of the printed .proto.

import Events
import Wire

enum BodyOfEvent: Target {
  static let name = "body"

  /// The kind's number in two bytes, then the body.
  static func seeds() throws -> [[UInt8]] { try Catalogue.all.map { try seed($0) } }

  private static func seed<E: Event>(_ type: E.Type) throws -> [UInt8] {
    let number = E.kind.number
    return [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)]
      + (try BinaryWriter.bytes(of: E.example))
  }

  static func check(_ bytes: [UInt8], with sabotage: Sabotage) {
    guard bytes.count >= 2,
      let type = Catalogue.numbered(UInt16(bytes[0]) | UInt16(bytes[1]) << 8)
    else { return }
    check(type, Array(bytes.dropFirst(2)), sabotage)
  }

  private static func check<E: Event>(_ type: E.Type, _ body: [UInt8], _ sabotage: Sabotage) {
    do throws(WireError) {
      // A faulty decoder takes a zero at the end for padding.
      let read = sabotage.apply(body) { $0.last == 0 ? $0.dropLast() : $0 }
      var reader = try BinaryReader(read)
      var event = E()
      try event.walk(&reader)
      try reader.finish()
      guard reader.unknownFields == 0 else { return }
      let written = try BinaryWriter.bytes(of: event)
      // A choice that is not there, because the event had none when it was recorded, is the first one, and is written out.
      promise(
        written == body || written.count > body.count,
        "\(E.kind.name) is written with other bytes than it was read from")
      promise(
        try BinaryWriter.bytes(of: BinaryReader.read(E.self, from: written)) == written,
        "\(E.kind.name) is written otherwise the second time")
      let line = try JSONWriter.text(of: event)
      let document = try JSONDocument(Array(line.utf8))
      // A body may hold what no line of JSON may say, such as an empty code; then it is refused, and else it is the same.
      guard let again = try? JSONReader.read(E.self, from: document.root) else { return }
      promise(
        try BinaryWriter.bytes(of: again) == written,
        "\(E.kind.name) is another after JSON: \(line)")
    } catch {
      promise(!error.message.isEmpty && !error.remedy.isEmpty, "\(error) says nothing")
      promise((0...body.count).contains(error.offset ?? 0), "no place in the body: \(error)")
    }
  }
}
