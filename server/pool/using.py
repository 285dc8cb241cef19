"""An update read before the engine sees it: what it must not do, and the dataset that the protocol gives it."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from server.errors import Problem
from server.guard import MAX_DEPTH
from server.tokens import Token, tokens

_TEMPLATES = {"INSERT", "DELETE"}


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that the patterns of an update see."""

    default: tuple[str, ...]
    named: tuple[str, ...]

    def clauses(self) -> str:
        """The same in SPARQL. Raises Problem 400 where a graph is not named by an absolute IRI."""
        try:
            found = [f"USING {ox.NamedNode(iri)}" for iri in self.default]
            found += [f"USING NAMED {ox.NamedNode(iri)}" for iri in self.named]
        except ValueError as error:
            raise Problem(f"图须用绝对 IRI 指明。A graph is named by an absolute IRI: {error}.") from error
        return " ".join(found) + " " if found else ""


def prepared(update: str, dataset: Dataset) -> str:
    """The update with its dataset written out. Line numbers stay.

    Raises Problem: 400 where it names a dataset itself while the protocol gives one, 403 where it would fetch from
    elsewhere, 413 where it nests too deep.
    """
    found = list(tokens(update))
    words = {token.text.upper() for token in found if token.kind == "word"}
    refused = sorted(words & {"LOAD", "SERVICE"})
    if refused:
        raise Problem(f"不允许 {refused[0]}：本服务不代访其他网站。{refused[0]} is refused: nothing is fetched.", 403)
    _check_depth(found)
    clauses = dataset.clauses()
    if not clauses:
        return update
    if words & {"USING", "WITH"}:
        detail = "数据集不可既在请求中又在更新中。The dataset is named by the request, so the update must not name one."
        raise Problem(detail, 400)
    return _inserted(update, found, clauses)


def _check_depth(found: list[Token]) -> None:
    depth = 0
    for token in found:
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
        if depth > MAX_DEPTH:
            raise Problem(f"更新嵌套过深。An update has at most {MAX_DEPTH} levels of nesting.", 413)


def _inserted(update: str, found: list[Token], clauses: str) -> str:
    """The update with these clauses before the WHERE of each operation that has a template.

    In the short form DELETE WHERE, the pattern is the template and no dataset can be given to it.
    """
    parts, done, depth, template = [], 0, 0, False
    for before, token in zip([Token("mark", ";", 0), *found], found, strict=False):
        if token.kind == "mark":
            depth += (token.text == "{") - (token.text == "}")
            template = template and not (depth == 0 and token.text == ";")
        if token.kind != "word" or depth:
            continue
        word = token.text.upper()
        template = template or word in _TEMPLATES
        if word == "WHERE" and template and before.text.upper() not in _TEMPLATES:
            parts += [update[done : token.start], clauses]
            done, template = token.start, False
    return "".join([*parts, update[done:]])
