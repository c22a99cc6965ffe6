// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "own-projection",
  dependencies: [.package(name: "diario", path: "../../..")],
  targets: [
    .executableTarget(
      name: "OwnProjection", dependencies: [.product(name: "Diario", package: "diario")])
  ]
)
