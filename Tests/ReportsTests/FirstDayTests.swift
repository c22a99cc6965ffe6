// Why: from 8 May to 1 May is no period; answered, it would be the days between with the signs reversed.

internal import Events
internal import Ledger
internal import Reports
internal import Support
internal import Testing
internal import Wire

@Suite struct `The first day` {
  @Test func `no report is given from a day after its last`() throws {
    let told = try Told([])
    for report in ReportCatalogue.all where report.takesFrom && report.subject.isOptional {
      let error = #expect(throws: ReportError.self, "\(report.name)") {
        try told.table(report, from: "2026-05-08", asOf: "2026-05-01")
      }
      #expect(error?.code == .option)
      #expect(error?.message == "The first day, 2026-05-08, lies after the last, 2026-05-01.")
      // One day is a period.
      _ = try told.table(report, from: "2026-05-01", asOf: "2026-05-01")
    }
  }

  @Test func `what is sold from a day to come is not what was sold until then, reversed`() throws {
    let told = try Told([
      #"{"event":"customer.registered","on":"2026-01-01","customer":"C-1","name":"Sol"}"#,
      #"{"event":"invoice.issued","on":"2026-01-10","invoice":"F-1","customer":"C-1","lines":[{"text":"a","quantity":"1","price":"40"}]}"#,
    ])
    let table = try told.table(Sales.self, by: "customer", from: "2026-02-01", asOf: nil)
    #expect(table.sums["sales"] == "0.00")
  }
}

extension ReportSubject {
  fileprivate var isOptional: Bool { if case .required = self { false } else { true } }
}
