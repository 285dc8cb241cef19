"""The figures of a running service in the format of Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kg.errors import KgError
from server.delivery import Cache
from server.execution import Remote, generation_of
from server.site import Site


class Figures(Collector):
    """What is known of a service at the moment when it is asked."""

    def __init__(self, site: Site, cache: Cache) -> None:
        self._site = site
        self._cache = cache
        self._generation = ("", time.monotonic())

    def collect(self) -> Iterator[Metric]:
        """The figures."""
        yield CounterMetricFamily("kg_cache_hits", "answers taken from the cache", value=self._cache.hits)
        yield GaugeMetricFamily("kg_cache_bytes", "bytes of answers kept", value=self._cache.size)
        yield from self._generations()
        if isinstance(self._site.store, Remote):
            yield from _of_the_pool(self._site.store)

    def _generations(self) -> Iterator[Metric]:
        try:
            name = generation_of(self._site.store)
        except KgError:
            return
        if name != self._generation[0]:
            self._generation = (name, time.monotonic())
        info = GaugeMetricFamily("kg_generation", "the generation that is served", labels=["generation"])
        info.add_metric([name], 1)
        yield info
        age = time.monotonic() - self._generation[1]
        yield GaugeMetricFamily("kg_generation_age_seconds", "how long it has been served here", value=age)


def registry_of(site: Site, cache: Cache) -> CollectorRegistry:
    """A registry with these figures, to which others can be added."""
    registry = CollectorRegistry()
    registry.register(Figures(site, cache))
    return registry


def _of_the_pool(store: Remote) -> Iterator[Metric]:
    figures = store.figures()
    queries = GaugeMetricFamily("kg_queries", "queries that run or wait now", labels=["state", "lane"])
    kills = CounterMetricFamily("kg_worker_kills", "workers that were ended, by reason", labels=["reason"])
    for name, number in sorted(figures.items()):
        state, _, what = name.partition("_")
        if state == "killed":
            kills.add_metric([what], number)
        else:
            queries.add_metric([state, what], number)
    yield queries
    yield kills
