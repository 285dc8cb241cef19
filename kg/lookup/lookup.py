"""The interface of this folder: one object a graph, made once and asked many times."""

from __future__ import annotations

from collections.abc import Collection

from kg.lookup.answers import Answers, Json, sparql
from kg.lookup.figures import Figures
from kg.lookup.finding import Finder, Found
from kg.lookup.intents import Intents, Wish
from kg.lookup.leads import Leading
from kg.lookup.lists import Lists
from kg.lookup.normal import fold
from kg.lookup.reading import Question
from kg.lookup.records import Records
from kg.lookup.search import Search
from kg.lookup.suggesting import Suggestions
from kg.store import Store

_NEAR = 0.25
_SUGGESTED = 5
_MOST_FOUND = 100
_NOT_FOUND = {
    "zh": "文件中没有这个问题的答案。",
    "en": "The documents do not answer this question.",
}
_SUGGESTED_KINDS = ("cluster", "measure", "platform", "subsector", "category")


class Lookup:
    """Finds things and answers questions over one generation of a graph; it reads the graph when it is made."""

    def __init__(self, store: Store) -> None:
        self._records = Records(store)
        self._search = Search(self._records)
        self._answers = Answers(store, self._records)
        self._leading = Leading(self._records, self._answers)
        self._finder = Finder(self._search, self._leading)
        self._suggestions = Suggestions(self._records)
        self._intents = Intents(self._records)
        self._lists = Lists(self._records, self._answers)
        self._figures = Figures(self._records, self._answers, self._search.clusters, self._search.english)

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

        A question that can't be answered gives no answers, suggestions, and a message in two languages.
        """
        text = fold(q)
        wish = self._intents.read(text)
        if wish.intent == "leads":
            return self._asked_lead(q)
        answers, query, score, intent = self._listed(wish, text)
        if not answers:
            unanswered = self._unanswered(q, self._search.reader.read(q))
            return {**unanswered, "intent": intent, "sparql": query or None, "message": _NOT_FOUND}
        named = (*wish.agencies, *wish.districts, *wish.clusters)
        matched = {**self._answers.thing(named[0]), "score": round(min(1.0, score), 3)} if named else None
        return {
            "query": q,
            "intent": intent,
            "matched": matched,
            "answers": answers,
            "sparql": query,
            "suggestions": [],
        }

    def _listed(self, wish: Wish, text: str) -> tuple[list[Json], str, float, str]:
        if wish.intent != "quantity":
            return (*self._lists.answer(wish), 1.0, wish.intent)
        answers, query, score = self._figures.answer(wish, text)
        return answers, query, score, str(answers[0]["kind"]) if answers else "target"

    def _asked_lead(self, q: str) -> Json:
        question = self._search.reader.read(q)
        found = self._finder.find(question)
        if found is None:
            return {**self._unanswered(q, question), "intent": "leads", "sparql": None, "message": _NOT_FOUND}
        return {**self._led(q, found), "intent": "leads", "sparql": sparql(self._leading.query(found.records))}

    def _led(self, q: str, found: Found) -> Json:
        answers = [self._leading.written(r, lead) for r in found.records for lead in self._leading.of(r)]
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
