// Why: before its first day a company has a catalogue, partners, people and something on its shelves.

internal import Events
internal import Ledger
internal import Wire

/// A customer as later events need it.
struct Customer {
  let code: Code
  /// Whether it deals in dollars.
  let usesDollars: Bool
  /// Which warehouse serves it.
  let warehouse: Int
  /// Days to pay.
  let terms: Int
}

/// A product as later events need it.
struct Product {
  let code: Code
  let decimals: Int
  /// Sales price in cents.
  let price: Int64
  /// Purchase price in ten-thousandths.
  let cost: Int64
  let supplier: Int
  let tax: Code
  /// Percent of that tax.
  let rate: Int64
  /// What is sold of it in ten days out of one warehouse, in its smallest unit.
  let demand: Int64
}

/// A supplier as later events need it.
struct Supplier {
  let code: Code
  let usesDollars: Bool
}

/// Goods of one product in one warehouse, in its smallest unit.
struct Stock {
  var onHand: Int64 = 0
  var reserved: Int64 = 0
  var onOrder: Int64 = 0
  /// When it was counted last: what comes after, with an earlier day, was there when it was counted.
  var countedOn: Day?
}

extension Company {
  /// The account for dollars.
  static let dollarAccount: Code = "1010"
  /// The account for euros.
  static let bankAccount: Code = "1000"

  func setUp() {
    openAccounts()
    defineTaxes()
    for code in warehouses {
      var event = WarehouseOpened()
      event.warehouse = code
      event.name = "Warehouse \(code)"
      tell(event)
    }
    for index in 0..<sizes.suppliers { registerSupplier(index) }
    for index in 0..<sizes.products { registerProduct(index) }
    for _ in 0..<max(sizes.customers / 2, 6) { registerCustomer() }
    for index in 1...sizes.employees { hire(index) }
    for index in 1...3 {
      var event = ProjectOpened()
      event.project = code("PR-", index)
      event.name = ["Shop", "Web shop", "Workshop"][index - 1]
      tell(event)
    }
    takeOver()
  }

  private func openAccounts() {
    var dollars = AccountOpened()
    dollars.account = Company.dollarAccount
    dollars.name = "Bank, US dollars"
    dollars.kind = .asset
    dollars.role = .bank
    dollars.currency = "USD"
    tell(dollars)
    for index in 0..<settings.accounts {
      var event = AccountOpened()
      event.account = code("7", 10_000 + index)
      event.name = "Cost centre \(index + 1)"
      event.kind = .expense
      tell(event)
      expenseAccounts.append(event.account)
    }
  }

  private func defineTaxes() {
    let taxes: [(Code, String, ExactDecimal, TaxKind)] = [
      ("IVA21", "IVA 21 %", "21", .collected), ("IVA10", "IVA 10 %", "10", .collected),
      ("SOP21", "IVA soportado 21 %", "21", .deductible), ("EXE", "Exenta", "0", .exempt),
    ]
    for (code, name, rate, kind) in taxes {
      var event = TaxDefined()
      event.tax = code
      event.name = name
      event.rate = rate
      event.kind = kind
      tell(event)
    }
  }

  private func registerSupplier(_ index: Int) {
    let supplier = Supplier(
      code: code("S-", index + 1), usesDollars: settings.usesDollars && index % 8 == 5)
    suppliers.append(supplier)
    var event = SupplierRegistered()
    event.supplier = supplier.code
    event.name = "\(Words.family(&chance)) \(Words.trade(&chance)) S.A."
    event.terms = 30
    tell(event)
  }

