"""Figures that share one head: A、B分别增长a、b, and 收入a元、利润b元，分别增长c、d."""

from __future__ import annotations

from kg.structure.figures.clauses import Clause
from kg.structure.figures.phrases import Phrase, shared_heads
from kg.structure.figures.wording import head_of, patterns


def shared_items(text: str, clauses: tuple[Clause, ...]) -> dict[int, str | int]:
    """Which clauses share the head of a list (A、B分别增长a、b), and the item that each is of.

    Where the clause names none, they are the figures before it, by number (收入a元、利润b元，分别增长c、d).
    """
    items: dict[int, str | int] = {}
    for index, clause in enumerate(clauses):
        head = text[clause.start : clause.found.start]
        if "分别" not in head:
            continue
        run = index + 1
        while run < len(clauses) and not text[clauses[run].start : clauses[run].found.start].strip("、和及 "):
            run += 1
        count = run - index
        found = shared_heads(head, count) if count > 1 else None
        items.update({index + k: name for k, name in enumerate(found or ())})
        if count > 1 and index >= count and not patterns()["change"].sub("", head_of(head)):
            items.update({index + k: index - count + k for k in range(count)})
    return items


def one_of_list(phrase: Phrase, item: str) -> Phrase:
    """The phrase of one item of a list; growth stays growth."""
    match = patterns()["metric"].fullmatch(item)
    subject, metric = (match["subject"], match["metric"]) if match else ("", item)
    suffix = next((s for s in ("增速", "降幅") if phrase.metric.endswith(s)), "")
    return Phrase(subject, metric + suffix, falls=phrase.falls)
