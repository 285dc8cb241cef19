"""What each body has to do: plans it signs, clauses that name it, clauses that name it first.

python examples/task_load.py [STORE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.commands.tables import print_rows
from kg.store import Store

SIGNED = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?agency (COUNT(DISTINCT ?plan) AS ?plans) (COUNT(DISTINCT ?ahead) AS ?first) WHERE {
  ?plan a ckg:ActionPlan ; ckg:issuance ?issuance .
  ?issuance ckg:agency ?agency ; ckg:position ?position .
  BIND(IF(?position = 1, ?plan, ?none) AS ?ahead)
} GROUP BY ?agency"""
NAMED = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?agency (COUNT(DISTINCT ?plan) AS ?plans) (COUNT(DISTINCT ?clause) AS ?clauses)
  (COUNT(DISTINCT ?ahead) AS ?first)
WHERE {
  ?assignment a ckg:Assignment ; ckg:agency ?agency ; ckg:position ?position ; ckg:evidence ?clause .
  ?clause ckg:document ?plan .
  ?plan a ckg:ActionPlan .
  BIND(IF(?position = 1, ?clause, ?none) AS ?ahead)
} GROUP BY ?agency"""
LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?agency ?label WHERE { ?agency a ckg:Agency ; rdfs:label ?label FILTER(LANG(?label) = "zh") }"""


def rows(store: Store) -> list[dict[str, object]]:
    """A row for each body that signs or is named, those with the most clauses first."""
    signed, named = (_counts(store, query) for query in (SIGNED, NAMED))
    labels = {str(row["agency"]): row["label"].value for row in store.rows(LABELS)}
    found = [
        {
            "agency": labels[iri],
            "signs": signed.get(iri, {}).get("plans", 0),
            "signs first": signed.get(iri, {}).get("first", 0),
            "plans": named.get(iri, {}).get("plans", 0),
            "clauses": named.get(iri, {}).get("clauses", 0),
            "first": named.get(iri, {}).get("first", 0),
        }
        for iri in sorted({*signed, *named})
    ]
    return sorted(found, key=lambda row: (-row["clauses"], row["agency"]))


def _counts(store: Store, query: str) -> dict[str, dict[str, int]]:
    found = store.rows(query)
    return {str(row.pop("agency")): {name: int(term.value) for name, term in row.items()} for row in found}


if __name__ == "__main__":
    print_rows(rows(Store.open(Path(sys.argv[1] if sys.argv[1:] else "store"))), "table")
