"""The interface of this folder: one object a graph, made once and asked many times."""

from __future__ import annotations

from collections.abc import Collection

from kg.lookup.answers import Answers, Json, sparql
from kg.lookup.comparing import Comparisons
from kg.lookup.figures import Figured, Figures
from kg.lookup.finding import Finder, Found
from kg.lookup.frames import word_lists
from kg.lookup.intents import Intents, Wish
from kg.lookup.keeping import shelf_of
from kg.lookup.leads import Leading
from kg.lookup.lists import Lists
from kg.lookup.reading import Question
from kg.lookup.records import Records
from kg.lookup.search import Search
from kg.lookup.suggesting import Suggestions
from kg.lookup.things import Record
from kg.store import Store

_NEAR = 0.25
# A lead that nothing asked for is given before a number that is all but named only where it is as sure as this.
_SURE = 0.9
_SUGGESTED = 5
_MOST_FOUND = 100
_NOT_FOUND = {
    "zh": "文件中没有这个问题的答案。",
    "en": "The documents do not answer this question.",
}
_NOT_READ = {
    "zh": "没有读懂这个问题。可以照下面的例子提问。",
    "en": "The question could not be read. Ask as the examples do.",
}
_SUGGESTED_KINDS = ("cluster", "measure", "platform", "subsector", "category")


class Lookup:
    """Finds things and answers questions over one generation of a graph; it reads the graph when it is made."""

    def __init__(self, store: Store) -> None:
        """Where a shelf was kept beside the graph, nothing is made anew."""
        shelf = shelf_of(store)
        self._records = Records(shelf)
        self._search = Search(self._records, shelf)
        self._answers = Answers(store, self._records)
        self._leading = Leading(self._records, self._answers)
        self._finder = Finder(self._search, self._leading, shelf)
        self._suggestions = Suggestions(self._records, shelf)
        self._intents = Intents(self._records)
        self._lists = Lists(self._records, self._answers)
        self._comparisons = Comparisons(self._records, self._answers, self._leading)
        self._figures = Figures(self._records, self._answers, self._search.clusters, self._search.english, shelf)

    def search(self, q: str, kinds: Collection[str] | None = None, limit: int = 20) -> list[Json]:
        """Things by name or by what is said of them, best first, of these kinds where any are given; at most 100."""
        question = self._search.reader.read(q)
        return self._near(question, kinds, limit, _NEAR)

    def suggest(self, q: str, limit: int = 8) -> list[Json]:
        """Things whose names begin with what was typed (Chinese, pinyin, initials, English), or come near to it."""
        found = self._suggestions.find(q, limit)
        if found:
            return [self._answers.card(record, score) for record, score in found]
        return self.search(q, None, limit)

    def leads(self, q: str) -> Json:
        """Which agency leads what is asked for, in the contract's shape; nothing found gives suggestions."""
        question = self._search.reader.read(q)
        found = self._finder.find(question)
        return self._led(q, found) if found else self._unanswered(q, question)

    def ask(self, q: str) -> Json:
        """The answer to a question in words: like ``leads``, with the intent and a query that gives the same answer.

        A question that can't be answered gives no answers, suggestions, and a message in two languages; one that could
        not be read at all, with examples of what can be asked.
        """
        text = self._search.reader.folded(q)
        wish = self._intents.read(text)
        if wish.intent in {"leads", "bare", "figure"}:
            return self._asked_lead(q, wish, text)
        if wish.intent == "compare":
            answers, shared, query = self._comparisons.compare(wish)
            return {**self._answered(q, "compare", None, 1.0, answers, query), "shared": shared}
        if wish.intent in {"quantity", "growth"}:
            return self._number(q, wish, text)
        found = self._lists.answer(wish)
        if not found.answers:
            return self._not_found(q, wish.intent, found.query)
        answer = self._answered(q, wish.intent, _named(wish), 1.0, found.answers, found.query)
        return {**answer, "also": found.also} if found.also else answer

    def _asked_lead(self, q: str, wish: Wish, text: str) -> Json:
        """Who leads what was asked for, or the number that was named where nothing at all was asked."""
        question = self._search.reader.read(q)
        found = self._finder.find(question)
        if wish.intent != "leads":
            figure = self._figures.answer(wish, text, named=wish.intent == "bare")
            if figure.answers and (wish.intent == "figure" or found is None or found.score < _SURE):
                return self._figure(q, wish, figure)
        if found is None:
            return self._not_found(q, "leads", "", question)
        return {
            **self._led(q, found),
            "intent": "leads",
            "sparql": sparql(self._leading.query(found.records, found.within)),
        }

    def _number(self, q: str, wish: Wish, text: str) -> Json:
        """The growth that a goal asks for, where it can be reckoned, or else a number as it is printed."""
        if wish.intent == "growth":
            answers, query = self._comparisons.growth(wish, text)
            if answers:
                return self._answered(q, "growth", _named(wish), 1.0, answers, query)
        return self._figure(q, wish, self._figures.answer(wish, text))

    def _figure(self, q: str, wish: Wish, found: Figured) -> Json:
        if not found.answers:
            return self._not_found(q, "target", "")
        kind = str(found.answers[0]["kind"])
        return self._answered(q, kind, _named(wish), found.score, found.answers, found.query)

    def _not_found(self, q: str, intent: str, query: str, question: Question | None = None) -> Json:
        unanswered = self._unanswered(q, question or self._search.reader.read(q))
        told = {**unanswered, "intent": intent, "sparql": query or None, "message": _NOT_FOUND}
        if intent != "leads" or unanswered["suggestions"]:
            return told
        return {**told, "message": _NOT_READ, "examples": word_lists("askable")["examples"]}

    def _answered(
        self, q: str, intent: str, named: Record | None, score: float, answers: list[Json], query: str
    ) -> Json:
        matched = {**self._answers.thing(named), "score": round(min(1.0, score), 3)} if named else None
        return {
            "query": q,
            "intent": intent,
            "matched": matched,
            "answers": answers,
            "sparql": query,
            "suggestions": [],
        }

    def _led(self, q: str, found: Found) -> Json:
        answers = [self._leading.written(r, lead) for r in found.records for lead in self._leading.of(r, found.within)]
        matched = {**self._answers.thing(found.records[0]), "score": round(min(1.0, found.score), 3)}
        return {"query": q, "matched": matched, "answers": answers, "suggestions": []}

    def _unanswered(self, q: str, question: Question) -> Json:
        """No answer, with the clusters that the question names and what comes near to it."""
        mentions = self._search.clusters.find(question.units, question.space)
        named = [self._answers.card(mention.record, mention.worth) for mention in mentions]
        near = self._near(question, _SUGGESTED_KINDS, _SUGGESTED, _NEAR)
        suggestions = list({card["iri"]: card for card in (*named, *near)}.values())[:_SUGGESTED]
        return {"query": q, "matched": None, "answers": [], "suggestions": suggestions}

    def _near(self, question: Question, kinds: Collection[str] | None, limit: int, least: float) -> list[Json]:
        found = self._search.candidates(question, self._search.of_kinds(kinds), limit=min(limit, _MOST_FOUND))
        return [self._answers.card(c.record, c.score) for c in found if c.score >= least][:limit]


def _named(wish: Wish) -> Record | None:
    """The first thing that a question names."""
    return next(iter((*wish.agencies, *wish.districts, *wish.clusters, *wish.categories)), None)
