"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes its place when the block ends well.

    Raises KgError where it can't be written; what stood there stays.
    """
    scratch = path.with_name(f".{path.name}.part")
    try:
        with scratch.open("wb") as out:
            yield out
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise KgError(f"The file {path} can't be written: {error.strerror or error}.") from error


def folder(path: Path) -> Path:
    """A folder to write files into, made where there is none.

    Raises KgError where it can't be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(f"The folder {path} can't be made: {error.strerror or error}.") from error
    return path
