"""Makes every view anew from the store, beside the live ones, and swaps (dựng lại khung nhìn).

Lane by lane in memory, then in small batches until the new views stand exactly where the
live ones do; then both are compared and exchanged while the projectors wait a moment.
Afterwards they find their progress where they left it.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ports import LANES, FactStore, StoredFact
from infra.postgres.views.beside import Beside, Still
from projections.base import Fact, Projection
from projections.lane_rows import LaneRows
from projections.ports import FoldFailed, Progress, ViewStore
from services.rebuild_pages import Decode, Opener

PAGE = 2_000
SMALL_PAGE = 200
ENDLESS = 2**62


@dataclass(frozen=True)
class Advance:
    """How far a rebuild is. ``remaining`` in seconds, None while nothing can be said."""

    facts: int
    share: float
    rate: float
    remaining: float | None


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did. Digests by table, of the live rows before and the new rows after.

    They differ where the live rows were wrong, were made by an older release, or a
    projection had not caught up with the others.
    """

    facts: int
    seconds: float
    before: Mapping[str, str]
    after: Mapping[str, str]

    @property
    def equal(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


class Rebuild:
    """One rebuild. ``fresh`` is the view store of the schema beside the live one."""

    def __init__(
        self,
        store: FactStore,
        beside: Beside,
        fresh: ViewStore,
        projections: Sequence[Projection],
        decode: Decode,
        tell: Callable[[Advance], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._beside = beside
        self._fresh = fresh
        self._projections = projections
        self._names = [projection.name for projection in projections]
        self._decode = decode
        self._tell = tell
        self._facts = 0
        self._share = dict.fromkeys(range(LANES), 0.0)
        self._began = 0.0

    def run(self, *, resume: bool = False) -> Rebuilt:
        """Make the views anew and swap. With ``resume``, keep lanes already finished."""
        self._began = time.monotonic()
        self._beside.begin(resume=resume)
        done = self._beside.lanes_done()
        for lane, target in self._targets().items():
            if lane not in done:
                self._fold_lane(lane, target)
            self._share[lane] = 1.0
        self._beside.index()
        self._catch_up()
        with self._beside.standing_still() as still:
            self._catch_up()
            return self._swap(still)

    def _swap(self, still: Still) -> Rebuilt:
        before, after = still.digests()
        still.swap()
        return Rebuilt(self._facts, time.monotonic() - self._began, before, after)

    def _targets(self) -> dict[int, int]:
        """How far to fold each lane: as far as the live views, or to the end of a lane unbegun."""
        targets = dict.fromkeys(range(LANES), 0)
        for (_, lane), progress in self._beside.live().items():
            targets[lane] = max(targets[lane], progress.position)
        return {lane: target or ENDLESS for lane, target in targets.items()}

    def _fold_lane(self, lane: int, target: int) -> None:
        rows, opener = LaneRows(), Opener(self._decode)
        last, newest = 0, None
        with self._beside.lane() as writer:
            for page in self._pages(lane, 0, target, PAGE):
                newest = self._fold_page(page, rows, opener) or newest
                for row, records in rows.take_records().items():
                    writer.write(row, records)
                last = page[-1].position
                self._advance(lane, last, target, len(page))
            for row, values in rows.tables():
                for start in range(0, len(values), PAGE):
                    writer.write(row, values[start : start + PAGE])
            writer.park(opener.parked)
            if last:
                writer.finish(lane, self._names, last, newest)

    def _fold_page(
        self, page: Sequence[StoredFact], rows: LaneRows, opener: Opener
    ) -> datetime | None:
        newest = None
        for fact in opener.facts(page):
            try:
                rows.fold(fact, self._projections)
                newest = fact.event.timestamp
            except FoldFailed as refused:
                opener.set_aside(page, refused)
        return newest

    def _catch_up(self) -> None:
        """Bring the new views to where the live ones are, in small batches."""
        for lane, target in self._targets().items():
            opener = Opener(self._decode, self._fresh.parked_streams([lane]))
            for page in self._pages(lane, self._position(lane), target, SMALL_PAGE):
                self._apply(lane, page, opener)
                self._facts += len(page)

    def _apply(self, lane: int, page: Sequence[StoredFact], opener: Opener) -> None:
        facts: Sequence[Fact] = list(opener.facts(page))
        now, standing = Progress("", 0, page[-1].position), self._beside.reached()
        while True:
            work = [(p, standing.get((p.name, lane)), now, facts) for p in self._projections]
            try:
                self._fresh.apply(lane, work, opener.parked)
            except FoldFailed as refused:
                facts = opener.without(facts, page, refused)
            else:
                return

    def _position(self, lane: int) -> int:
        reached = self._beside.reached()
        here = [reached[name, lane].position for name in self._names if (name, lane) in reached]
        return min(here, default=0)

    def _pages(
        self, lane: int, after: int, target: int, size: int
    ) -> Iterator[Sequence[StoredFact]]:
        """The lane's facts after a position, up to a target."""
        while after < target:
            page = [
                fact
                for fact in self._store.read(after=after, limit=size, lanes=[lane])
                if fact.position <= target
            ]
            if not page:
                return
            yield page
            after = page[-1].position

    def _advance(self, lane: int, position: int, target: int, facts: int) -> None:
        self._facts += facts
        self._share[lane] = min(1.0, position / min(target, max(self._store.head(), 1)))
        share = sum(self._share.values()) / LANES
        seconds = max(time.monotonic() - self._began, 1e-9)
        remaining = seconds * (1 - share) / share if share else None
        self._tell(Advance(self._facts, share, self._facts / seconds, remaining))
