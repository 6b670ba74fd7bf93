"""What a rebuild folds in small batches: what came since, and what could not be copied."""

from collections.abc import Mapping, Sequence

from domain.ports import StoredFact
from projections.base import Fact
from projections.ports import FoldFailed, Progress, RowsRefused
from services.rebuild_lane import Tools, pages
from services.rebuild_pages import Opener

SMALL_PAGE = 200


def bring_up(targets: Mapping[int, int], tools: Tools) -> int:
    """Bring the new views up to each lane's target; how many facts that was."""
    rest = Rest(tools)
    return sum(rest.bring_up(lane, target) for lane, target in targets.items())


class Rest:
    """The new views as they stand, taken further batch by batch."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._names = [projection.name for projection in tools.projections]
        self._standing = dict(tools.beside.reached())

    def bring_up(self, lane: int, target: int) -> int:
        """One lane; how many facts that was."""
        facts, opener, tools = 0, None, self._tools
        for page in pages(tools.store, lane, self._position(lane), target, SMALL_PAGE):
            if opener is None:
                waiting = frozenset(head.stream for head in tools.fresh.parked_heads([lane]))
                opener = Opener(tools.decode, waiting, tools.fresh.skipped([lane]))
            self._apply(lane, page, opener)
            facts += len(page)
        return facts

    def _position(self, lane: int) -> int:
        places = [self._standing.get((name, lane)) for name in self._names]
        return min((place.position for place in places if place), default=0)

    def _apply(self, lane: int, page: Sequence[StoredFact], opener: Opener) -> None:
        """Fold a page; a fact whose rows cannot be kept is found by halves and set aside."""
        before = opener.copy()
        facts: Sequence[Fact] = list(opener.facts(page))
        now = Progress("", 0, page[-1].position)
        while True:
            try:
                self._write(lane, facts, now, opener)
            except FoldFailed as refused:
                facts = opener.without(facts, page, refused)
            except RowsRefused as refused:
                if len(page) > 1:
                    opener.become(before)
                    half = len(page) // 2
                    self._apply(lane, page[:half], opener)
                    self._apply(lane, page[half:], opener)
                    return
                if not facts:
                    raise
                opener.park(page, facts[0], f"rows refused: {refused}")
                facts = opener.left_of(facts)
            else:
                return

    def _write(self, lane: int, facts: Sequence[Fact], now: Progress, opener: Opener) -> None:
        projections = self._tools.projections
        work = [(p, self._standing.get((p.name, lane)), now, facts) for p in projections]
        self._tools.fresh.apply(lane, work, opener.parked)
        self._standing |= {(name, lane): now for name in self._names}
