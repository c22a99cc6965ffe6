// Why: the name of a variable that a script has not set is empty. An empty name leads to `/` or to nothing, never to what was meant.

internal import ArgumentParser

/// The name of a file or of a directory, as it was given.
/// - Throws: a sentence behind which argument it is, when it is empty.
func fileName(_ text: String) throws -> String {
  if !text.isEmpty { return text }
  throw ValidationError(
    "The name is empty. If a shell variable stands there, it is not set; name a file or a directory."
  )
}
