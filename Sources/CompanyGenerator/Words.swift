// Why: names that read like names make a demo believable. All are common words; nobody is meant.

/// Names for people, firms and goods.
enum Words {
  static func given(_ chance: inout SplitMix64) -> String { pick(givenNames, &chance) }
  static func family(_ chance: inout SplitMix64) -> String { pick(familyNames, &chance) }
  static func trade(_ chance: inout SplitMix64) -> String { pick(trades, &chance) }
  static func article(_ chance: inout SplitMix64) -> String {
    "\(pick(articles, &chance)) \(pick(sorts, &chance))"
  }

  private static func pick(_ words: [String], _ chance: inout SplitMix64) -> String {
    words[chance.below(words.count)]
  }

  private static let givenNames = [
    "Ana", "Luis", "María", "Javier", "Carmen", "Pablo", "Lucía", "Diego", "Elena", "Hugo", "Irene",
    "Marcos", "Nuria", "Óscar", "Paula", "Raúl", "Sara", "Tomás", "Vera", "Álvaro",
  ]
  private static let familyNames = [
    "García", "Martín", "López", "Sanz", "Pérez", "Gil", "Romero", "Navarro", "Torres", "Ramos",
    "Vega", "Castro", "Ortega", "Rubio", "Molina", "Serrano", "Blanco", "Suárez", "Cano", "Prieto",
  ]
  private static let trades = [
    "Aceros", "Pinturas", "Herrajes", "Maderas", "Cables", "Plásticos", "Tornillería", "Vidrios",
  ]
  private static let articles = [
    "Tornillo", "Tuerca", "Clavo", "Taladro", "Martillo", "Cable", "Pintura", "Brocha", "Bisagra",
    "Cerradura", "Tubo", "Grifo", "Bombilla", "Enchufe", "Sierra", "Lija",
  ]
  private static let sorts = [
    "M4", "M6", "M8", "fino", "grueso", "inox", "galvanizado", "blanco", "negro", "pro", "mini",
    "grande",
  ]
}
