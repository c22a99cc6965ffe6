// Why: a figure is the median of several runs, with its spread; anything else invites wishful thinking.

import Glibc

/// Seconds on the monotonic clock.
func seconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
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

/// Peak resident memory of this process in MiB (VmHWM), anonymous memory now (RssAnon), file-backed now (RssFile).
func residentMemory() -> (peak: Int, anonymous: Int, file: Int) {
  var result = (0, 0, 0)
  guard let file = unsafe fopen("/proc/self/status", "r") else { return result }
  defer { unsafe fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while unsafe fgets(&line, 256, file) != nil {
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if text.hasPrefix("VmHWM:") { result.0 = number(text) }
    if text.hasPrefix("RssAnon:") { result.1 = number(text) }
    if text.hasPrefix("RssFile:") { result.2 = number(text) }
  }
  return result
}

private func number(_ line: String) -> Int {
  (Int(line.filter { ("0"..."9").contains($0) }) ?? 0) / 1024
}
