// Why: a table in JSON says where it comes from. Whoever checks it reads that from the table itself, not from what stands beside it.

internal import Proofs
internal import Wire

/// What a table in JSON says of its origin (``Table/json``).
struct TableSource {
  let report: String
  let command: String
  let projections: [String]
  let size: UInt64
  let root: MerkleHash

  /// What `table` says.
  init(_ table: String) throws(ProofError) {
    do throws(WireError) {
      let members = try TableSource.parsed(table).members()
      let provenance = try TableSource.member("provenance", of: members).members()
      report = try TableSource.member("report", of: members).text()
      command = try TableSource.member("command", of: provenance).text()
      projections = try TableSource.member("projection", of: provenance).text()
        .split(separator: " ").map(String.init)
      size = UInt64(bitPattern: try TableSource.member("size", of: provenance).integer())
      let text = try TableSource.member("root", of: provenance).text()
      guard let root = MerkleHash(hexadecimal: text) else {
        throw WireError(
          .invalidValue, "is no root in hexadecimal.", remedy: "", path: "provenance.root")
      }
      self.root = root
    } catch { throw Self.malformed(error) }
  }

  /// The table as JSON, however long.
  static func parsed(_ table: String) throws(WireError) -> JSONValue {
    try JSONDocument(Array(table.utf8), limit: Int(Int32.max)).root
  }

  static func malformed(_ error: WireError) -> ProofError {
    let place = error.path.isEmpty ? "byte \(error.offset ?? 0)" : error.path
    return ProofError(
      .malformed, "The table cannot be read, at \(place): \(error.message)",
      remedy: "Ask for the file again; it may have been cut.")
  }

  private static func member(
    _ name: String, of members: [(name: String, value: JSONValue)]
  ) throws(WireError) -> JSONValue {
    guard let member = members.first(where: { $0.name == name }) else {
      throw WireError(.missingField, "is missing.", remedy: "", path: name)
    }
    return member.value
  }
}
