"""The process that makes workers: it has loaded all they need, has one thread, and forks one whenever it is asked.

A front can't fork safely, since it has threads, and to start Python anew takes ten times as long. The front holds the
other end of the connection: when that closes, this process ends, and its workers die with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from kg.errors import KgError
from server.pool import frames, worker, writer
from server.pool.limits import confine

# What a request for a process asks for.
WORKER, WRITER, INDEXER = b"worker", b"writer", b"indexer"
_ROLES: dict[bytes, Callable[[socket.socket, Path, int], None]] = {
    WORKER: worker.work,
    WRITER: writer.work,
    INDEXER: worker.index,
}
_WRITER_SHARE = 4
_ARENAS = -8
_SIGNALS = (
    *(signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP, signal.SIGABRT, signal.SIGCHLD, signal.SIGWINCH),
    *(signal.SIGUSR1, signal.SIGUSR2),
)


def become(control: int, folder: Path, memory: int) -> NoReturn:
    """Turn a process that was just forked into a nursery, which keeps nothing of what it inherits but a connection."""
    try:
        os.closerange(3, control)
        os.closerange(control + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        signal.set_wakeup_fd(-1)
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        main(socket.socket(fileno=control), folder, memory)
    finally:
        os._exit(0)


def main(control: socket.socket, folder: Path, memory: int) -> None:
    """Fork a process for each request, and send back a connection to it and a handle to kill it by."""
    # A terminal sends this to all of its processes; the front decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Each arena of the allocator takes address space that counts against a worker's limit.
    ctypes.CDLL(None).mallopt(_ARENAS, 2)
    # What there is now stays: no worker need go through it again, or get pages of its own for that.
    gc.freeze()
    while role := control.recv(16):
        _bury()
        worker.end_leases(folder)
        near, far = frames.pair()
        own = os.getpid()
        child = os.fork()
        if child == 0:
            control.close()
            near.close()
            _live(role, far, folder, own, memory * (_WRITER_SHARE if role == WRITER else 1))
        far.close()
        handle = os.pidfd_open(child)
        with suppress(BrokenPipeError):
            socket.send_fds(control, [str(child).encode()], [near.fileno(), handle])
        near.close()
        os.close(handle)


def _bury() -> None:
    """Take note of the children that have died."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _live(role: bytes, end: socket.socket, folder: Path, parent: int, memory: int) -> None:
    """The life of a child, which never returns to the loop that made it."""
    status = 1
    try:
        confine(parent)
        _ROLES[role](end, folder, memory)
        status = 0
    except (KgError, OSError) as error:
        print(f"kg: {error}", file=sys.stderr)
    finally:
        os._exit(status)


def started() -> None:
    """Be the nursery of a front that started this process as a new Python."""
    main(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]))
