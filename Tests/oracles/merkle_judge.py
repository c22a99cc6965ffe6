#!/usr/bin/env python3
"""Judges exported tiles and records with pymerkle and with tlog-scales, which know nothing of Diario.

    merkle_judge.py DIRECTORY KEY

DIRECTORY was written by `diario export-tiles --entries`. Prints "agreed" or what is wrong.
"""

import base64
import sys
from pathlib import Path

import pymerkle

WIDTH = 256


def name(index):
    groups = []
    while True:
        index, rest = divmod(index, 1000)
        groups.append(f"{rest:03d}")
        if index == 0:
            break
    return "/".join(["x" + group for group in reversed(groups[1:])] + [groups[0]])


def records(directory, size):
    for index in range((size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - index * WIDTH)
        path = directory / "tile" / "entries" / (name(index) + (f".p/{width}" if width < WIDTH else ""))
        data = path.read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            yield data[2 : 2 + length]
            data = data[2 + length :]


def main(directory, key):
    _, size, root = (directory / "checkpoint").read_text().split("\n")[:3]
    size, root = int(size), base64.b64decode(root)
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for record in records(directory, size):
        tree.append_entry(record)
    assert tree.get_size() == size, "another number of records"
    assert tree.get_root() == root, "pymerkle finds another root"
    scales(directory, key, size, root)
    print("agreed")


def scales(directory, key, size, root):
    """tlog-scales reads the directory by itself: signature, root, and proofs of some events."""
    from tlog_scales.backend import LocalBackend
    from tlog_scales.reader import TilesReader
    from tlog_scales.signing import Vkey
    from tlog_scales.tiles import leaf_hash

    reader = TilesReader(LocalBackend(directory))
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(Vkey.from_string(Path(key).read_text().split("\n")[0]))
    assert (checkpoint.size, checkpoint.root_hash) == (size, root), "tlog-scales reads another checkpoint"
    reader.set_size(size)
    assert reader.calculate_root_hash() == root, "tlog-scales finds another root"
    for index in {0, size // 2, size - 1}:
        reader.get_inclusion_proof(index, size).check(leaf_hash(reader.get_entry(index)), root)
    for old in {1, size // 2, size - 1}:
        reader.get_consistency_proof(old, size).check(reader.mth(0, old), root)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
