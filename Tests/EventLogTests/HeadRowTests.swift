// A head that cannot be is damaged, whatever its checksum says. The bytes are laid out by hand, by docs/FORMAT.md, "head".

internal import EventLog
internal import LMDB
internal import Proofs
internal import Testing
internal import Wire

@Suite struct `The head of the log` {
  /// The head of books without events: format, readable from, identity, size 0, moment, root of nothing.
  private func head(
    format: UInt32 = 2, readableFrom: UInt32 = 0, size: UInt64 = 0, at: Int64 = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: format)
    bytes.append(littleEndian: readableFrom)
    bytes += Array(repeating: 7, count: 16)
    bytes.append(littleEndian: size)
    bytes.append(littleEndian: at)
    // SHA-256 of nothing, as `sha256sum` says.
    bytes += [
      0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9,
      0x24,
      0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8,
      0x55,
    ]
    // The peak of each bit of the size, whatever it is.
    return bytes + Array(repeating: 1, count: 32 * size.nonzeroBitCount)
  }

  private func fault(_ bytes: [UInt8]) -> LogError? {
    do throws(LogError) {
      _ = try HeadRow(bytes.raw)
      return nil
    } catch { return error }
  }

  // The last moment that can be written is 9999-12-31T23:59:59.999999Z; `date -u -d 9999-12-31T23:59:59Z +%s` says 253402300799.
  @Test func `one that can be is read`() {
    #expect(fault(head()) == nil)
    #expect(fault(head(readableFrom: 2)) == nil)
    #expect(fault(head(format: 9, readableFrom: 2)) == nil)
    #expect(fault(head(at: 253_402_300_799_999_999)) == nil)
  }

  @Test func `one readable from a format beyond its own is damaged, and not newer`() {
    #expect(fault(head(readableFrom: 3))?.code == .damaged)
    #expect(fault(head(format: 9, readableFrom: 10))?.code == .damaged)
    #expect(fault(head(format: 9, readableFrom: 9))?.code == .newerFormat)
    #expect(fault(head(format: 9))?.code == .newerFormat)
  }

  // `date -u -d 0000-12-31 +%s` says -62135683200: a day before the first that can be written, since moments come with an offset from UTC.
  @Test func `one whose last event was learned before any day that can be written is damaged`() {
    #expect(fault(head(size: 1, at: -62_135_683_200_000_000)) == nil)
    #expect(fault(head(size: 1, at: -62_135_683_200_000_001))?.code == .damaged)
    #expect(fault(head(size: 1, at: .min))?.code == .damaged)
    #expect(fault(head(size: 0, at: .min)) == nil, "so books begin")
  }

  @Test func `one after the last moment that can be written is damaged`() {
    #expect(fault(head(at: 253_402_300_800_000_000))?.code == .damaged)
    #expect(fault(head(at: .max))?.code == .damaged)
  }
}
