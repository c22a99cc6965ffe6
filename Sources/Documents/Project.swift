// Why: a project has a budget that may be revised, and is open until it is closed; so is each of its tasks.

package import Events
package import Ledger
package import Wire

/// A project as opened and revised.
package struct Project: Document {
  package private(set) var name = ""
  package private(set) var customer = NameID.none
  package private(set) var minutes: Int64?
  package private(set) var budget: ExactDecimal?
  package private(set) var openedOn: Day?
  package private(set) var closedOn: Day?

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let opened = try event.event(ProjectOpened.self) {
      name = opened.name
      customer = event.mention(.customer) ?? .none
      minutes = opened.minutes
      budget = opened.budget
      openedOn = event.on
    } else if let revised = try event.event(ProjectRevised.self) {
      name = revised.name ?? name
      minutes = revised.minutes ?? minutes
      budget = revised.budget ?? budget
    } else if try event.event(ProjectClosed.self) != nil {
      closedOn = event.on
    }
  }
}

/// A task of a project.
package struct ProjectTask: Document {
  package private(set) var name = ""
  package private(set) var project = NameID.none
  package private(set) var minutes: Int64?
  package private(set) var budget: ExactDecimal?
  package private(set) var closedOn: Day?

  package init() {}

  package mutating func evolve(_ event: Recorded, _ id: NameID, _ chart: Chart) throws(WireError) {
    if let opened = try event.event(TaskOpened.self) {
      name = opened.name
      project = event.mention(.project) ?? .none
      minutes = opened.minutes
      budget = opened.budget
    } else if try event.event(TaskClosed.self) != nil {
      closedOn = event.on
    }
  }
}
