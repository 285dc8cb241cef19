"""``kg leads``, ``kg ask`` and ``kg search``: questions in words."""

from __future__ import annotations

import argparse
import json
from typing import Any

from kg.commands.options import add_store
from kg.commands.tables import add_format, print_rows
from kg.lookup import Lookup
from kg.rdf.terms import ID
from kg.store import Store


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    for name, what, run in (
        ("leads", "which agency leads a cluster, a measure, a platform", _leads),
        ("ask", "a question in words", _ask),
        ("search", "things by name or by what is said of them", _search),
    ):
        parser = commands.add_parser(name, help=what)
        parser.add_argument("words", nargs="+", help="what is asked, in Chinese, English or pinyin")
        add_store(parser)
        add_format(parser)
        parser.set_defaults(run=run)


def _leads(arguments: argparse.Namespace) -> int:
    answer = _lookup(arguments).leads(" ".join(arguments.words))
    return _print(answer, [_lead_row(a) for a in answer["answers"]], arguments.format)


def _ask(arguments: argparse.Namespace) -> int:
    answer = _lookup(arguments).ask(" ".join(arguments.words))
    rows = [_lead_row(a) if "agency" in a else _thing_row(a) for a in (*answer["answers"], *answer.get("also", ()))]
    return _print(answer, rows, arguments.format)


def _search(arguments: argparse.Namespace) -> int:
    found = _lookup(arguments).search(" ".join(arguments.words))
    rows = [{"label": f["label"], "kind": f["kind"], "score": f["score"], "thing": _short(f["iri"])} for f in found]
    print_rows(rows, arguments.format)
    return 0 if found else 1


def _lookup(arguments: argparse.Namespace) -> Lookup:
    return Lookup(Store.open(arguments.store))


def _print(answer: dict[str, Any], rows: list[dict[str, object]], form: str) -> int:
    """Print an answer; without one, say so with what is near, and exit with 1."""
    if form == "json":
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    elif rows:
        print_rows(rows, form)
    else:
        near = "、".join(str(s["label"]) for s in answer.get("suggestions", []))
        print("文件中没有答案 (the documents don't say)" + (f"；相近的有 (nearest): {near}" if near else ""))
        for example in answer.get("examples", {}).get("zh", ()):
            print(f"  可以问 (ask): {example}")
    return 0 if rows else 1


def _lead_row(answer: dict[str, Any]) -> dict[str, object]:
    evidence = answer.get("evidence") or [{}]
    return {
        "agency": answer["agency"]["label"],
        "basis": answer.get("basis", ""),
        "about": answer["about"]["label"],
        "cluster": answer["about"].get("cluster") or "",
        "quote": evidence[0].get("quote", ""),
        "where": evidence[0].get("url", ""),
    }


def _thing_row(answer: dict[str, Any]) -> dict[str, object]:
    evidence = answer.get("evidence") or [{}]
    keys = ("label", "metric", "comparator", "value", "minValue", "maxValue", "unit", "year", "period", "role", "basis")
    row: dict[str, object] = {key: answer[key] for key in keys if answer.get(key) is not None}
    return {**row, "quote": evidence[0].get("quote", ""), "where": evidence[0].get("url", "")}


def _short(iri: str) -> str:
    return iri.removeprefix(ID)
