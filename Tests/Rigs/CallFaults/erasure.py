"""What must be true when erasing a person, or replacing the master key, was interrupted at any call.

Afterwards nothing is erased and the command can be repeated, or all is; and then no file of the books holds what is personal, or a key to
it, and everything that was proved before holds.
"""

import shutil

import people
from common import must, run

CONTINUE = ["erase", "--continue", "--books", "BOOKS"]
# A new checkpoint, a new proof and its check cost as much as the rest of a run, so they are made after every so many runs.
PROVE_EVERY = 8


class Erasure:
    """Books with two people, and the judge of what became of a copy."""

    def __init__(self, space):
        self.books = space / "people"
        people.books_with_people(self.books)
        self.key, self.public = space / "signing", space / "signing.pub"
        must(run(["key", "new", self.key, "--name", "example.com/people", "--books", self.books]))
        checkpoint = space / "people.checkpoint"
        checkpoint.write_bytes(must(run(["checkpoint", "--books", self.books, "--key", self.key])).stdout)
        self.against = ["--against", checkpoint, "--public", self.public]
        self.record = self.proved(self.books, space / "proving")
        self.wrapped = people.wrapped_key(self.books)
        self.old = [people.master(self.books), *(people.wrapped_key(self.books, code) for code in people.NAMES)]
        self.judged = 0
        shutil.copytree(self.books, space / "asked")
        self.ask(space / "asked")

    def ask(self, books):
        """Lets an erasure in `books` come no further than its request: something lies where the new store of keys is to be written."""
        obstacle = books / "keys" / "next" / "obstacle"
        obstacle.mkdir(parents=True)
        people.on(books, people.ERASE)
        obstacle.rmdir()
        obstacle.parent.rmdir()
        events = must(run(["log", "--from", str(people.FIRST + len(people.PEOPLE)), "--books", books])).stdout
        assert b"erasure.requested" in events and b"erasure.completed" not in events, events

    def proved(self, books, folder):
        """The record of the first person's event and its place in the tree, as a proof has them that anybody can check."""
        folder.mkdir()
        # The key has to go with each copy of the books, since what it signed last is kept beside it.
        key = shutil.copy(self.key, folder)
        shutil.copy(f"{self.key}.signed", folder)
        must(run(["checkpoint", "--books", books, "--key", key]))
        proof = must(run(["prove", "inclusion", str(people.FIRST), "--books", books, "--key", key])).stdout
        must(run(["verify-proof", "-", "--public", self.public], proof))
        return proof.splitlines()[:3]

    def judge_erase(self, workload, books, code, output):
        found = people.both(books)
        if found not in (("clear", "clear"), ("erased", "clear")):
            return f"it ended with {code}, and the two people are {found}"
        if code == 0 and found[0] == "clear":
            return "it ended with 0, and the person is readable"
        if code == 0 and (problem := people.left(books, [*people.PERSONAL, self.wrapped])):
            return f"it ended with 0, and {problem}"
        if problem := people.erased_wholly(books, self.wrapped, self.against):
            return problem
        self.judged += 1
        if self.judged % PROVE_EVERY == 0 and self.proved(books, books.parent / "proving") != self.record:
            return "the first person's record is another, or elsewhere"
        return None

    judge_continue = judge_erase

    def judge_rotate(self, workload, books, code, output):
        found = people.both(books)
        if found != ("clear", "clear"):
            return f"it ended with {code}, and the two people are {found}"
        if code == 0 and (problem := people.left(books, self.old)):
            return f"it ended with 0, and {problem}"
        return people.rotated_wholly(books, self.old)
