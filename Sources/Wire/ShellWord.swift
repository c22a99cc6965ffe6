// Why: a report says with which command it is asked for again, and people paste that. Codes may hold anything, and a shell would run it.

extension String {
  /// The text as one word of a shell's command: in single quotes if anything in it would mean something (POSIX.1, Shell Command Language,
  /// 2.2 Quoting).
  public var shellWord: String {
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
        true
      default: "_-./:,+@%".utf8.contains(byte)
      }
    }
    if isPlain, !isEmpty { return self }
    return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
