"""What must be true of every world in the end, and of the stream on the way there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from uuid import UUID

from domain.ports import LANES, StoredFact
from infra.memory.views import MemoryViewStore
from infra.serial import decode
from projections.base import Fact
from projections.chain import sift
from projections.ports import Progress, StreamRecord
from tests.simulation.projectors import PROJECTIONS
from tests.simulation.world import World


class Broken(AssertionError):
    """A promise was not kept."""


def must(kept: bool, what: str) -> None:
    """Refuse what is not so."""
    if not kept:
        raise Broken(what)


def stored(world: World) -> list[StoredFact]:
    """All that the store holds."""
    return list(world.store.read(after=0, limit=world.store.head()))


def told(world: World) -> dict[int, list[StreamRecord]]:
    """What the stream says, by lane, without what is no record of ours."""
    return {
        lane: [r for r in world.broker.records(lane) if r.position > 0 and r.fault is None]
        for lane in range(LANES)
    }


def missing(world: World) -> set[int]:
    """What the store holds and the stream does not."""
    there = {record.position for records in told(world).values() for record in records}
    return {fact.position for fact in stored(world)} - there


def foreign(world: World) -> list[StreamRecord]:
    """What the stream says and the store does not hold."""
    held = {fact.position: fact.body for fact in stored(world)}
    return [
        r for records in told(world).values() for r in records if held.get(r.position) != r.body
    ]


def check_commands(world: World) -> None:
    """I1, I2, I8: what was acknowledged is stored once, what was refused is not."""
    by_key: defaultdict[str, list[tuple[StoredFact, int]]] = defaultdict(list)
    for fact in stored(world):
        event = decode(fact.type_name, fact.body)
        by_key[event.correlation].append((fact, event.originator_version))
    for key, (ask, outcome) in world.acknowledged.items():
        facts = by_key[str(key)]
        receipt = world.store.find_receipt(key)
        must(receipt is not None and receipt.request == ask.request, f"no receipt of {key}")
        places = [(fact.stream, version, fact.position) for fact, version in facts]
        at = (outcome.subject, outcome.version, outcome.position)
        must(at in places, f"{key} was acknowledged at {at}, stored at {places}")
        must(
            max(v for s, v, _ in places if s == outcome.subject) == outcome.version, f"{key} twice"
        )
    for cause, facts in by_key.items():
        run = [fact.position for fact, _ in facts]
        must(run == list(range(run[0], run[0] + len(run))), f"{cause} has two effects: {run}")
        must(UUID(cause) not in world.refused, f"{cause} was refused and stored")
    check_streams(stored(world))


def check_streams(facts: Iterable[StoredFact]) -> None:
    """I3: the versions of a stream rise by one."""
    versions: defaultdict[UUID, int] = defaultdict(int)
    for fact in facts:
        versions[fact.stream] += 1
        must(fact.version == versions[fact.stream], f"{fact.stream}: {fact.version} out of order")


def check_stream(world: World) -> None:
    """I5: whoever reads the stream, again when there is a hole, folds exactly the store."""
    must(not missing(world), f"not on the stream: {sorted(missing(world))}")
    must(not foreign(world), f"not in the store: {foreign(world)[:3]}")
    facts = sorted(stored(world), key=lambda fact: fact.lane)
    by_lane = {lane: list(some) for lane, some in groupby(facts, key=lambda fact: fact.lane)}
    for lane, records in told(world).items():
        read, last, before = list[StreamRecord](), 0, -1
        while last != before:
            before, sifted = last, sift(records, last)
            read += sifted.fold
            last = sifted.last
            must(sifted.rewound is None, f"lane {lane} is rewound at {sifted.rewound}")
        wanted = [(fact.position, fact.body) for fact in by_lane.get(lane, [])]
        must([(r.position, r.body) for r in read] == wanted, f"lane {lane} reads otherwise")


def check_views(world: World) -> None:
    """I4: the rows are what a fresh fold of the store gives."""
    fresh = folded(stored(world))
    for row in fresh.keys() | world.views.rows.keys():
        mine, theirs = world.views.rows.get(row, {}), fresh.get(row, {})
        wrong = {key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)}
        some = [(key, mine.get(key), theirs.get(key)) for key in sorted(wrong, key=str)[:2]]
        must(not wrong, f"{row.__name__} differs in {len(wrong)} rows, has and should have: {some}")


def folded(facts: Iterable[StoredFact]) -> Mapping[type, Mapping[tuple[object, ...], object]]:
    """The rows of these facts, each lane at once."""
    views, by_lane = MemoryViewStore(), defaultdict[int, list[Fact]](list)
    for fact in facts:
        event = decode(fact.type_name, fact.body)
        by_lane[fact.lane].append(Fact(fact.position, fact.lane, fact.type_name, fact.body, event))
    for lane, some in by_lane.items():
        done = Progress("fresh", 0, some[-1].position)
        views.apply(lane, [(projection, None, done, some) for projection in PROJECTIONS], [])
    return views.rows
