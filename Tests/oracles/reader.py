#!/usr/bin/env python3
"""Reads Diario's books without Diario, from docs/FORMAT.md alone.

Usage: reader.py BOOKS [--known-at POSITION] [--as-of YYYY-MM-DD] [--leaf 4096] [--fanout 16]

Checks every checksum, every record's layout, the gapless positions, the derived tables, the Merkle tree with its tiles and head, and
every stored summary of the accounts and the histories against the records. Then prints, tab by tab:

    size   N
    root   64 hexadecimal digits, of the first POSITION records
    head   64 hexadecimal digits, of all records
    balance  ACCOUNT  DEBIT  CREDIT        values in the smallest unit of the books' currency, in order of the codes
    summaries  HOW-MANY-WERE-CHECKED

Needs the Python packages `lmdb` and `xxhash`. Exits with 1 and one line on standard error at the first thing that is wrong.
"""

import argparse
import datetime
import hashlib
import pathlib
import struct
import sys

import lmdb
import xxhash

LEAF, FANOUT = 4096, 16
CURRENCY = 2
TABLES = {"blocks", "names", "ids", "counts", "keys", "tiles", "head"}


class Damaged(Exception):
    pass


def require(condition, what):
    if not condition:
        raise Damaged(what)


# --- Values and their checksum (§2)


def xxh3(data, seed):
    return xxhash.xxh3_64_intdigest(data, seed=seed)


def rows(environment, name):
    """The keys and values of a table, each value checked and without its checksum."""
    table = environment.open_db(name.encode(), create=False)
    seed = xxh3(name.encode(), 0)
    with environment.begin(db=table) as transaction:
        for key, stored in transaction.cursor():
            key, value = bytes(key), bytes(stored[:-8])
            (checksum,) = struct.unpack("<Q", stored[-8:])
            require(checksum == xxh3(value, xxh3(key, seed)), f"{name} {key.hex()}: the checksum does not fit")
            yield key, value


def check_tables(log):
    with log.begin() as transaction:
        names = {bytes(key).decode() for key, _ in transaction.cursor()}
    require(names == TABLES, f"the tables of the log are {sorted(names)}")


def environment(path):
    return lmdb.open(str(path), readonly=True, max_dbs=16, create=False)


# --- Records (§4)


class Record:
    HEADER = struct.Struct("<IHBBQqiHHQIHHIHH")
    MOVE = struct.Struct("<qqIIIIIi")

    def __init__(self, data, offset):
        require(len(data) - offset >= 56, "a record's header is cut")
        (
            self.length, self.kind, layout, self.flags, self.position, self.at, self.on, moves, mentions,
            self.because, self.by, names, key_length, body_length, self.version, reserved,
        ) = self.HEADER.unpack_from(data, offset)  # fmt: skip
        require(layout == 1 and reserved == 0, f"record {self.position}: another layout")
        require(self.length % 8 == 0 and offset + self.length <= len(data), f"record {self.position}: its length")
        self.bytes = data[offset : offset + self.length]
        at = 56
        self.moves = [self.MOVE.unpack_from(self.bytes, at + 40 * i) for i in range(moves)]
        at += 40 * moves
        self.mentions = struct.unpack_from(f"<{mentions}I", self.bytes, at)
        at += 4 * mentions
        self.names = []
        for _ in range(names):
            number, count = struct.unpack_from("<IB", self.bytes, at)
            self.names.append((number, self.bytes[at + 5 : at + 5 + count]))
            at += 5 + count
        self.digest, self.key = b"", b""
        if key_length:
            self.digest, self.key = self.bytes[at : at + 16], self.bytes[at + 16 : at + key_length]
        at += key_length
        self.body = self.bytes[at : at + body_length]
        at += body_length
        padding = self.bytes[at:]
        require(len(padding) < 8 and not any(padding), f"record {self.position}: its padding")

    def about(self):
        """The names in whose histories the record appears (§7.3)."""
        found = set(self.mentions)
        for _, _, commodity, from_account, from_subject, to_account, to_subject, _ in self.moves:
            found |= {from_account, from_subject, to_account, to_subject}
            if commodity >> 26 != CURRENCY:
                found.add(commodity)
        return found - {0}


