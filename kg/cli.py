"""The command ``kg``: every error of the user's is one plain sentence on standard error, with exit status 1."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from kg.commands import answers, evaluation, graph, queries
from kg.errors import KgError


def parser() -> argparse.ArgumentParser:
    """The parser of all commands, those that other packages register (``kg.commands``) included."""
    root = argparse.ArgumentParser(prog="kg", description="Who does what in industrial policy, sentence by sentence.")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (graph, queries, answers, evaluation):
        module.register(commands)
    for point in sorted(entry_points(group="kg.commands"), key=lambda p: p.name):
        point.load()(commands)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 not possible as asked, 2 wrong usage."""
    arguments = parser().parse_args(argv)
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
