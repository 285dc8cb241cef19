"""What a process that runs a stranger's query may do: so much memory, no network, no core dump, no life of its own."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SET_DEATH_SIGNAL = 1
_SET_NO_NEW_PRIVILEGES = 38
_NEW_USER = 0x10000000
_NEW_NET = 0x40000000
# Of 20: about a tenth of what a process has that has not stepped back.
_BACK = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how many.

    ``timeout`` is the deadline of a query in seconds from its arrival; ``budget`` the seconds after which it counts as
    a long one; ``memory`` the MiB that a worker may use beyond what it begins with; ``fast`` and ``long`` the queries
    that may run side by side in each lane; ``waiting`` those that may wait for each; ``body`` the bytes of an update.
    """

    timeout: float = 30.0
    budget: float = 0.1
    memory: int = 1024
    fast: int = 2
    long: int = 2
    waiting: int = 24
    body: int = 64 * 1024 * 1024


def confine(parent: int) -> None:
    """Bind this process: it dies with its parent, dumps no core, and has no network.

    The network is taken away where the system allows it; queries that would use it are refused before anyway.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(1)
    libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.unshare(_NEW_NET):
        libc.unshare(_NEW_USER | _NEW_NET)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cap(memory: int) -> None:
    """Let this process take so many MiB more than it has now, and say nothing when it dies of wanting more."""
    ceiling = _address_space() + memory * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)


def step_back(pid: int) -> None:
    """Let a process have the processor after those that have not stepped back; what else runs on this machine leaves it
    a part all the same, which it would not to one of Linux' idle class."""
    with suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, pid, _BACK)


def step_aside() -> None:
    """Let this process wait for the processor until another has done with it, rather than take it away: who asked it
    for something has more to do than to ask."""
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _address_space() -> int:
    """The bytes of address space that this process has taken."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
