// Why: recording must not need more memory the longer it runs. Runs a command and prints what the system says of it.

import ArgumentParser
import Glibc

struct Memory: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a command; prints its time and the most memory that it had resident.")
  @Option(help: "How many events the command records, for the time of one.") var events: Int
  @Argument(parsing: .captureForPassthrough) var command: [String]

  func run() throws {
    let start = seconds()
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var child: pid_t = 0
    // posix_spawnp(3): the arguments outlive the call and end with a null.
    let failed = unsafe posix_spawnp(&child, command[0], nil, nil, &arguments, environ)
    unsafe arguments.forEach { unsafe free($0) }
    guard failed == 0 else { throw ValidationError("\(command[0]) cannot be run.") }
    var status: Int32 = 0
    var usage = rusage()
    unsafe wait4(child, &status, 0, &usage)
    let cpu =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    let resident = usage.ru_maxrss / 1024
    report(
      "record: \(events) events in \(short(seconds() - start)) s, \(short(cpu * 1e6 / Double(events))) µs of "
        + "CPU each, at most \(resident) MiB resident (mapped file pages included)",
      target: "< 512 MiB", isMet: resident < 512)
    if status != 0 { throw ExitCode(1) }
  }
}
