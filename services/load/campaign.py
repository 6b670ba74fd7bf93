"""One load run against one stack: who takes part, with which tokens, judged how."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import quantiles
from typing import Any, TypeVar

from domain.codes import Role
from domain.days import day_of
from domain.directory import Office
from domain.ports import PARTITIONS, StoreUnavailable
from infra.settings import Settings
from projections.ports import StreamRecord, StreamUnavailable, ViewsUnavailable
from projections.queries import Views
from services import wiring
from services.load.client import Ledger
from services.load.oracle import ACTOR, FactId, Verdict, compare, read_stream, stored_since
from services.load.run import Ask, run
from services.load.scripts import Country
from services.load.watching import Place, all_current, boards_open
from services.trust import local_issuer

T = TypeVar("T")
AWAY = (StoreUnavailable, ViewsUnavailable, StreamUnavailable)
FOLD_WITHIN = 120.0
BACK_WITHIN = 60.0
"""Seconds that Postgres or a broker may be away while the oracle reads."""
FEED_PAGE = 5_000


class Campaign:
    """The run and everything it is judged by. Needs the stack's own secrets: its state folder."""

    def __init__(self, settings: Settings, ask: Ask, offices: int) -> None:
        self._settings = settings
        self._issuer = local_issuer(settings)
        self._ask = ask
        self._store = wiring.open_store(settings, pool_size=3)
        self._head = self._store.head()
        follower = wiring.open_directory(settings)
        self._directory, self._today = follower.current(), day_of(settings.clock().now())
        follower.close()
        self._country = Country(self._offices(offices), self._today.isoformat())

    async def run(self, progress: Callable[[Ledger], None]) -> tuple[Ledger, bool]:
        """Act as the offices; whether the boards held open show it all when it is over."""
        async with boards_open(self._ask.urls, self._watched()) as boards:
            ledger = await run(self._ask, self._country, cache(self._token), progress)
            await asyncio.to_thread(self._wait_until_folded)
            return ledger, await all_current(boards)

    def _wait_until_folded(self) -> bool:
        """Wait until every lane's views show the run's facts; False when they do not in time."""
        stored = patiently(lambda: stored_since(self._store, self._head))
        wanted = {fact.lane: fact.position for fact in stored.facts}
        views = wiring.open_views(self._settings, pool_size=2)
        until = time.monotonic() + FOLD_WITHIN
        try:
            while not (shown := patiently(lambda: _show(views, wanted))):
                if time.monotonic() > until:
                    break
                time.sleep(0.2)
            return shown
        finally:
            views.close()

    def judge(self, ledger: Ledger, *, boards_equal: bool, live_equal: bool) -> Verdict:
        """Read store, stream and history, and compare; whoever is away is asked again."""
        views = wiring.open_views(self._settings, pool_size=2)
        try:
            return compare(
                ledger,
                patiently(lambda: stored_since(self._store, self._head)),
                patiently(self._streamed),
                patiently(lambda: folded_since(views, self._head)),
                boards_equal=boards_equal,
                live_equal=live_equal,
                stream=self._settings.stream,
            )
        finally:
            views.close()
            self._store.close()

    def _streamed(self) -> Sequence[StreamRecord]:
        stream = wiring.open_stream(self._settings)
        try:
            return read_stream(stream, self._head)
        finally:
            stream.close()

    def measured(self, ledger: Ledger) -> Mapping[str, Any]:
        """Latencies in milliseconds and what went otherwise than planned."""
        cuts = quantiles(ledger.seconds, n=100) if len(ledger.seconds) > 1 else [0.0] * 99
        return {
            "p50_ms": round(cuts[49] * 1000, 1),
            "p95_ms": round(cuts[94] * 1000, 1),
            "p99_ms": round(cuts[98] * 1000, 1),
            "retries": dict(ledger.retries),
            "not_retryable": ledger.not_retryable,
            "resolved_by_key": ledger.resolved,
            "refused": dict(ledger.refused),
        }

    def _token(self, office: str, role: Role) -> str:
        return self._issuer.issue(f"{ACTOR}{role.value}", office, role)

    def _watched(self) -> Place:
        """The province above the first office, with its leader's token."""
        province = self._directory.ancestors(self._country.offices[0].unit, self._today)[-1]
        office = self._directory.committee_of(province.unit_id, self._today)
        return Place(province.unit_id, self._token(office.office_id, Role.LEADER))

    def _offices(self, wanted: int) -> Sequence[Office]:
        """Commune committees, spread evenly over the country."""
        directory, today = self._directory, self._today
        communes = [
            unit
            for root in directory.roots(today)
            for unit in directory.units_under(root.unit_id, today)
            if unit.level == "commune"
        ]
        step = max(1, len(communes) // wanted)
        return [directory.committee_of(unit.unit_id, today) for unit in communes[::step][:wanted]]


def folded_since(views: Views, position: int) -> Mapping[FactId, int]:
    """Every fact of the case history above a position, and how often it stands there."""
    found: Counter[FactId] = Counter()
    vector = dict.fromkeys(range(PARTITIONS), position)
    while rows := views.feed(vector, limit=FEED_PAGE):
        for row in rows:
            found[row.stream, row.version] += 1
            vector[row.lane] = max(vector[row.lane], row.position)
    return found


def patiently(read: Callable[[], T]) -> T:
    """Read what a fault of the run may have taken away for a while.

    Raises the last reason when it stays away.
    """
    until = time.monotonic() + BACK_WITHIN
    while True:
        try:
            return read()
        except AWAY:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _show(views: Views, wanted: Mapping[int, int]) -> bool:
    """Whether every projection has reached these positions, lane by lane."""
    reached = views.freshness().positions
    return all(reached.get(lane, 0) >= position for lane, position in wanted.items())
