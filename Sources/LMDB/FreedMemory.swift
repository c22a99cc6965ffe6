// Why: to build the summaries of a million events takes a hundred megabytes for a moment. The C library keeps what was freed for later,
// between pieces that are still in use, so that a long recording would seem to need more and more.

internal import CLMDB

/// Memory that the program has freed.
public enum FreedMemory {
  /// Gives it back to the system (malloc_trim(3)). It takes milliseconds: for the end of large pieces of work.
  public static func giveBack() { malloc_trim(0) }
}
