"""The command ``kg``: every error of the user's is one plain sentence on standard error, with exit status 1."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from kg.errors import KgError

# Each command and the module that registers it: only the one that is asked for is loaded, so that it starts at once.
_COMMANDS = {
    "build": "graph",
    "add": "graph",
    "remove": "graph",
    "export": "graph",
    "validate": "graph",
    "query": "queries",
    "show": "queries",
    "leads": "answers",
    "ask": "answers",
    "search": "answers",
    "analyze": "analysis",
    "eval": "evaluation",
    "conflicts": "conflicts",
    "mcp": "mcp",
    "doubts": "account",
    "coverage": "account",
}

Register = Callable[[Any], None]


def parser(asked: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command that is asked for; of all of them, those of other packages included, where none is."""
    root = argparse.ArgumentParser(prog="kg", description="Who does what in industrial policy, sentence by sentence.")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for register in _registers(asked):
        register(commands)
    return root


def _registers(asked: str | None) -> list[Register]:
    """Where commands are registered: here, or by other packages through the entry-point group ``kg.commands``."""
    modules = [_COMMANDS[asked]] if asked in _COMMANDS else list(dict.fromkeys(_COMMANDS.values()))
    found: list[Register] = [import_module(f"kg.commands.{name}").register for name in modules]
    if asked not in _COMMANDS:
        found += [point.load() for point in sorted(entry_points(group="kg.commands"), key=lambda point: point.name)]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 not possible as asked, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = parser(words[0] if words else None).parse_args(words)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (kg … | head); Python's exit must not write to it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status
