"""What commands share: the store's folder, and a progress line on standard error."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

DEFAULT_STORE = Path("store")

_PATIENCE = 1.0


def add_store(parser: argparse.ArgumentParser) -> None:
    """Give a command the option --store."""
    parser.add_argument("--store", type=Path, default=DEFAULT_STORE, help="folder of the graph (store)")


class Progress:
    """One line on a terminal that says what is being done, once the work has taken over a second."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = False

    def __call__(self, step: str) -> None:
        """Say the step that begins."""
        if sys.stderr.isatty() and time.monotonic() - self._start > _PATIENCE:
            sys.stderr.write(f"\r\x1b[K{step} …")
            sys.stderr.flush()
            self._shown = True

    def close(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
