// Why: a decision that finds no account for a role refuses; a shipped chart must never cause that.

internal import Charts
internal import Events
internal import Ledger
internal import Testing
internal import Wire

@Suite struct `Charts of accounts` {
  @Test(arguments: Charts.names) func `every role is played by exactly one account`(
    name: String
  ) throws {
    let chart = try #require(Charts.named(name))
    for role in Role.allCases where !role.isOptional {
      #expect(chart.count { $0.role == role } == 1, "\(role) in \(name)")
    }
  }

  @Test(arguments: Charts.names) func `memorandum roles stand on memorandum accounts`(
    name: String
  ) throws {
    for account in try #require(Charts.named(name)) {
      if let role = account.role { #expect(role.isMemo == (account.kind == .memo)) }
    }
  }

  @Test(arguments: Charts.names) func `codes rise, so that none occurs twice`(name: String) throws {
    let codes = try #require(Charts.named(name)).map(\.account)
    #expect(zip(codes, codes.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `an unknown chart is none`() {
    #expect(Charts.named("klingon") == nil)
  }
}
