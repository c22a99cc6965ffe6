// Why: what happens today has been arranged before: goods ordered last week arrive, invoices fall due. The agenda
// keeps what is to come, for a few months ahead, and forgets what has been.

/// What is to be done on a later day.
enum Task {
  case ship(Sale)
  case deliver(Delivery)
  case invoice(Delivery)
  case pay(Claim)
  case takeBack(Delivery)
  case refund(Credit)
  case useAdvance(Credit)
  case receive(Supply)
  case bill(Supply)
  case payBill(Debt)
  case arrive(Journey)
  case payWages(run: Int)
  case reverseEntry(Int)
}

/// Tasks by day, up to 127 days ahead.
struct Agenda {
  private var days: [[Task]] = Array(repeating: [], count: 128)
  private var today = 0

  /// Arranges `task` for `days` days from now.
  mutating func add(_ task: Task, inDays ahead: Int) {
    precondition((1..<128).contains(ahead), "the agenda reaches 127 days")
    days[(today + ahead) % 128].append(task)
  }

  /// Goes on to the next day; its tasks.
  mutating func nextDay() -> [Task] {
    today += 1
    let tasks = days[today % 128]
    days[today % 128] = []
    return tasks
  }
}
