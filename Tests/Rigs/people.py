"""Books with two people in them, and how to see whether one of them was erased: by the program, and byte by byte."""

from common import must, new_books, run

PEOPLE = [
    b'{"event":"customer.registered","on":"2026-01-02","customer":"C-1","name":"Xenia Quiroga"}',
    b'{"event":"customer.registered","on":"2026-01-02","customer":"C-2","name":"Obras Arlanza"}',
]
NAMES = {"C-1": b"Quiroga", "C-2": b"Arlanza"}
ERASE = ["erase", "C-1", "--reason", "asked", "--on", "2026-03-01", "--books", "BOOKS"]
ROTATE = ["master-key", "rotate", "--books", "BOOKS"]


def books_with_people(books):
    new_books(books)
    must(run(["record", "--quiet", "--books", books], b"\n".join(PEOPLE)))


def person(books, code):
    """How somebody is read: "clear", "erased", or the error as it is said."""
    found = run(["person", code, "--books", books])
    if found.returncode:
        return found.stderr.decode()
    if NAMES[code] in found.stdout:
        return "clear"
    return "erased" if "«erased»".encode() in found.stdout else found.stdout.decode()


def both(books):
    return person(books, "C-1"), person(books, "C-2")


def wrapped_key(books):
    """The first person's wrapped key, as the store has it (docs/FORMAT.md, §8)."""
    data = (books / "keys/1/data.mdb").read_bytes()
    at = data.rindex(b"\x05C-1" + b"\x01" + bytes(15)) + 20
    return data[at : at + 60]


def master(books):
    return (books / "keys/master.key").read_bytes()


def erased_wholly(books, key):
    """What is wrong with books in which the first person, whose wrapped key was `key`, is to be erased now, or was: nothing may be left."""
    again = run([str(books) if word == "BOOKS" else word for word in ERASE])
    if again.returncode and b"erasure.duplicate" not in again.stderr:
        return f"a second try says {again.stderr}"
    if both(books) != ("erased", "clear"):
        return f"after a second try, the two people are {both(books)}"
    left = sorted(file.name for file in (books / "keys").iterdir())
    if len(left) != 2 or "master.key" not in left:
        return f"keys/ holds {left}"
    for file in books.rglob("*"):
        if file.is_file() and (NAMES["C-1"] in (bytes := file.read_bytes()) or key in bytes):
            return f"{file} holds what was erased"
    sound = run(["verify", "--books", books])
    return f"verify says {sound.stderr}" if sound.returncode else None


def rotated_wholly(books):
    """What is wrong with books whose change of the master key was interrupted, or was not: the next command that records finishes it."""
    again = run(["erase", "--continue", "--books", books])
    if again.returncode:
        return f"the next command says {again.stderr}"
    if both(books) != ("clear", "clear"):
        return f"after the next command, the two people are {both(books)}"
    left = sorted(file.name for file in (books / "keys").iterdir() if "partial" not in file.name)
    return f"keys/ holds {left}" if len(left) != 2 else None