def read_records(log):
    records = []
    for key, block in rows(log, "blocks"):
        require(struct.unpack(">Q", key)[0] == len(records) + 1, f"block {key.hex()}: positions have a gap")
        offset = 0
        while offset < len(block):
            record = Record(block, offset)
            require(record.position == len(records) + 1, f"record {len(records) + 1}: its position")
            require(not records or record.at > records[-1].at, f"record {record.position}: its moment")
            records.append(record)
            offset += record.length
        require(len(block) <= 16_360 or offset == record.length, f"block {key.hex()}: too long")
    return records


# --- The derived tables (§3)


def check_names(log, records):
    names, ids, counts, keys = {}, {}, {}, {}
    for record in records:
        for number, code in record.names:
            kind = number >> 26
            counts[kind] = counts.get(kind, 0) + 1
            require(number & (1 << 26) - 1 == counts[kind], f"record {record.position}: a name out of turn")
            names[bytes([kind]) + code] = struct.pack("<IQ", number, record.position)
            ids[struct.pack(">I", number)] = struct.pack("<Q", record.position) + code
        if record.key:
            require(record.key not in keys, f"record {record.position}: its key was used before")
            keys[record.key] = struct.pack("<Q", record.position) + record.digest
    require(dict(rows(log, "names")) == names, "the table names")
    require(dict(rows(log, "ids")) == ids, "the table ids")
    require(dict(rows(log, "keys")) == keys, "the table keys")
    counted = {bytes([kind]): struct.pack("<I", count) for kind, count in counts.items()}
    require(dict(rows(log, "counts")) == counted, "the table counts")
    return {struct.unpack(">I", key)[0]: value[8:].decode() for key, value in ids.items()}


# --- The Merkle tree (§6)


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def peaks(leaves):
    """The roots of the perfect subtrees, largest first."""
    stack = []
    for leaf in leaves:
        height = 0
        while stack and stack[-1][0] == height:
            leaf = node(stack.pop()[1], leaf)
            height += 1
        stack.append((height, leaf))
    return [root for _, root in stack]


def root_of(leaves):
    stack = peaks(leaves)
    if not stack:
        return hashlib.sha256().digest()
    root = stack.pop()
    while stack:
        root = node(stack.pop(), root)
    return root