  private func registerProduct(_ index: Int) {
    let isLoose = chance.happens(150)
    let isCheap = chance.happens(300)
    let price = Int64(
      isLoose
        ? chance.within(100...2000)
        : isCheap ? chance.within(10...400) : chance.within(400...20_000))
    let isReduced = chance.happens(200)
    let average: Int64 = isLoose ? 2_600 : 6
    // The share of sales of a skewed choice among n: √((i+1)/n) − √(i/n).
    let n = Double(sizes.products)
    let share = (Double(index + 1) / n).squareRoot() - (Double(index) / n).squareRoot()
    let sold = share * Double(sizes.ordersPerDayPerMille) / 1000 * 2 * 10 / Double(warehouses.count)
    let product = Product(
      code: code("P-", index + 1), decimals: isLoose ? 3 : 0, price: price,
      cost: price * Int64(chance.within(45...70)), supplier: index % sizes.suppliers,
      tax: isReduced ? "IVA10" : "IVA21", rate: isReduced ? 10 : 21,
      demand: Int64(sold * Double(average)) + average)
    products.append(product)
    var event = ProductRegistered()
    event.product = product.code
    event.name = Words.article(&chance)
    event.unit = isLoose ? "kg" : "piece"
    event.decimals = Int64(product.decimals)
    event.costing = chance.happens(500) ? .fifo : .average
    event.tax = product.tax
    event.price = ExactDecimal(digits: price, scale: 2)
    event.reorderPoint = ExactDecimal(digits: product.demand, scale: product.decimals)
    tell(event)
    stock += Array(repeating: Stock(), count: warehouses.count)
  }

  func registerCustomer() {
    let index = customers.count
    let customer = Customer(
      code: code("C-", index + 1), usesDollars: settings.usesDollars && index % 20 == 7,
      warehouse: chance.skewed(warehouses.count), terms: [0, 15, 30, 30, 60][chance.below(5)])
    customers.append(customer)
    var event = CustomerRegistered()
    event.customer = customer.code
    event.name = "\(Words.given(&chance)) \(Words.family(&chance))"
    event.email = "c\(index + 1)@customers.example"
    event.segment = ["retail", "builder", "workshop", "public"][chance.skewed(4)]
    event.terms = Int64(customer.terms)
    tell(event)
  }

  private func hire(_ index: Int) {
    employees.append(code("E-", index))
    var event = EmployeeHired()
    event.employee = code("E-", index)
    event.name = "\(Words.given(&chance)) \(Words.family(&chance))"
    event.position = ["warehouse", "shop", "office"][index % 3]
    event.monthlyGross = ExactDecimal(digits: grossWage(index), scale: 2)
    tell(event)
  }

  /// The gross wage of a month in cents.
  func grossWage(_ employee: Int) -> Int64 { Int64(150_000 + employee * 7_919 % 120_000) }

  private func takeOver() {
    var money = JournalLine()
    money.account = Company.bankAccount
    money.debit = ExactDecimal(digits: Int64(sizes.ordersPerDayPerMille) * 100_000, scale: 2)
    var capital = JournalLine()
    capital.account = "3000"
    capital.credit = money.debit
    var event = OpeningPosted()
    event.entry = "OB-1"
    event.lines = [money, capital]
    tell(event)
    // The goods follow in entries of moderate size.
    var goods: [OpeningStockLine] = []
    for product in products.indices {
      for warehouse in warehouses.indices {
        let units = products[product].demand * 3
        stock[place(product, warehouse)].onHand = units
        var line = OpeningStockLine()
        line.product = products[product].code
        line.warehouse = warehouses[warehouse]
        line.quantity = ExactDecimal(digits: units, scale: products[product].decimals)
        line.value = ExactDecimal(digits: worth(units, product), scale: 2)
        goods.append(line)
      }
      if goods.count >= 500 || product == products.count - 1 {
        numbers.entry += 1
        var event = OpeningPosted()
        event.entry = code("OB-1-", numbers.entry)
        event.stock = goods
        tell(event)
        goods.removeAll()
      }
    }
  }

  /// What goods cost when they are bought, in cents.
  private func worth(_ units: Int64, _ product: Int) -> Int64 {
    purchaseNet(units, products[product].cost, products[product].decimals)
  }

  /// Where a product's stock in a warehouse is kept.
  func place(_ product: Int, _ warehouse: Int) -> Int { product * warehouses.count + warehouse }
}
