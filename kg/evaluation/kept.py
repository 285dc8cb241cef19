"""Figures kept in a file, so that a change shows what it gains and what it loses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.evaluation.figures import Figures

_HEADER = (
    "# What the graph of the seeds reaches against tests/gold: shares from 0 to 1, a table a kind.\n"
    "# A test fails below these figures; kg eval tests/gold --update tests/quality.toml raises them.\n"
)

# Kind, name of the figure, figure.
Kept = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from the one kept."""

    kind: str
    figure: str
    before: float
    now: float


def read_kept(path: Path) -> Kept:
    """The figures that a file keeps; none where there is no such file. Raises KgError where it can't be read."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return {kind: {name: float(share) for name, share in shares.items()} for kind, shares in data.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise KgError(f"The figures in {path} can't be read: {error}.") from error


def changes(kept: Kept, found: Iterable[Figures]) -> list[Change]:
    """What rose or fell against the figures kept; a figure that was not kept has risen from 0."""
    now = {one.kind: one.shares() for one in found}
    return [
        Change(kind, name, kept.get(kind, {}).get(name, 0.0), shares.get(name, 0.0))
        for kind, shares in now.items()
        for name in dict.fromkeys((*shares, *kept.get(kind, {})))
        if shares.get(name, 0.0) != kept.get(kind, {}).get(name, 0.0)
    ]


def raised(kept: Kept, found: Iterable[Figures]) -> Kept:
    """The figures to keep: the better of each two. What is not measured any more stays as it was."""
    best: Kept = {kind: dict(shares) for kind, shares in kept.items()}
    for one in found:
        shares = best.setdefault(one.kind, {})
        for name, share in one.shares().items():
            shares[name] = max(share, shares.get(name, 0.0))
    return best


def write_kept(path: Path, kept: Kept) -> None:
    """Write figures to keep; raises KgError where the file can't be written."""
    tables = (f"\n[{kind}]\n" + "".join(f"{n} = {s}\n" for n, s in shares.items()) for kind, shares in kept.items())
    try:
        path.write_text(_HEADER + "".join(tables), encoding="utf-8")
    except OSError as error:
        raise KgError(f"The figures can't be written to {path}: {error.strerror}.") from error