def check_tiles(log, leaves):
    tiles, level, hashes = {}, 0, leaves
    while hashes:
        for index in range(0, len(hashes), 256):
            part = hashes[index : index + 256]
            if level > 0 or len(part) == 256:
                tiles[struct.pack(">BQ", level, index // 256)] = b"".join(part)
        full = len(hashes) // 256
        hashes = [peaks(hashes[256 * i : 256 * i + 256])[0] for i in range(full)]
        level += 1
    require(dict(rows(log, "tiles")) == tiles, "the table tiles")


def check_head(log, records, leaves):
    (value,) = [value for key, value in rows(log, "head") if key == b"head"]
    version, readable_from, identity, size, at, root = struct.unpack_from("<II16sQq32s", value)
    require(0 < version and readable_from <= version and (readable_from or version) <= 2, "the head's version")
    require(size == len(records), "the head's size")
    require(at == (records[-1].at if records else -(2**63)), "the head's moment")
    require(root == root_of(leaves), "the head's root")
    require(value[72:] == b"".join(peaks(leaves)), "the head's peaks")
    return root


# --- Balances


def balances(records, as_of=None):
    """(account, currency or 0) → debit amount, credit amount, debit value, credit value."""
    sums = {}
    for record in records:
        for amount, value, commodity, from_account, _, to_account, _, day in record.moves:
            if as_of is not None and day > as_of:
                continue
            if commodity >> 26 != CURRENCY:
                commodity, amount = 0, 0
            debit = sums.setdefault((to_account, commodity), [0, 0, 0, 0])
            debit[0] += amount
            debit[2] += value
            credit = sums.setdefault((from_account, commodity), [0, 0, 0, 0])
            credit[1] += amount
            credit[3] += value
    return sums


# --- Summaries (§7)


def column(data, descriptor, count):
    base, begin, width = struct.unpack_from("<qIB", data, descriptor)
    require(data[descriptor + 13 : descriptor + 16] == bytes(3), "a column's description")
    values = []
    for row in range(count):
        start = begin + row * width
        number = (base + int.from_bytes(data[start : start + width], "little")) % 2**64
        values.append(number - 2**64 if number >= 2**63 else number)
    return values


def read_table(data):
    (count,) = struct.unpack_from("<I", data, 0)
    columns = [column(data, 8 + 16 * i, count) for i in range(7)]
    table = {}
    for account, subject, commodity, debit, credit, debit_extra, credit_extra in zip(*columns):
        require(subject == 0, "a subject among the accounts")
        table[(account, commodity)] = [debit, credit, debit + debit_extra, credit + credit_extra]
    return table


def read_strip(data):
    """The lines: (key, day, offset in the leaf, side, amount, value)."""
    keys, lines, days = struct.unpack_from("<III", data, 0)
    accounts, _, commodities = [column(data, 16 + 16 * i, keys) for i in range(3)]
    day_of, starts = column(data, 64, days), column(data, 80, days + 1)
    entries, offsets, amounts, extras = [column(data, 96 + 16 * i, lines) for i in range(4)]
    for row, day in enumerate(day_of):
        for line in range(starts[row], starts[row + 1]):
            key = (accounts[entries[line] // 2], commodities[entries[line] // 2])
            yield key, day, offsets[line], entries[line] % 2, amounts[line], amounts[line] + extras[line]


def check_tally(parts, level, index, records):
    data, table, first = parts[0], parts[1], parts[2]
    require(data[:4] == b"TLY2" and data[4] == level and data[5] == 0, "a tally's header")
    require(data[6] == (4 in parts) and (level == 0) == (3 not in parts), "a tally's parts")
    span = LEAF * FANOUT**level
    part = records[index * span : (index + 1) * span]
    days = [move[7] for record in part for move in record.moves]
    least, greatest = (min(days), max(days)) if days else (2**31 - 1, -(2**31))
    require(struct.unpack_from("<ii", data, 8) == (least, greatest), "a tally's days")
    require(read_table(table) == balances(part), f"the tally {level}/{index}")
    if data[6]:
        elder = index // FANOUT * FANOUT
        require(read_table(parts[4]) == balances(records[elder * span : (index + 1) * span]), "a running table")
    if level == 0:
        sums = {}
        for key, day, offset, side, amount, value in read_strip(first):
            require(day in {move[7] for move in part[offset].moves}, "a line's day")
            sum = sums.setdefault(key, [0, 0, 0, 0])
            sum[side] += amount
            sum[2 + side] += value
        require(sums == balances(part), f"the lines of the tally {index}")
    else:
        before, after = struct.unpack_from("<ii", data, 24)
        for strip, kept in [(first, lambda day: day < before), (parts[3], lambda day: day > after)]:
            found, wanted = {}, {}
            for key, day, _, side, amount, value in read_strip(strip):
                require(kept(day), "a strip has a day too many")
                found[(key, day, side)] = (amount, value)
            for record in part:
                for amount, value, commodity, from_account, _, to_account, _, day in record.moves:
                    if not kept(day):
                        continue
                    if commodity >> 26 != CURRENCY:
                        commodity, amount = 0, 0
                    for side, account in [(0, to_account), (1, from_account)]:
                        key = ((account, commodity), day, side)
                        known = wanted.get(key, (0, 0))
                        wanted[key] = (known[0] + amount, known[1] + value)
            require(found == wanted, f"a strip of the tally {level}/{index}")


def varints(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def read_piece(data, level):
    """The names of a piece of a timeline's directory, each with the numbers of its list."""
    require(data[:4] == b"TML1", "a piece's header")
    found_level, count, lists = struct.unpack_from("<III", data, 4)
    require(found_level == level, "a piece's level")
    require(count == 1 or len(data) <= 8168, "a piece's length")
    names, starts = column(data, 16, count), column(data, 32, count + 1)
    return [(name, list(varints(data[lists + starts[i] : lists + starts[i + 1]]))) for i, name in enumerate(names)]


def check_timeline(parts, level, index, records):
    require(parts[0][:4] == b"TML2", "a timeline's contents")
    found_level, count, zero = struct.unpack_from("<III", parts[0], 4)
    require((found_level, zero) == (level, 0) and sorted(parts) == list(range(count + 1)), "a timeline's parts")
    pieces = [read_piece(parts[1 + i], level) for i in range(count)]
    require(column(parts[0], 16, count) == [piece[0][0] for piece in pieces], "the first names of a timeline's pieces")
    span = LEAF * FANOUT**level
    wanted = {}
    for offset, record in enumerate(records[index * span : (index + 1) * span]):
        for name in record.about():
            wanted.setdefault(name, []).append(offset)
    lists = [entry for piece in pieces for entry in piece]
    require([name for name, _ in lists] == sorted(wanted), f"the names of the timeline {level}/{index}")
    for name, (length, *rest) in lists:
        offsets = wanted[name]
        require(length == len(offsets), f"how often {name} is in the timeline {level}/{index}")
        if level == 0 or length <= 8:
            expected = [offset - (offsets[i - 1] if i else 0) for i, offset in enumerate(offsets)]
        else:
            expected = [sum(1 << child for child in {offset // (span // FANOUT) for offset in offsets})]
        require(rest == expected, f"the list of {name} in the timeline {level}/{index}")


def check_summaries(views, records, leaves):
    checked = 0
    summaries = {}
    for key, data in rows(views, "summaries"):
        namespace, place = key.split(b"\0", 1)
        level, index, part = struct.unpack(">BQB", place[:10])
        if part == 255:
            (part,) = struct.unpack(">I", place[10:])
            require(part >= 255, "a part's number")
        else:
            require(len(place) == 10, "a part's key")
        require(data[-8:] == bytes(8), "the end of a summary's part")
        summaries.setdefault((namespace.decode(), level, index), {})[part] = data
    for (namespace, level, index), parts in summaries.items():
        if namespace == "accounts/1":
            check_tally(parts, level, index, records)
        elif namespace == "histories/1.2":
            check_timeline(parts, level, index, records)
        else:
            continue
        checked += 1
    for key, value in rows(views, "coverage"):
        position, root = struct.unpack("<Q32s", value)
        require(position % LEAF == 0 and position <= len(records), f"the coverage of {key.decode()}")
        require(root == root_of(leaves[:position]), f"the history of {key.decode()}")
    return checked


def main():
    global LEAF, FANOUT
    parser = argparse.ArgumentParser()
    parser.add_argument("books", type=pathlib.Path)
    parser.add_argument("--known-at", type=int)
    parser.add_argument("--as-of", type=datetime.date.fromisoformat)
    parser.add_argument("--leaf", type=int, default=LEAF)
    parser.add_argument("--fanout", type=int, default=FANOUT)
    options = parser.parse_args()
    LEAF, FANOUT = options.leaf, options.fanout
    with environment(options.books / "log") as log:
        check_tables(log)
        records = read_records(log)
        leaves = [hashlib.sha256(b"\x00" + record.bytes).digest() for record in records]
        codes = check_names(log, records)
        check_tiles(log, leaves)
        head = check_head(log, records, leaves)
    checked = 0
    if (options.books / "views" / "data.mdb").exists():
        with environment(options.books / "views") as views:
            checked = check_summaries(views, records, leaves)
    known_at = len(records) if options.known_at is None else options.known_at
    as_of = options.as_of and (options.as_of - datetime.date(1970, 1, 1)).days
    print("size", len(records), sep="\t")
    print("root", root_of(leaves[:known_at]).hex(), sep="\t")
    print("head", head.hex(), sep="\t")
    totals = {}
    for (account, _), sums in balances(records[:known_at], as_of).items():
        total = totals.setdefault(codes[account], [0, 0])
        total[0] += sums[2]
        total[1] += sums[3]
    for account in sorted(totals):
        print("balance", account, *totals[account], sep="\t")
    print("summaries", checked, sep="\t")


if __name__ == "__main__":
    try:
        main()
    except (Damaged, lmdb.Error, struct.error) as error:
        sys.exit(f"reader.py: {error}")
