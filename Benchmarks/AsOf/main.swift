// Why: the promise is a full trial balance at any day, as known at any position, in a millisecond, and that ten times the events
// do not make it slower. This measures it, together with the rate at which all projections are built.
//
//   swift run -c release asof [EVENTS …]        default: 1000000 10000000

import Events
import Ledger
import Projections
import Summaries
import SummarySupport

let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
do {
  for size in sizes.isEmpty ? [1_000_000, 10_000_000] : sizes { try Measurement(size).run() }
} catch {
  print(error)
}
