"""Whether a fact of the store is the one the rows were made of (đúng sự kiện đã chiếu).

Positions alone do not tell: a store put back to an older state draws them again, by chance
in the same lane. What is written once says for each fact what it was.
"""

from domain.ports import StoredFact
from projections.base import Fact, Projection, Record, Row
from projections.batch import RowBuffer, concerning, fold_all, key_of
from services.projector.lanes import Desk, Lane


def is_folded(stored: StoredFact, lane: Lane, desk: Desk) -> bool:
    """Whether the record rows of this fact stand as it makes them, or it is set aside.

    Only the projections that stand at the fact are asked, and of those the ones that keep
    a record of every fact; without any of them nothing speaks against it.
    """
    if stored.position in lane.skipped or _is_parked(stored, desk):
        return True
    try:
        event = desk.decode(stored.type_name, stored.body)
    except (ValueError, LookupError):
        return True  # a newer release folded it; this one cannot say
    fact = Fact(stored.position, stored.lane, stored.type_name, stored.body, event)
    asked = [p for p in desk.projections if lane.places[p.name].position == stored.position]
    keepers = filter(keeps_all, asked)
    return all(_stands(p, fact, desk) or _put_back(p, lane, desk) for p in keepers)


def keeps_all(projection: Projection) -> bool:
    """Whether all its rows are written once, and so made of one fact each."""
    return all(issubclass(row, Record) for row in projection.tables)


def _stands(projection: Projection, fact: Fact, desk: Desk) -> bool:
    rows = RowBuffer({})
    fold_all(concerning([(projection, [fact])]), rows)
    made = (row for by_key in rows.written.values() for row in by_key.values())
    return all(_found(row, desk) == row for row in made if row is not None)


def _put_back(projection: Projection, lane: Lane, desk: Desk) -> bool:
    """The rows themselves are of another time than the lane thinks: they tell nothing now."""
    found = desk.views.progress(projection.name, [lane.number]).get(lane.number)
    return found != lane.places[projection.name].stored


def _found(row: Row, desk: Desk) -> Row | None:
    return desk.views.find(type(row), *key_of(row))


def _is_parked(stored: StoredFact, desk: Desk) -> bool:
    """The same bytes under the same stream: what was set aside of another history is another."""
    waiting = (parked.record for parked in desk.views.parked_records(stored.stream))
    return any((r.position, r.body) == (stored.position, stored.body) for r in waiting)
