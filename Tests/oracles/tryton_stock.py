#!/usr/bin/env python3
"""What goods cost by Tryton, a real ERP, for sequences of receipts, issues and transfers.

Usage: tryton_stock.py random COUNT [SEED] > Fixtures/tryton/random.csv
       tryton_stock.py moves FILE.csv > …

`random` makes COUNT sequences itself; `moves` reads sequence,method,order,day,kind,quantity,price. `order` is the order of
recording and `day` the day on which the goods moved: where they differ, something was recorded late, and Tryton works its
costs out again (recompute_cost_price). `kind` is in, out or transfer: all goods of the sequence go to the other warehouse.
Prints the same rows with `cost`, the unit cost of an issue, and on each sequence's last row `left` and `after`, what is left
and its unit cost. Tryton rounds unit costs to 4 decimals.

Needs a Python of its own with trytond, trytond_product_cost_fifo and proteus from PyPI (seen: 8.0). Nothing is stored: the
database is SQLite in memory.
"""

import csv
import datetime
import random
import sys
from decimal import Decimal
from unittest.mock import patch

START = datetime.date(2024, 1, 1)
COLUMNS = ["sequence", "method", "order", "day", "kind", "quantity", "price", "cost", "left", "after"]


def levels_hold(moves):
    """Whether nothing is ever short, in the order of the days; goods lie in one warehouse at a time."""
    level = 0
    for move in sorted(moves, key=lambda move: move["day"]):
        if move["kind"] == "transfer":
            if move["quantity"] != level:
                return False
        else:
            level += move["quantity"] if move["kind"] == "in" else -move["quantity"]
        if level < 0:
            return False
    return True


def random_sequence(dice):
    """A sequence of 4 to 12 moves on as many days; half of them have one that is recorded late."""
    moves, level = [], 0
    for day in range(1, dice.randint(4, 12) + 1):
        kind = dice.choices(["in", "out", "transfer"], [5, 5, 1])[0]
        if level == 0:
            kind = "in"
        quantity = dice.randint(1, 40) if kind == "in" else dice.randint(1, level)
        if kind == "transfer":
            quantity = level
        elif kind == "in":
            level += quantity
        else:
            level -= quantity
        price = Decimal(dice.randint(1, 2000)) / 100 if kind == "in" else Decimal(0)
        moves.append({"day": day, "kind": kind, "quantity": quantity, "price": price})
    if dice.random() < 0.5:
        for _ in range(10):
            late = list(moves)
            late.append(late.pop(dice.randrange(len(moves))))
            if late[-1]["kind"] == "transfer":
                continue
            if late != moves and all(levels_hold(late[:n]) for n in range(1, len(late) + 1)):
                return late
    return moves


def random_sequences(count, seed):
    dice = random.Random(seed)
    for number in range(1, count + 1):
        moves = random_sequence(dice)
        for method in ("fifo", "average"):
            for order, move in enumerate(moves, 1):
                yield {"sequence": str(number), "method": method, "order": order, **move}


def read_sequences(path):
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["order"], row["day"] = int(row["order"]), int(row["day"])
            row["quantity"], row["price"] = float(row["quantity"]), Decimal(row["price"] or 0)
            yield row


class Tryton:
    """A company without anything, but a unit (of which a thousandth can be had), a supplier, a customer and two stores."""

    def __init__(self):
        from proteus import Model, config
        from trytond.modules.company.tests.tools import create_company, get_company
        from trytond.modules.stock.move import Move
        from trytond.tests.tools import activate_modules

        patch.object(Move, "on_change_with_assignation_required", return_value=False).start()
        activate_modules("product_cost_fifo", create_company)
        company = get_company()
        self.company, self.currency = company.id, company.currency.id
        self.config = config.get_config()
        location = Model.get("stock.location")
        (unit,) = Model.get("product.uom").find([("name", "=", "Kilogram")])
        self.unit = unit.id
        self.places = [location.find([("code", "=", code)])[0].id for code in ("SUP", "CUS", "STO")]
        second = location(name="second", code="STO2", type="storage")
        second.parent = location(self.places[2])
        second.save()
        self.places.append(second.id)

    def run(self, sequences):
        """Fills in the costs; `sequences` are lists of rows."""
        from trytond.pool import Pool
        from trytond.transaction import Transaction

        context = dict(self.config.context, company=self.company)
        with Transaction().start(self.config.database_name, self.config.user, context=context) as work:
            pool = Pool()
            template, product, move = (pool.get(n) for n in ("product.template", "product.product", "stock.move"))
            templates = template.create([
                {"name": "p", "default_uom": self.unit, "type": "goods", "list_price": Decimal(300),
                 "cost_price_method": rows[0]["method"], "products": [("create", [{}])]}
                for rows in sequences
            ])
            products = [made.products[0].id for made in templates]
            done = [[] for _ in sequences]
            stores = [2] * len(sequences)
            for step in range(max(len(rows) for rows in sequences)):
                values, of = [], []
                for index, rows in enumerate(sequences):
                    if step < len(rows):
                        values.append(self.move(products[index], rows[step], stores, index))
                        of.append(index)
                made = move.create(values)
                move.do(made)
                for index, one in zip(of, made):
                    done[index].append(one.id)
            late = [
                index for index, rows in enumerate(sequences)
                if [row["day"] for row in rows] != sorted(row["day"] for row in rows)
            ]
            if late:
                product.recompute_cost_price([product(products[index]) for index in late])
            for index, rows in enumerate(sequences):
                left = 0
                for row, one in zip(rows, move.browse(done[index])):
                    if row["kind"] == "out":
                        row["cost"] = one.cost_price
                    if row["kind"] != "transfer":
                        left += row["quantity"] if row["kind"] == "in" else -row["quantity"]
                rows[-1]["left"] = round(left, 6)
                rows[-1]["after"] = product(products[index]).cost_price
            work.rollback()

    def move(self, product, row, stores, index):
        supplier, customer = self.places[0], self.places[1]
        here = self.places[stores[index]]
        if row["kind"] == "transfer":
            stores[index] = 5 - stores[index]
        source = supplier if row["kind"] == "in" else here
        target = {"in": here, "out": customer, "transfer": self.places[stores[index]]}[row["kind"]]
        values = {
            "product": product, "unit": self.unit, "quantity": float(row["quantity"]), "from_location": source,
            "to_location": target, "company": self.company, "effective_date": START + datetime.timedelta(row["day"]),
        }
        if row["kind"] != "transfer":
            values |= {"unit_price": row["price"], "currency": self.currency}
        return values


def main():
    if sys.argv[1] == "random":
        rows = random_sequences(int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    else:
        rows = read_sequences(sys.argv[2])
    sequences = {}
    for row in rows:
        sequences.setdefault((row["sequence"], row["method"]), []).append(row)
    output, sys.stdout = sys.stdout, sys.stderr
    tryton = Tryton()
    everything = list(sequences.values())
    for first in range(0, len(everything), 200):
        tryton.run(everything[first : first + 200])
    writer = csv.DictWriter(output, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for rows in everything:
        writer.writerows(rows)


if __name__ == "__main__":
    main()
