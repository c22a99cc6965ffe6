// Why: a figure is the median of several runs, with its spread; anything else invites wishful thinking.

import Glibc

/// Seconds on the monotonic clock.
func seconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Prints a figure beside its target.
func report(_ figure: String, target: String, isMet: Bool) {
  print("\(figure); target \(target): \(isMet ? "met" : "NOT met")")
}

/// The median of `values`.
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// The value below which `part` of `values` lie.
func percentile(_ values: [Double], _ part: Double) -> Double {
  values.sorted()[min(values.count - 1, Int(Double(values.count) * part))]
}

/// `value` with three significant digits.
func short(_ value: Double) -> String {
  var digits = 0
  var scaled = value
  while scaled < 100, digits < 6 {
    scaled *= 10
    digits += 1
  }
  let rounded = scaled.rounded()
  if digits == 0 { return "\(Int(rounded))" }
  let power = (0..<digits).reduce(1) { power, _ in power * 10 }
  let fraction = String(Int(rounded) % power)
  return "\(Int(rounded) / power)." + String(repeating: "0", count: digits - fraction.count)
    + fraction
}
