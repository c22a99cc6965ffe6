#!/usr/bin/env python3
"""Northwind, Microsoft's sample company (1996-1998): real tables as proposed events, and what SQL says about them.

    northwind.py events   [instnwnd.sql]         proposed events as JSON lines, on standard output
    northwind.py expected [instnwnd.sql] DIR     the answers, computed by SQLite from the same rows, as CSV files

The tables come from instnwnd.sql of Microsoft's sql-server-samples (MIT licence). It is looked for in the argument, in
$DIARIO_DATA/northwind, and in ../shared/data/northwind beside this project; exit code 77 says that it is nowhere.

The books are to be opened in USD on 1996-07-01, before 08:00 UTC:

    diario init nw --currency USD --time-zone America/Los_Angeles --on 1996-07-01 --at 1996-07-01T07:00:00Z

What becomes what:
- One warehouse, NW. Northwind knows no taxes, so there are none.
- A product opens with as many pieces as were shipped of it plus those that are in stock in the end, at 60 % of its price;
  so the stock in the end is the table's own UnitsInStock. What is on order (UnitsOnOrder) is a purchase order.
- An order is placed on its OrderDate. If it has a ShippedDate it leaves and is invoiced on that day, whole; its freight is
  a line of the invoice. Northwind knows no payments.
- Keys name the rows, so that a second import adds nothing.

Amounts are exact: a line is quantity x price less the discount, rounded once, half away from zero, to cents.
"""
import csv
import json
import os
import re
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path

SKIPPED = 77
OPENED = "1996-07-01"
TABLES = {
    "Customers": ("CustomerID CompanyName ContactName ContactTitle Address City Region PostalCode Country Phone "
                  "Fax"),
    "Suppliers": "SupplierID CompanyName ContactName Address City PostalCode Country",
    "Employees": "EmployeeID LastName FirstName Title HireDate",
    "Shippers": "ShipperID CompanyName",
    "Products": "ProductID ProductName SupplierID QuantityPerUnit UnitPrice UnitsInStock UnitsOnOrder ReorderLevel "
                "Discontinued",
    "Orders": "OrderID CustomerID EmployeeID OrderDate ShippedDate ShipVia Freight",
    "Order Details": "OrderID ProductID UnitPrice Quantity Discount",
}
# A line's net amount in cents: prices are kept in ten-thousandths and discounts in percent, all whole numbers.
NET = '((d.Quantity * d.UnitPrice * (100 - d.Discount) + 5000) / 10000)'


def find(path):
    here = Path(__file__).resolve().parents[2]
    places = [Path(path)] if path else []
    if "DIARIO_DATA" in os.environ:
        places.append(Path(os.environ["DIARIO_DATA"]) / "northwind/instnwnd.sql")
    places.append(here.parent / "shared/data/northwind/instnwnd.sql")
    for place in places:
        if place.is_file():
            return place
    print("Skipped: Northwind's instnwnd.sql is not here. Set DIARIO_DATA to the folder that holds "
          "northwind/instnwnd.sql.", file=sys.stderr)
    sys.exit(SKIPPED)


TOKEN = re.compile(r"N?'((?:[^']|'')*)'|(0x[0-9A-Fa-f]*)|(NULL)|(-?[0-9]+(?:\.[0-9]+)?)|([(),])|\s+", re.I)
INSERT = re.compile(r'^INSERT\s+(?:INTO\s+)?"([A-Za-z ]+)"\s*(\([^)]*\))?\s*VALUES\s*\(', re.I | re.M)


def values(text, start):
    """The values of a row whose parenthesis has been opened just before `start`."""
    row, position = [], start
    while True:
        token = TOKEN.match(text, position)
        if token is None:
            raise ValueError(f"cannot read {text[position:position + 60]!r}")
        position = token.end()
        string, binary, null, number, mark = token.groups()
        if mark == ")":
            return row
        if string is not None:
            row.append(string.replace("''", "'"))
        elif number is not None:
            row.append(Decimal(number))
        elif binary or null:
            row.append(None)


def iso(date):
    if date is None:
        return None
    month, day, year = date.split("/")
    return f"{int(year):04}-{int(month):02}-{int(day):02}"


def whole(value, factor):
    scaled = value * factor
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has too many decimals")
    return int(scaled)


