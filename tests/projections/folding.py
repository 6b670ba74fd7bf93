"""How tests bring facts into a view store: in batches, by lane, as a projector does."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from infra.memory.views import MemoryViewStore
from projections.base import Fact, Projection, Row
from projections.ports import Progress, ViewStore
from tests.projections.chronicle import Chronicle, all_projections

R = TypeVar("R", bound=Row)

TOPIC = "topic-1"


def apply_batch(
    store: ViewStore, facts: Sequence[Fact], projections: Sequence[Projection] | None = None
) -> None:
    """One lane's batch into every projection."""
    lane = facts[0].lane
    work = []
    for projection in projections or all_projections():
        was = store.progress(projection.name, [lane]).get(lane)
        now = Progress(TOPIC, facts[-1].position + 1, facts[-1].position)
        work.append((projection, was, now, facts))
    store.apply(lane, work, [])


def by_lane(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    """Facts as the lanes carry them."""
    lanes: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        lanes[fact.lane].append(fact)
    return dict(lanes)


def fold_one_by_one(store: ViewStore, facts: Iterable[Fact]) -> None:
    """Every fact a batch of its own, in the order of the log."""
    projections = all_projections()
    for fact in facts:
        apply_batch(store, [fact], projections)


def fold_by_chance(store: ViewStore, facts: Iterable[Fact], random: Random) -> None:
    """Batches cut by chance; lanes overtake each other by chance."""
    projections = all_projections()
    lanes = by_lane(facts)
    while lanes:
        lane = random.choice(sorted(lanes))
        cut = random.randint(1, len(lanes[lane]))
        apply_batch(store, lanes[lane][:cut], projections)
        lanes[lane] = lanes[lane][cut:]
        if not lanes[lane]:
            del lanes[lane]


def folded(tale: Chronicle) -> MemoryViewStore:
    """The rows that a history adds up to, in memory."""
    store = MemoryViewStore()
    fold_one_by_one(store, tale.facts)
    return store


def only(store: MemoryViewStore, row: type[R]) -> R:
    """The one row of a type."""
    (found,) = store.rows[row].values()
    assert isinstance(found, row)
    return found


def unplaced(row: R) -> R:
    """The row without what says when it was folded, to compare what it says."""
    return replace(row, lane=0, position=0)  # type: ignore[type-var] # rows are dataclasses
