"""Books with two people in them, and how to see whether one of them was erased, and the master key replaced: by the program, and byte by byte."""

import json

from common import must, new_books, run

PEOPLE = [
    {"event": "customer.registered", "on": "2026-01-02", "customer": "C-1", "name": "Xenia Quiroga", "email": "xenia@quiroga.example",
     "taxID": "B12345674", "address": "Calle del Olvido 7, 47001 Valladolid"},
    {"event": "customer.registered", "on": "2026-01-02", "customer": "C-2", "name": "Obras Arlanza"},
]  # fmt: skip
NAMES = {person["customer"]: person["name"] for person in PEOPLE}
# What of the first person may be in no file, at no time.
PERSONAL = [PEOPLE[0][field].encode() for field in ("name", "email", "taxID", "address")]
# The position of the first of them, behind the events that made the books.
FIRST = 60
ERASE = ["erase", "C-1", "--reason", "asked", "--on", "2026-03-01", "--books", "BOOKS"]
ROTATE = ["master-key", "rotate", "--books", "BOOKS"]
# In the books' own directory, so that what becomes of the names there is seen; among the stores it would be refused.
MOVED = "moved.key"
MOVE = [*ROTATE, "--into", f"BOOKS/{MOVED}"]


def books_with_people(books):
    new_books(books)
    must(run(["record", "--quiet", "--books", books], "\n".join(map(json.dumps, PEOPLE)).encode()))


def on(books, command):
    return run([word.replace("BOOKS", str(books)) for word in command])


def both(books):
    """How the two people are read: "clear" or "erased" for each, or the error as it is said."""
    outcome = run(["log", "--from", str(FIRST), "--to", str(FIRST + 1), "--format", "json", "--books", books])
    if outcome.returncode:
        return outcome.stderr.decode()
    told = {fields["customer"]: fields["name"] for fields in (json.loads(line)["fields"] for line in outcome.stdout.splitlines())}
    words = {**dict.fromkeys(NAMES.values(), "clear"), "«erased»": "erased"}
    return tuple(words.get(told[code], told[code]) for code in NAMES)


def person(books, code):
    """How somebody is read: "clear", "erased", or the error as it is said."""
    found = both(books)
    return found if isinstance(found, str) else found[list(NAMES).index(code)]


def wrapped_key(books, code="C-1"):
    """A person's wrapped key, as the store has it (docs/FORMAT.md, "The keys")."""
    data = (books / "keys/1/data.mdb").read_bytes()
    at = data.rindex(b"\x05" + code.encode() + b"\x01" + bytes(15)) + 1 + len(code) + 16
    return data[at : at + 60]


def master(books):
    """The digits of the master key."""
    return (books / "keys/master.key").read_bytes().split(b":")[1].strip()


def left(books, secrets):
    """What is in the books and must not be: one of `secrets` in any file, or what a change has not tidied up."""
    for file in books.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for secret in secrets:
                if secret in data:
                    return f"{file.relative_to(books)} holds {secret}"
    names = sorted(file.name for file in (books / "keys").iterdir())
    return None if len(names) == 2 and names[0].isdigit() and names[1] == "master.key" else f"keys/ holds {names}"


def erased_wholly(books, key, against=()):
    """What is wrong with books in which the first person, whose wrapped key was `key`, is to be erased now, or was: nothing may be left.

    `against`: options that tell `verify` of a checkpoint from before.
    """
    again = on(books, ERASE)
    if again.returncode and b"erasure.duplicate" not in again.stderr:
        return f"a second try says {again.stderr}"
    if both(books) != ("erased", "clear"):
        return f"after a second try, the two people are {both(books)}"
    if problem := left(books, [*PERSONAL, key]):
        return problem
    sound = run(["verify", "--books", books, *against])
    return f"verify says {sound.stderr}" if sound.returncode else None


def rotated_wholly(books, secrets=()):
    """What is wrong with books whose change of the master key was interrupted, or was not: the next command that records finishes it.

    `secrets`: the master key from before and what it wrapped. If it still counts, the change is repeated; in the end none may be left.
    """
    again = on(books, ["erase", "--continue", "--books", "BOOKS"])
    if again.returncode:
        return f"the next command says {again.stderr}"
    if master(books) in secrets:
        if problem := left(books, []):
            return f"nothing was changed, and {problem}"
        again = on(books, ROTATE)
        if again.returncode:
            return f"a second try says {again.stderr}"
    if both(books) != ("clear", "clear"):
        return f"at the end, the two people are {both(books)}"
    return left(books, secrets)


def moved_wholly(books):
    """What is wrong with books whose new master key was to be made elsewhere: the old one opens everything, or the new one does; and when
    somebody has recorded with the new one, the old one is gone.
    """
    new = ["--master-key", books / MOVED]

    def reads(option):
        outcome = run(["report", "customers", "--format", "csv", "--books", books, *option])
        return outcome.returncode == 0 and all(name.encode() in outcome.stdout for name in NAMES.values())

    with_old, with_new = reads([]), reads(new)
    if with_old == with_new:
        return f"the old master key {'opens' if with_old else 'does not open'} everything, and so the new one"
    if with_old and (again := on(books, MOVE)).returncode:
        return f"a second try says {again.stderr}"
    again = run(["erase", "--continue", "--books", books, *new])
    if again.returncode:
        return f"the next command says {again.stderr}"
    names = sorted(file.name for file in (books / "keys").iterdir())
    return None if len(names) == 1 and names[0].isdigit() else f"keys/ holds {names}"
