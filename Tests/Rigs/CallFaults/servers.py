"""Commands that are already started, and wait before their first call on the books: each run goes on from there in a child.

Why: to load the program and its libraries, and to read its arguments, takes many times as long as what the rig is about. The runs of a
command have in common what it did before it asked for anything of the books: the places of its libraries, the seed of hashes, the day.
"""

import os
import select
import signal
import socket
import struct
import subprocess

from common import compiled, diario

# No rig has more commands than that; more would be arguments that differ from run to run.
MOST = 64
# The identity of new books is drawn before anything is asked of them.
EARLY = ("init",)


def is_ready(descriptor, timeout):
    """Whether there is something to read, or the end of it, within so many seconds."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(max(0, timeout) * 1000))


class Child:
    """A run of a command."""

    def __init__(self, server, number):
        assert number > 1, number
        self.server, self.number = server, number

    def wait(self, timeout):
        """The exit code, or less a signal; nothing when it had to be ended after `timeout` seconds."""
        is_late = not is_ready(self.server, timeout)
        if is_late:
            # It is not let go before the next run, so the number is still its own.
            os.kill(self.number, signal.SIGKILL)
        code = received(self.server)
        return None if is_late else code


def received(server):
    answer = server.recv(4)
    if len(answer) != 4:
        raise EOFError("a command that waits has ended; its errors, if any, stand above")
    return struct.unpack("i", answer)[0]


class Servers:
    """Commands on the books in a directory, which is made anew for each run."""

    def __init__(self, folder):
        self.folder, self.sockets, self.processes = folder, {}, []

    def concerns(self, arguments):
        """Whether a command is about these books: others make no call at which they could wait."""
        return any(f"{self.folder}/" in str(word) for word in arguments)

    def start(self, arguments, streams, at=0, kind="-", forever=False, count="-"):
        """Begins a run with the descriptors `streams` and such faults as faults.c names."""
        words = tuple(map(str, arguments))
        if words not in self.sockets:
            self.sockets[words] = self.launch(words)
        server = self.sockets[words]
        request = f"{at} {kind} {'1' if forever else '-'} {count}"
        socket.send_fds(server, [request.encode()], list(streams))
        return Child(server, received(server))

    def launch(self, words):
        assert len(self.sockets) < MOST, words
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {
            **os.environ, "LD_PRELOAD": compiled("CallFaults/faults.c", "-shared"), "FAULTS_ROOT": str(self.folder),
            "FAULTS_SERVER": str(theirs.fileno()), **({"FAULTS_EARLY": "1"} if words[0] in EARLY else {}),
        }  # fmt: skip
        self.processes.append(
            subprocess.Popen(
                [diario(), *words], env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        )
        theirs.close()
        return ours

    def run(self, arguments, input=b"", timeout=120):
        """Like `common.run`; the input is a file."""
        streams = [os.memfd_create(name) for name in ("input", "output", "errors")]
        try:
            if input:
                os.write(streams[0], input)
                os.lseek(streams[0], 0, os.SEEK_SET)
            code = self.start(arguments, streams).wait(timeout)
            if code is None:
                raise subprocess.TimeoutExpired(arguments, timeout)
            return subprocess.CompletedProcess(arguments, code, *(written(stream) for stream in streams[1:]))
        finally:
            for stream in streams:
                os.close(stream)

    def end(self):
        """Lets all of them go."""
        for server in self.sockets.values():
            server.close()
        for process in self.processes:
            process.wait()


def written(stream):
    """What is in a file without a name."""
    return os.pread(stream, os.fstat(stream).st_size, 0)
