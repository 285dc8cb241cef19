"""The log is written beside the requests, and whoever reads it can't stop them."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from io import FileIO

import pytest

from server.journal import Journal
from tests.server.service import wait_until

LINE = "x" * 99 + "\n"


@pytest.fixture
def pipe() -> Iterator[tuple[FileIO, FileIO]]:
    """Both ends of a pipe that holds one page."""
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    with FileIO(reader) as out, FileIO(writer, "w") as into:
        yield out, into


def test_lines_come_whole_and_in_their_order(pipe: tuple[FileIO, FileIO]) -> None:
    out, into = pipe
    journal = Journal(into)
    threads = [threading.Thread(target=journal.add, args=[f"{n} 一\n", f"{n} 二\n"]) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.add("last\n")
    journal.close()
    lines = out.read(4096).decode().splitlines()
    assert lines[-1] == "last" and sorted(lines[:-1]) == sorted(f"{n} {c}" for n in range(20) for c in "一二")
    assert all(lines.index(f"{n} 一") < lines.index(f"{n} 二") for n in range(20)) and journal.lost == 0


def test_a_reader_that_stops_loses_the_oldest_lines_and_nobody_waits_for_it(pipe: tuple[FileIO, FileIO]) -> None:
    out, into = pipe
    journal = Journal(into, most=10)
    # The pipe is full, so that the writer is at its first line and takes no other.
    into.write(b"-" * 4095 + b"\n")
    journal.add("first\n")
    assert wait_until(lambda: not journal._lines)
    for number in range(200):
        journal.add(f"{number}\n")
    assert journal.lost == 190
    found = b""
    while b"199\n" not in found:
        found += out.read(4096)
    journal.close()
    assert found.decode().splitlines()[1:] == ["first", *(str(number) for number in range(190, 200))]


def test_a_stream_that_takes_nothing_at_once_gets_all_of_it(pipe: tuple[FileIO, FileIO]) -> None:
    out, into = pipe
    os.set_blocking(into.fileno(), False)
    journal = Journal(into)
    journal.add(*[LINE] * 400)
    found = b""
    while len(found) < 40_000:
        found += out.read(4096)
    assert found == LINE.encode() * 400
    journal.close()
