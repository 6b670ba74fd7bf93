"""One lane folded from its beginning in memory, and copied into tables that have no keys yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ports import FactStore, StoredFact
from infra.postgres.views.beside import Beside
from infra.postgres.views.copying import LaneWriter
from projections.base import Fact, Projection
from projections.lane_rows import LaneRows
from projections.ports import FoldFailed, ViewStore
from services.rebuild_pages import Decode, Opener

PAGE = 2_000


@dataclass(frozen=True)
class Tools:
    """What lanes are folded with. ``fresh`` is the view store of the schema beside."""

    store: FactStore
    beside: Beside
    fresh: ViewStore
    projections: Sequence[Projection]
    decode: Decode


def fold_lane(lane: int, target: int, tools: Tools, tell: Callable[[int, int], None]) -> None:
    """Fold a lane up to a target, wholly or not at all.

    ``tell`` is given the position and the number of facts of each page. Raises
    ``RowsRefused`` when the database does not take the rows.
    """
    rows = LaneRows()
    opener = Opener(tools.decode, skipped=tools.fresh.skipped([lane]))
    last, newest = 0, None
    with tools.beside.lane() as writer:
        for page in pages(tools.store, lane, 0, target, PAGE):
            newest = _fold_page(page, rows, opener, tools.projections) or newest
            for row, records in rows.take_records().items():
                writer.write(row, records)
            last = page[-1].position
            tell(last, len(page))
        _write_rows(rows, writer)
        writer.park(opener.parked)
        if last:
            writer.finish(lane, [p.name for p in tools.projections], last, newest)


def pages(
    store: FactStore, lane: int, after: int, target: int, size: int
) -> Iterator[Sequence[StoredFact]]:
    """A lane's facts after a position, up to a target."""
    while after < target:
        found = store.read(after=after, limit=size, lanes=[lane])
        page = found if found and found[-1].position <= target else _up_to(target, found)
        if not page:
            return
        yield page
        after = page[-1].position


def _up_to(target: int, facts: Sequence[StoredFact]) -> Sequence[StoredFact]:
    return [fact for fact in facts if fact.position <= target]


def _fold_page(
    page: Sequence[StoredFact], rows: LaneRows, opener: Opener, projections: Sequence[Projection]
) -> datetime | None:
    """Take a page in, but for what cannot be folded; when its newest fact was recorded."""
    facts: Sequence[Fact] = list(opener.facts(page))
    while True:
        try:
            rows.fold(facts, projections)
        except FoldFailed as refused:
            facts = opener.without(facts, page, refused)
        else:
            return max((fact.event.timestamp for fact in facts), default=None)


def _write_rows(rows: LaneRows, writer: LaneWriter) -> None:
    for row, values in rows.tables():
        for start in range(0, len(values), PAGE):
            writer.write(row, values[start : start + PAGE])
    for tally, counts in rows.tallies().items():
        writer.write_tallies(tally, counts)
