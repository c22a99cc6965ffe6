// Why: whether something is gone is a question to the bytes on the disk, not to the program that says so.

public import Foundation

/// A search of files, byte by byte.
public enum FileSearch {
  /// The files below the directory `path` that hold the bytes of `text`.
  public static func files(in path: String, with text: String) throws -> [String] {
    try files(in: path, with: Data(text.utf8))
  }

  /// The files below the directory `path` that hold `wanted`.
  public static func files(in path: String, with wanted: Data) throws -> [String] {
    var found: [String] = []
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    for name in names {
      let file = "\(path)/\(name)"
      let kind = try FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
      guard kind == .typeRegular else { continue }
      if try Data(contentsOf: URL(filePath: file)).range(of: wanted) != nil { found.append(name) }
    }
    return found
  }
}
