"""The front's side of its workers: how one is asked, listened to, and ended."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from server.pool import frames
from server.pool.frames import Frame, Head
from server.pool.limits import step_back
from server.pool.nursery import INDEXER, WORKER, WRITER, become

__all__ = ["INDEXER", "WORKER", "WRITER", "Gone", "Hand", "Nursery"]
# How Linux names the clock of another process.
_PROCESS_CLOCK = 2
_GONE = select.POLLRDHUP | select.POLLHUP | select.POLLERR
# What a worker may take to open a generation (seconds): ten times what it does on a machine at rest.
_OPENING = 0.2


class Gone(Exception):
    """The client has left."""


class Hand:
    """A process that works for the front; ``opened`` is the generation that it knows of."""

    def __init__(self, end: socket.socket, handle: int, pid: int) -> None:
        self._end = end
        self._handle = handle
        self._lock = threading.Lock()
        self.opened = ""
        self.pid = pid

    def fileno(self) -> int:
        """Where it is heard, for those who wait for many at once."""
        return self._end.fileno()

    def send(self, kind: bytes, head: Head = None, body: bytes = b"") -> None:
        """Send it a packet; raises OSError where it is dead."""
        frames.send(self._end, kind, head, body)

    def send_parts(self, data: bytes) -> None:
        """Send it a long body."""
        frames.send_parts(self._end, data)

    def receive(self, seconds: float | None, client: socket.socket | None = None) -> Frame | None:
        """Its next packet, None where it is dead.

        Raises TimeoutError where it says nothing for so many seconds, Gone where the client leaves meanwhile.
        """
        if client is None:
            self._end.settimeout(max(seconds, 0.001) if seconds is not None else None)
            return frames.receive(self._end)
        waiting = select.poll()
        waiting.register(self._end, select.POLLIN)
        waiting.register(client, select.POLLRDHUP)
        events = waiting.poll(None if seconds is None else max(int(seconds * 1000), 1))
        if any(fd == self._end.fileno() for fd, _ in events):
            self._end.settimeout(None)
            return frames.receive(self._end)
        if any(event & _GONE for _, event in events):
            raise Gone
        raise TimeoutError

    def grace(self, generation: str) -> float:
        """The seconds that a query of this generation may take beside its own, since a worker that has not been told of
        it has to open it first; to be asked once for each query, as it is sent."""
        known, self.opened = generation == self.opened, generation
        return 0.0 if known else _OPENING

    def attend(self) -> None:
        """Get ready to ``hear`` it."""
        if self._end.gettimeout() is not None:
            self._end.settimeout(None)

    def hear(self) -> Frame | None:
        """What it has said, where it is known to have said something; None where it is dead."""
        return frames.receive(self._end)

    def processor_seconds(self) -> float:
        """The time of the processor that it has used so far; 0 where it is dead."""
        try:
            return time.clock_gettime(~self.pid << 3 | _PROCESS_CLOCK)
        except OSError:
            return 0.0

    def step_back(self) -> None:
        """Let it run only when others rest."""
        step_back(self.pid)

    def end(self) -> None:
        """Kill it, from any thread; its own thread still has to close it."""
        with self._lock, suppress(ProcessLookupError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def kill(self) -> None:
        """Kill it and close it."""
        self.end()
        self.close()

    def close(self) -> None:
        """Hang up: it ends when it has nothing else to do."""
        self._end.close()
        with self._lock:
            if self._handle >= 0:
                os.close(self._handle)
                self._handle = -1


def has_left(client: socket.socket) -> bool:
    """Whether a client has hung up, as far as can be seen now."""
    waiting = select.poll()
    waiting.register(client, select.POLLRDHUP)
    return any(event & _GONE for _, event in waiting.poll(0))


class Nursery:
    """Where workers come from; started again where it has died."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._memory = memory
        self._lock = threading.Lock()
        self._pid = 0
        self._control: socket.socket | None = None

    def start(self) -> None:
        """Start it, if it has not been: at once where this process has no other thread yet, else as a new Python."""
        with self._lock:
            if self._control is None:
                self._control = self._start()

    def fork(self, role: bytes = WORKER) -> Hand:
        """A new process, which may still have to open the store. Raises StoreError where none can be had."""
        with self._lock:
            for _ in range(2):
                try:
                    return self._fork(role)
                except OSError:
                    self._stop()
        raise StoreError("No process can be started for this query: try again later.")

    def close(self) -> None:
        """End it, and its workers with it."""
        with self._lock:
            self._stop()

    def _fork(self, role: bytes) -> Hand:
        if self._control is None:
            self._control = self._start()
        self._control.sendall(role)
        said, found, _, _ = socket.recv_fds(self._control, 32, 2)
        if len(found) != 2:
            raise ConnectionError("the nursery is gone")
        return Hand(socket.socket(fileno=found[0]), found[1], int(said))

    def _start(self) -> socket.socket:
        near, far = frames.pair()
        if threading.active_count() == 1:
            self._pid = os.fork()
            if self._pid == 0:
                become(far.fileno(), self._folder, self._memory)
        else:
            place = [str(far.fileno()), str(self._folder), str(self._memory)]
            command = [sys.executable, "-c", "from server.pool.nursery import started; started()", *place]
            os.set_inheritable(far.fileno(), True)
            self._pid = os.posix_spawn(sys.executable, command, os.environ)
        far.close()
        return near

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._pid:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
            self._pid = 0
