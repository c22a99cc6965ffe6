// Why: what strangers wrote is shown on terminals; nothing of it may move the cursor, end the line or turn the text around.

internal import Testing
internal import Wire

@Suite struct `Text from strangers` {
  @Test(arguments: [
    ("a\nb", #"a\u{a}b"#), ("\u{1b}[31m", #"\u{1b}[31m"#), ("\r", #"\u{d}"#), ("\0", #"\u{0}"#),
    ("\u{7f}", #"\u{7f}"#), ("\u{9b}31m", #"\u{9b}31m"#), ("\u{2028}", #"\u{2028}"#),
    ("1\u{202e}2", #"1\u{202e}2"#), ("a\u{200f}", #"a\u{200f}"#), ("\u{2066}x", #"\u{2066}x"#),
  ])
  func `shows a code where nothing can be seen`(text: String, shown: String) {
    #expect(!text.isPrintable)
    #expect(text.printable == shown)
  }

  @Test(arguments: ["", "Ferretería Aranda, S.L.", "日本 – ñ €", "شركة", "👩‍🔧", "a\\u{1b}"])
  func `that can be seen is shown as it is`(text: String) {
    #expect(text.isPrintable)
    #expect(text.printable == text)
  }
}
