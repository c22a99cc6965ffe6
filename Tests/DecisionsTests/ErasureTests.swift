// What must be kept may not be erased, and nothing is erased that an erasure would not reach.

import Events
import Testing
import Wire

@Suite struct `Keeping and erasing` {
  func hold(_ code: String, _ kind: String = "placed", by: String = "'by':'ana',") -> String {
    "{'event':'hold.\(kind)','on':'2026-02-01',\(by)'hold':'\(code)','person':'C-17','reason':'inspection'}"
  }

  let erase =
    "{'event':'erasure.requested','on':'2026-02-02','person':'C-17','reason':'asked by letter'}"

  @Test func `a hold is placed and lifted by somebody, once`() throws {
    let given = try Given(shop)
    try given.when(hold("H-1", by: "")).refused("hold.nobody")
    try given.when(hold("H-1", "lifted")).refused("hold.unknown")
    try given.when(hold("H-1")).then().mentions("C-17", "ana")
    try given.when(hold("H-1")).refused("hold.duplicate")
    let early = hold("H-1", "lifted").replacing("2026-02-01", with: "2026-01-31")
    try given.when(early).refused("hold.early")
    try given.and([hold("H-2"), hold("H-1", "lifted")])
    try given.when(erase).refused("erasure.held")
    // It has ended, which is told in other words than that there was none.
    let again = hold("H-1", "lifted").replacing("2026-02-01", with: "2026-02-02")
    try given.when(again).refused("hold.unknown")
  }

  @Test func `a hold that ends on a later day may end earlier, and has ended then`() throws {
    let given = try Given(shop)
    func lifted(_ day: String) -> String {
      hold("H-1", "lifted").replacing("2026-02-01", with: day)
    }
    try given.and([hold("H-1"), lifted("2072-06-01")])
    try given.when(erase).refused("erasure.held")
    try given.when(lifted("2026-01-31")).refused("hold.early")
    try given.and([lifted("2026-02-02")])
    try given.when(lifted("2026-02-02")).refused("hold.unknown")
    // No hold keeps it any more; what speaks against it now is something else.
    try given.when(erase).refused("erasure.unsealed")
  }

  @Test func `who is meant is one person that there is`() throws {
    let given = try Given(shop)
    try given.when(erase.replacing("C-17", with: "C-99")).refused("person.unknown")
    try given.when(erase.replacing("'C-17'", with: "'C-17','role':'employee'"))
      .refused("person.unknown")
    try given.and([
      "{'event':'supplier.registered','on':'2026-01-02','supplier':'C-17','name':'Ana'}"
    ])
    try given.when(hold("H-1")).refused("person.ambiguous")
    let said = hold("H-1").replacing("'C-17'", with: "'C-17','role':'supplier'")
    #expect(try given.when(said).stored(HoldPlaced.self).role == .supplier)
  }

  @Test func `what was recorded in the clear cannot be erased, and is said to be there`() throws {
    try Given(shop).when(erase).refused("erasure.unsealed")
    try Given(shop).when("{'event':'erasure.completed','on':'2026-02-02','person':'C-17'}")
      .refused("erasure.notRequested")
  }
}
