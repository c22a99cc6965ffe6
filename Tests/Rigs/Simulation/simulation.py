#!/usr/bin/env python3
"""Seeds play the life of books, and a naive model must agree: submissions, lost answers, retries, reopenings, clock jumps, two writers.

The negative control is a caller who retries without keys.
"""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from common import CORES, Rig, Workspace, options, parallel, program

# Seeds for each process: to start one takes as long as two seeds.
BATCH = 200


def main():
    rig = Rig("simulation", options(__doc__.splitlines()[0], 2_000))
    simulation = program("rig-simulation")
    with Workspace() as space:

        def play(first, *more, last=None):
            work = space / f"work-{first}-{len(more)}"
            work.mkdir()
            arguments = [simulation, space / "template", work, str(first), str(last or min(first + BATCH, end) - 1), *more]
            outcome = subprocess.run(arguments, capture_output=True, text=True)
            lines = [line.split("\t") for line in outcome.stdout.splitlines()]
            if outcome.returncode:
                lines.append([str(first + len(lines)), "0", "0", f"the process ended with {outcome.returncode}"])
            return lines

        seed = rig.options.seed * 1_000_000
        end = seed + rig.options.runs
        control = play(seed, "forgetful", last=seed + 39)
        batches = iter(range(seed, end, BATCH))

        def worker(_):
            for first in batches:
                if not rig.has_time:
                    break
                for number, steps, proposed, fault in play(first):
                    rig.count("seeds")
                    rig.count("steps", int(steps))
                    rig.count("proposals", int(proposed))
                    if fault:
                        rig.fail(f"seed {number}: {fault}")

        parallel(worker, range(CORES))
    rig.finish((sum(bool(fault) for *_, fault in control), len(control)))


if __name__ == "__main__":
    main()