def load(path):
    """The tables in SQLite, with whole numbers for money and percents, and ISO dates."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    headers = {}
    for table in TABLES:
        definition = re.search(rf'^CREATE TABLE "{table}" \((.*?)^GO', text, re.S | re.M | re.I).group(1)
        headers[table] = re.findall(r'^\t"(\w+)"', definition, re.M)
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    for table, columns in TABLES.items():
        db.execute(f'CREATE TABLE "{table}" ({", ".join(columns.split())})')
    for match in INSERT.finditer(text):
        table, columns = match.groups()
        if table not in TABLES:
            continue
        names = re.findall(r"\w+", columns) if columns else headers[table]
        row = dict(zip(names, values(text, match.end())))
        for name, value in row.items():
            if name.endswith("Date"):
                row[name] = iso(value)
            elif name in ("UnitPrice", "Freight"):
                row[name] = whole(value, 10000)
            elif name == "Discount":
                row[name] = whole(value, 100)
            elif isinstance(value, Decimal):
                row[name] = int(value)
        wanted = TABLES[table].split()
        db.execute(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(wanted))})', [row[name] for name in wanted])
    return db


def decimal(number, places=4):
    return format((Decimal(number) / 10**places).normalize(), "f")


def money(cents):
    return f"{Decimal(cents) / 100:.2f}"


def events(db):
    """(day, event) in the order in which the company learned it."""
    def told(event, on, key, **fields):
        return {"event": event, "on": on, "key": f"northwind/{key}", **fields}

    yield OPENED, told("warehouse.opened", OPENED, "warehouse", warehouse="NW", name="Northwind")
    for row in db.execute("SELECT * FROM Employees ORDER BY EmployeeID"):
        yield OPENED, told("employee.hired", row["HireDate"], f"Employees/{row['EmployeeID']}",
                           employee=f"E{row['EmployeeID']}", name=f"{row['FirstName']} {row['LastName']}",
                           position=row["Title"])
    for row in db.execute("SELECT * FROM Suppliers ORDER BY SupplierID"):
        yield OPENED, told("supplier.registered", OPENED, f"Suppliers/{row['SupplierID']}",
                           supplier=f"S{row['SupplierID']}", name=row["CompanyName"], address=address(row))
    for row in db.execute("SELECT * FROM Customers ORDER BY CustomerID"):
        yield OPENED, told("customer.registered", OPENED, f"Customers/{row['CustomerID']}",
                           customer=row["CustomerID"], name=row["CompanyName"], address=address(row),
                           segment=row["Country"])
    stock = []
    for row in db.execute("SELECT * FROM Products ORDER BY ProductID"):
        product = f"P{row['ProductID']}"
        yield OPENED, told("product.registered", OPENED, f"Products/{row['ProductID']}", product=product,
                           name=row["ProductName"], unit="piece", decimals=0, costing="fifo",
                           price=decimal(row["UnitPrice"]), reorderPoint=str(row["ReorderLevel"]))
        shipped = db.execute('SELECT coalesce(sum(d.Quantity), 0) FROM "Order Details" d JOIN Orders o USING (OrderID)'
                             ' WHERE d.ProductID = ? AND o.ShippedDate IS NOT NULL', [row["ProductID"]]).fetchone()[0]
        pieces = shipped + row["UnitsInStock"]
        if pieces:
            stock.append({"product": product, "warehouse": "NW", "quantity": str(pieces),
                          "value": money(pieces * row["UnitPrice"] * 60 // 10000)})
    yield OPENED, told("opening.posted", OPENED, "stock", entry="OB-1", stock=stock)
    for row in db.execute("SELECT * FROM Orders ORDER BY OrderDate, OrderID"):
        order = str(row["OrderID"])
        lines = []
        for line in db.execute('SELECT * FROM "Order Details" WHERE OrderID = ? ORDER BY ProductID', [row["OrderID"]]):
            lines.append({"product": f"P{line['ProductID']}", "quantity": str(line["Quantity"]),
                          "price": decimal(line["UnitPrice"])})
            if line["Discount"]:
                lines[-1]["discount"] = str(line["Discount"])
        yield row["OrderDate"], told("order.placed", row["OrderDate"], f"Orders/{order}", order=order,
                                     customer=row["CustomerID"], currency="USD", lines=lines)
        if row["ShippedDate"] is None:
            continue
        on = row["ShippedDate"]
        carrier = db.execute("SELECT CompanyName FROM Shippers WHERE ShipperID = ?", [row["ShipVia"]]).fetchone()[0]
        goods = [{"product": line["product"], "quantity": line["quantity"]} for line in lines]
        yield on, told("order.shipped", on, f"Orders/{order}/shipped", shipment=f"SH-{order}", order=order,
                       warehouse="NW", lines=goods, carrier=carrier)
        billed = [dict(line) for line in goods]
        if row["Freight"]:
            billed.append({"text": "Freight", "quantity": "1", "price": decimal(row["Freight"])})
        yield on, told("invoice.issued", on, f"Orders/{order}/invoiced", invoice=f"INV-{order}", order=order,
                       lines=billed)
    last = db.execute("SELECT max(OrderDate) FROM Orders").fetchone()[0]
    for row in db.execute("SELECT * FROM Products WHERE UnitsOnOrder > 0 ORDER BY ProductID"):
        yield last, told("purchase.ordered", last, f"Products/{row['ProductID']}/onOrder",
                         purchase=f"PO-{row['ProductID']}", supplier=f"S{row['SupplierID']}", currency="USD",
                         lines=[{"product": f"P{row['ProductID']}", "quantity": str(row["UnitsOnOrder"]),
                                 "price": decimal(row["UnitPrice"] * 60 // 100)}])
    for row in db.execute("SELECT * FROM Products WHERE Discontinued = 1 ORDER BY ProductID"):
        yield last, told("product.retired", last, f"Products/{row['ProductID']}/retired",
                         product=f"P{row['ProductID']}")


def address(row):
    return ", ".join(part for part in (row["Address"], row["City"], row["PostalCode"], row["Country"]) if part)


def print_events(db):
    learned = sorted(enumerate(events(db)), key=lambda item: (item[1][0], item[0]))
    for index, (_, (day, event)) in enumerate(learned):
        seconds = index % 36000
        at = f"{day}T{8 + seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"
        print(json.dumps({"event": event.pop("event"), "on": event.pop("on"), "at": at, **event}, ensure_ascii=False))


ANSWERS = {
    "sales-by-customer": f"""
        SELECT o.CustomerID AS customer, sum({NET}) AS net_cents
        FROM Orders o JOIN "Order Details" d USING (OrderID)
        WHERE o.ShippedDate IS NOT NULL GROUP BY 1 ORDER BY 1""",
    "freight-by-customer": """
        SELECT CustomerID AS customer, count(*) AS invoices, sum((Freight + 50) / 100) AS freight_cents
        FROM Orders WHERE ShippedDate IS NOT NULL GROUP BY 1 ORDER BY 1""",
    "sales-by-product": f"""
        SELECT 'P' || d.ProductID AS product, sum(d.Quantity) AS quantity, sum({NET}) AS net_cents
        FROM Orders o JOIN "Order Details" d USING (OrderID)
        WHERE o.ShippedDate IS NOT NULL GROUP BY d.ProductID ORDER BY d.ProductID""",
    "sales-by-month": f"""
        SELECT substr(o.ShippedDate, 1, 7) AS month, count(DISTINCT o.OrderID) AS invoices, sum({NET}) AS net_cents
        FROM Orders o JOIN "Order Details" d USING (OrderID)
        WHERE o.ShippedDate IS NOT NULL GROUP BY 1 ORDER BY 1""",
    "freight-by-month": """
        SELECT substr(ShippedDate, 1, 7) AS month, sum((Freight + 50) / 100) AS freight_cents
        FROM Orders WHERE ShippedDate IS NOT NULL GROUP BY 1 ORDER BY 1""",
    "stock": """
        SELECT 'P' || p.ProductID AS product, p.UnitsInStock AS onHand, p.UnitsOnOrder AS onOrder,
          coalesce((SELECT sum(d.Quantity) FROM "Order Details" d JOIN Orders o USING (OrderID)
                    WHERE d.ProductID = p.ProductID AND o.ShippedDate IS NULL), 0) AS backlog
        FROM Products p ORDER BY p.ProductID""",
    "orders": f"""
        SELECT o.OrderID AS "order", o.CustomerID AS customer, o.OrderDate AS placed,
          coalesce(o.ShippedDate, '') AS shipped, count(*) AS lines, sum(d.Quantity) AS quantity,
          sum({NET}) AS net_cents
        FROM Orders o JOIN "Order Details" d USING (OrderID) GROUP BY 1 ORDER BY 1""",
    "customers": """
        SELECT c.CustomerID AS customer, c.Country AS segment, count(o.OrderID) AS orders,
          coalesce(sum(o.ShippedDate IS NOT NULL), 0) AS shipped,
          coalesce(min(o.OrderDate), '') AS first, coalesce(max(o.OrderDate), '') AS last
        FROM Customers c LEFT JOIN Orders o USING (CustomerID) GROUP BY 1, 2 ORDER BY 1""",
}


def print_expected(db, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, query in ANSWERS.items():
        cursor = db.execute(query)
        columns = [column[0].replace("_cents", "") for column in cursor.description]
        cents = [column[0].endswith("_cents") for column in cursor.description]
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            for row in cursor:
                writer.writerow([money(value) if is_money else value for value, is_money in zip(row, cents)])


def main(arguments):
    command, *rest = arguments or [""]
    if command == "events" and len(rest) <= 1:
        print_events(load(find(*rest or [None])))
    elif command == "expected" and len(rest) in (1, 2):
        print_expected(load(find(rest[0] if len(rest) == 2 else None)), Path(rest[-1]))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
