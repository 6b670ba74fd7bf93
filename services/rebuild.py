"""Makes every view anew from the store, beside the live ones, and swaps (dựng lại khung nhìn).

Lane by lane in memory, by this process and its helpers, up to where the live views stood at
one moment: there both are compared. What came since follows in small batches, at last while
the projectors wait a moment; then the new views are put in place. The projectors find their
progress where they left it, and what was folded here comes to them as repeats.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from domain.ports import LANES, FactStore
from infra.postgres.views.beside import Beside
from infra.postgres.views.moment import Moment
from projections.base import Projection
from projections.ports import RowsRefused, ViewStore
from services.rebuild_helper import Helper, helping
from services.rebuild_lane import Tools, fold_lane
from services.rebuild_pages import Decode
from services.rebuild_rest import bring_up

HELPERS = 1
"""Processes besides this one. Postgres works as much as they do, so more want more cores."""

ENDLESS = 2**62
WHOLE = dict.fromkeys(range(LANES), ENDLESS)
ROUNDS = 10
"""How often at most to catch up before the projectors are asked to wait."""
FEW = 100
"""Facts that may be folded while they wait."""

FoldLane = Callable[[int, int, Callable[[int, int], None]], bool]
"""Folds a lane up to a target; False when the database refused its rows."""


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
    """One rebuild. ``fresh`` is the view store of the schema beside the live one.

    ``helpers`` are the settings of helper processes, one each.
    """

    def __init__(
        self,
        store: FactStore,
        beside: Beside,
        fresh: ViewStore,
        projections: Sequence[Projection],
        decode: Decode,
        tell: Callable[[Advance], None] = lambda _: None,
        *,
        helpers: Sequence[Mapping[str, str]] = (),
    ) -> None:
        self._store = store
        self._beside = beside
        self._tools = Tools(store, beside, fresh, projections, decode)
        self._helpers = helpers
        self._tell = tell
        self._facts = 0
        self._head = 1
        self._share = dict.fromkeys(range(LANES), 0.0)
        self._began = 0.0
        self._lock = threading.Lock()

    def run(self, *, resume: bool = False) -> Rebuilt:
        """Make the views anew and swap. With ``resume``, keep lanes already finished."""
        self._began = time.monotonic()
        with ExitStack() as helped:
            helpers = [helped.enter_context(helping(env)) for env in self._helpers]
            self._beside.begin(resume=resume)
            moment = helped.enter_context(closing(self._beside.moment()))
            targets = self._targets(moment)
            self._fold_lanes(targets, helpers)
            self._beside.index()
            self._facts += bring_up(targets, self._tools)
            before, after = moment.digests(), self._beside.digests()
        self._swap()
        return Rebuilt(self._facts, time.monotonic() - self._began, before, after)

    def _swap(self) -> None:
        """Go to the store's end, the last steps while nobody writes the live views."""
        head, came, rounds = 0, FEW, 0
        while came >= FEW and rounds < ROUNDS:
            head, rounds = self._store.head(), rounds + 1
            came = bring_up(WHOLE, self._tools)
            self._facts += came
        with self._beside.standing_still() as still:
            if self._store.head() != head:
                self._facts += bring_up(WHOLE, self._tools)
            still.swap()

    def _targets(self, moment: Moment) -> dict[int, int]:
        """How far to fold each lane for the comparison: as far as the live views were.

        Where they hold nothing at all there is nothing to compare: to the end.
        """
        self._head = max(self._store.head(), 1)
        if not moment.standing:
            return dict.fromkeys(range(LANES), ENDLESS)
        targets = dict.fromkeys(range(LANES), 0)
        for (_, lane), progress in moment.standing.items():
            targets[lane] = max(targets[lane], progress.position)
        return targets

    def _fold_lanes(self, targets: Mapping[int, int], helpers: Sequence[Helper]) -> None:
        """Every lane that is not done, by whoever is free: this thread and the helpers."""
        done = self._beside.lanes_done()
        left = [(lane, targets[lane]) for lane in targets if lane not in done and targets[lane]]
        self._share |= dict.fromkeys(set(targets) - {lane for lane, _ in left}, 1.0)
        left.reverse()
        with ThreadPoolExecutor(max_workers=max(len(helpers), 1)) as crew:
            theirs = [crew.submit(self._take, left, helper.fold) for helper in helpers]
            with _emptied(left):
                self._take(left, self._fold_lane)
            for work in theirs:
                work.result()

    def _take(self, left: list[tuple[int, int]], fold: FoldLane) -> None:
        """One lane after the other while there are any.

        One whose rows the database refuses is left for the small batches, which find out why.
        """
        while left:
            with self._lock:
                if not left:
                    return
                lane, target = left.pop()
            told = 0

            def tell(at: int, facts: int, lane: int = lane, target: int = target) -> None:
                nonlocal told
                told += facts
                self._advance(lane, at, target, facts)

            if not fold(lane, target, tell):
                with self._lock:
                    self._facts -= told
            self._share[lane] = 1.0

    def _fold_lane(self, lane: int, target: int, tell: Callable[[int, int], None]) -> bool:
        try:
            fold_lane(lane, target, self._tools, tell)
        except RowsRefused:
            return False
        return True

    def _advance(self, lane: int, position: int, target: int, facts: int) -> None:
        with self._lock:
            self._facts += facts
            self._share[lane] = min(1.0, position / min(target, self._head))
            share = sum(self._share.values()) / LANES
            seconds = max(time.monotonic() - self._began, 1e-9)
            remaining = seconds * (1 - share) / share if share else None
            self._tell(Advance(self._facts, share, self._facts / seconds, remaining))


@contextmanager
def _emptied(left: list[tuple[int, int]]) -> Iterator[None]:
    """Nobody takes another lane once this one failed."""
    try:
        yield
    except BaseException:
        left.clear()
        raise
