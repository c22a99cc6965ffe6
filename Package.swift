// swift-tools-version: 6.3
import PackageDescription

// One strict settings block for every target; `lifetimes` for the layers that lend memory.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]
let lifetimes: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

let package = Package(
  name: "diario",
  products: [
    .library(
      name: "Diario",
      targets: [
        "Books", "Reports", "Exports", "Projections", "Summaries", "Documents", "Decisions",
        "EventLog", "Backups", "Keys",
        "Charts", "Events", "Ledger", "Proofs", "Wire",
      ]),
    .executable(name: "diario", targets: ["diario"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev", "libxxhash-dev"])]),
    .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: lifetimes),
    .target(name: "Wire", swiftSettings: lifetimes),
    .target(name: "Ledger", dependencies: ["Wire"], swiftSettings: lifetimes),
    .target(name: "Events", dependencies: ["Ledger", "Wire"], swiftSettings: lifetimes),
    .target(name: "Charts", dependencies: ["Events", "Ledger", "Wire"], swiftSettings: strict),
    .target(name: "Documents", dependencies: ["Events", "Ledger", "Wire"], swiftSettings: strict),
    .target(
      name: "Decisions",
      dependencies: [
        "Documents", "Events", "Ledger", "Wire", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: lifetimes),
    .target(
      name: "Summaries", dependencies: ["Events", "Ledger", "Wire"], swiftSettings: lifetimes),
    .target(
      name: "Projections", dependencies: ["Events", "Ledger", "Summaries", "Wire"],
      path: "Projections", swiftSettings: lifetimes),
    .target(
      name: "Proofs",
      dependencies: ["Wire", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: lifetimes),
    .target(
      name: "EventLog", dependencies: ["LMDB", "Events", "Ledger", "Proofs", "Wire"],
      swiftSettings: lifetimes),
    .target(
      name: "Keys",
      dependencies: [
        "LMDB", "Platform", "Wire", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: lifetimes),
    .target(
      name: "Books",
      dependencies: [
        "EventLog", "Decisions", "Documents", "Events", "Keys", "Ledger", "LMDB", "Platform",
        "Projections", "Proofs", "Summaries", "Wire",
      ],
      swiftSettings: lifetimes),
    .target(
      name: "Reports",
      dependencies: [
        "Documents", "Events", "Ledger", "Projections", "Proofs", "Summaries", "Wire",
      ],
      swiftSettings: lifetimes),
    .target(
      name: "Exports",
      dependencies: ["Documents", "Events", "Ledger", "Projections", "Summaries", "Wire"],
      swiftSettings: lifetimes),
    .target(name: "Platform", dependencies: ["Ledger"], swiftSettings: strict),
    .target(
      name: "Backups",
      dependencies: ["EventLog", "Events", "LMDB", "Ledger", "Platform", "Proofs", "Wire"],
      swiftSettings: lifetimes),
    .executableTarget(
      name: "diario",
      dependencies: [
        "Backups", "Books", "Charts", "Decisions", "Documents", "EventLog", "Events", "Exports",
        "LMDB", "Ledger", "Platform", "Projections", "Proofs", "Reports", "Summaries", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: lifetimes),

    .executableTarget(
      name: "diario-bench",
      dependencies: [
        "Books", "EventLog", "Events", "LMDB", "Ledger", "Projections", "Reports", "Summaries",
        "Wire", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/Bench", swiftSettings: lifetimes),
    .testTarget(
      name: "ChartsTests", dependencies: ["Charts", "Events", "Ledger", "Wire"],
      swiftSettings: strict),
    .testTarget(
      name: "DecisionsTests",
      dependencies: [
        "Charts", "Decisions", "Documents", "Events", "Ledger", "Support", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(name: "LMDBTests", dependencies: ["LMDB", "Processes"], swiftSettings: lifetimes),
    .target(name: "Processes", path: "Tests/Processes", swiftSettings: strict),
    .target(
      name: "CompanyGenerator", dependencies: ["Events", "Ledger", "Wire"], swiftSettings: strict),
    .executableTarget(
      name: "diario-generate",
      dependencies: [
        "CompanyGenerator", "Events", "Ledger", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .target(
      name: "Support",
      dependencies: [
        "Books", "Charts", "Decisions", "Documents", "EventLog", "Events", "Ledger", "Projections",
        "Proofs", "Summaries", "Wire",
      ],
      path: "Tests/Support", swiftSettings: lifetimes),
    .executableTarget(
      name: "rig-damage",
      dependencies: [
        "Books", "CompanyGenerator", "EventLog", "Events", "Ledger", "Processes", "Projections",
        "Summaries", "Support", "Wire",
      ],
      path: "Tests/Rigs/Damage", exclude: ["damage.py", "blind.c", "touched.c", "values.c"],
      swiftSettings: strict),
    .executableTarget(
      name: "rig-history",
      dependencies: ["Books", "EventLog", "Events", "Ledger", "Proofs", "Summaries", "Wire"],
      path: "Tests/Rigs/History", exclude: ["history.py"], swiftSettings: strict),
    .executableTarget(
      name: "rig-simulation",
      dependencies: [
        "Books", "Decisions", "EventLog", "Events", "Ledger", "Projections", "Summaries", "Support",
        "Wire",
      ],
      path: "Tests/Rigs/Simulation", exclude: ["simulation.py"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Books", "Decisions", "Events", "Ledger", "Reports", "Support", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CompanyGeneratorTests",
      dependencies: [
        "Books", "CompanyGenerator", "Decisions", "Documents", "Events", "Ledger", "Projections",
        "Summaries", "Support", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FixtureTests",
      dependencies: [
        "Books", "Decisions", "Documents", "Events", "Ledger", "Projections", "Reports",
        "Summaries", "Support", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "OracleTests",
      dependencies: [
        "Books", "CompanyGenerator", "Events", "Exports", "Ledger", "Projections", "Reports",
        "Summaries", "Support", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FormatTests",
      dependencies: ["Books", "EventLog", "Events", "Ledger", "Proofs", "Support", "Wire"],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEnd",
      dependencies: [
        "Books", "EventLog", "Events", "LMDB", "Ledger", "Proofs", "Reports", "Wire", "diario",
      ],
      path: "Tests/EndToEnd", swiftSettings: strict),
    .testTarget(
      name: "NorthwindTests",
      dependencies: [
        "Books", "Decisions", "Documents", "Events", "Ledger", "Projections", "Summaries",
        "Support", "Wire",
      ],
      path: "Tests/Northwind", exclude: ["northwind.py"], swiftSettings: strict),
    .target(
      name: "SummarySupport", dependencies: ["Events", "Ledger", "Summaries", "Wire"],
      path: "Tests/SummarySupport", swiftSettings: lifetimes),
    .testTarget(
      name: "ProjectionsTests",
      dependencies: ["Events", "Ledger", "Projections", "Summaries", "SummarySupport"],
      swiftSettings: lifetimes),
    .testTarget(
      name: "SummariesTests",
      dependencies: ["Events", "Ledger", "Summaries", "SummarySupport", "Wire"],
      swiftSettings: lifetimes),
    .testTarget(
      name: "EventLogTests",
      dependencies: ["EventLog", "Events", "LMDB", "Ledger", "Proofs", "Support", "Wire"],
      swiftSettings: strict),
    .testTarget(
      name: "ProofsTests", dependencies: ["Proofs", "Support", "Wire"], swiftSettings: strict),
    .testTarget(
      name: "BooksTests",
      dependencies: [
        "Books", "Charts", "CompanyGenerator", "Decisions", "EventLog", "Events", "Keys", "LMDB",
        "Ledger", "Platform",
        "Projections", "Proofs", "Reports", "Summaries", "Support", "Wire", "diario",
      ], swiftSettings: strict),
    .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: lifetimes),
    .testTarget(name: "LedgerTests", dependencies: ["Ledger", "Wire"], swiftSettings: lifetimes),
    .testTarget(
      name: "EventsTests", dependencies: ["Events", "Ledger", "Wire"], swiftSettings: lifetimes),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzers have no `main` of their own: libFuzzer brings it (Tests/Rigs/Fuzz). So they are here only for who asks for them. Of what is
// linked, the rooms that read bytes are watched, and of these the edges that a door leads to (Tests/Fuzz/Counters). Comparisons are not:
// most are of indices with bounds, telling libFuzzer of them took a third of the time, and the search reaches as many edges without.
if Context.environment["DIARIO_FUZZ"] != nil {
  let fuzzed: SwiftSetting = .unsafeFlags([
    "-sanitize=fuzzer", "-sanitize-coverage=edge,inline-8bit-counters,pc-table",
  ])
  let watched: Set = ["Wire", "Ledger", "Events", "EventLog", "Proofs", "Reports"]
  for target in package.targets where watched.contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + [fuzzed]
  }
  package.targets += [
    .target(name: "FuzzCounters", path: "Tests/Fuzz/Counters"),
    .executableTarget(
      name: "diario-fuzz",
      dependencies: ["EventLog", "Events", "FuzzCounters", "Ledger", "Proofs", "Reports", "Wire"],
      path: "Tests/Fuzz",
      exclude: ["Counters"],
      swiftSettings: [fuzzed],
      linkerSettings: [
        .unsafeFlags([
          "-sanitize=fuzzer", "-use-ld=lld", "-Xlinker",
          "--wrap=__sanitizer_cov_8bit_counters_init",
          "-Xlinker", "--wrap=__sanitizer_cov_pcs_init",
        ])
      ]),
  ]
}

// Under a sanitizer only what the unit tests need is built (Tests/Rigs/Sanitizers): the others start programs, judge figures with them, or
// walk the same code for minutes.
if Context.environment["DIARIO_SANITIZE"] != nil {
  let left: Set = [
    "CompanyGeneratorTests", "EndToEnd", "FixtureTests", "FormatTests", "NorthwindTests",
    "OracleTests", "diario-bench", "diario-generate", "rig-damage", "rig-history", "rig-simulation",
  ]
  package.targets.removeAll { left.contains($0.name) }
}
