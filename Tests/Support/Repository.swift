// Why: some tests compare what the code does with files beside it: documents, fixtures, sources.

public import Foundation

/// Where this package lies.
public enum Repository {
  /// The folder with Package.swift.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The text of every Swift file below `path`, by file.
  public static func sources(_ path: String) throws -> [String: String] {
    var texts: [String: String] = [:]
    let files = FileManager.default.enumerator(
      at: folder.appending(path: path), includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      texts[file.path()] = try String(contentsOf: file, encoding: .utf8)
    }
    return texts
  }
}
