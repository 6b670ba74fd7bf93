"""After the last blow: what heals by itself must, and what an operator mends is named first."""

from collections.abc import Sequence
from uuid import UUID

from domain.ports import LANES, StoredFact
from infra.serial import decode
from projections.access_log import AccessRow
from projections.case_history import HistoryRow
from projections.ports import FoldFailed, Progress
from services.projector.batch import NO_STREAM
from services.projector.lanes import Desk
from services.projector.release import release_stream
from tests.simulation.chaos import send_again
from tests.simulation.oracle import Broken, folded, foreign, missing, must, stored
from tests.simulation.projectors import PROJECTIONS
from tests.simulation.world import World

SLICE = 5.0
PATIENCE = 1_500.0
"""Seconds of the world until it must stand as it should. A hole is read again after 60 s."""

SOON = 60.0
"""Seconds until a hole shows: a dead projector's lanes are taken over, then looked at."""

TWO_LOOKS = 135.0
"""Seconds after which every projector has compared itself with the store."""


def heal(world: World) -> None:
    """Let the world come to rest, doing what an operator is told to do and no more."""
    world.calm = True
    world.down.clear()
    world.scheduler.thaw()
    wait_for_offices(world)
    upgrade(world)
    if world.former is not None:
        mend_fork(world)
    end = world.scheduler.now + PATIENCE
    while not settled(world):
        if world.scheduler.now > end:
            raise Broken(f"does not come to rest: {standing(world)}")
        world.scheduler.run(SLICE)
        release_all(world)
        if sent(world):
            mend_holes(world)


def wait_for_offices(world: World) -> None:
    """Everybody is answered in the end."""
    end = world.scheduler.now + PATIENCE
    while not all(office.ended for office in world.offices):
        must(world.scheduler.now < end, "an office is never answered")
        world.scheduler.run(SLICE)


def upgrade(world: World) -> None:
    """The release that reads everything is installed."""
    if world.old_release:
        world.old_release = frozenset()
        for projector in world.projectors:
            world.scheduler.kill(projector)


def release_all(world: World) -> None:
    """Fold what was set aside, once it can be read."""
    for stream in sorted(waiting(world)):
        world.struck("a parked stream was released")
        try:
            release_stream(stream, Desk(PROJECTIONS, world.views, decode))
        except FoldFailed as refused:
            raise Broken(f"set aside out of order: {refused}") from refused


def sent(world: World) -> bool:
    """Whether a relay has sent all there is to the topics there are."""
    stands = world.cursor_row.stands
    return stands.position == world.store.head() and stands.topic_ids == world.broker.ids


def settled(world: World) -> bool:
    """Whether all is sent, and folded by every projection, and nothing waits."""
    return sent(world) and not missing(world) and not behind(world) and not waiting(world)


def waiting(world: World) -> set[UUID]:
    """The streams of which something is set aside."""
    return {head.stream for head in world.views.parked_heads(range(LANES))} - {NO_STREAM}


def behind(world: World) -> dict[int, int]:
    """The lanes that some projection has not folded to the end, and how far it came."""
    heads = world.heads()
    return {
        lane: position
        for projection in PROJECTIONS
        for lane, position in positions(world, projection.name).items()
        if position < heads[lane]
    }


def positions(world: World, projection: str) -> dict[int, int]:
    """Where a projection stands in each lane."""
    found = world.views.progress(projection, range(LANES))
    return {lane: found.get(lane, Progress("", 0, 0)).position for lane in range(LANES)}


def standing(world: World) -> str:
    """Where everything stands, for a failing run."""
    stands = world.cursor_row.stands
    findings = sorted({f for status in world.statuses.values() for f in status.findings})
    return (
        f"cursor {stands.position} of {world.store.head()}, behind {behind(world)}, "
        f"missing {sorted(missing(world))}, findings {findings}, forked {world.forked[-1:]}"
    )


def mend_holes(world: World) -> None:
    """What the carrier lost after it had acknowledged it is named, and sent again on demand."""
    lost = missing(world)
    must(lost <= world.owed, f"never came again: {sorted(lost - world.owed)}")
    if lost:
        check_named(world)
        send_again(world, min(lost) - 1)


def check_named(world: World) -> None:
    """Every lane that waits for what was lost says so."""
    end = world.scheduler.now + SOON
    while not waiting_for_lost(world) <= named(world):
        silent = sorted(waiting_for_lost(world) - named(world))
        must(world.scheduler.now < end, f"nobody tells of the holes in lanes {silent}")
        world.scheduler.run(SLICE)


def waiting_for_lost(world: World) -> set[int]:
    """The lanes whose rows go no further until something is sent again."""
    lost, folded_to = missing(world), positions(world, PROJECTIONS[0].name)
    waited = (fact for fact in stored(world) if fact.position in lost)
    return {fact.lane for fact in waited if fact.position > folded_to[fact.lane]}


def named(world: World, *, stopped: bool = False) -> set[int]:
    """The lanes with a finding."""
    return {
        told.lane
        for status in world.statuses.values()
        for told in status.lanes
        if told.finding is not None and (told.stopped or not stopped)
    }


def mend_fork(world: World) -> None:
    """A store that was put back: found out and named, nothing mixed; then mended as it says."""
    world.scheduler.run(TWO_LOOKS)
    release_all(world)
    affected = check_unmixed(world)
    strange = foreign(world)
    if strange:
        world.struck("a fork on the stream")
        must(bool(world.forked), f"no relay found the fork: {strange[0]}")
        over = new_on_stream(world)
        must(not over, f"published over a fork: {over}")
    for lane in affected:
        world.struck("a lane that folded what the store has no more")
        must(lane in named(world, stopped=True), f"lane {lane} does not stand still")
    if strange or affected:
        world.views = world.made.views()
        world.broker.make_anew()
        world.owed.clear()
        for projector in world.projectors:
            world.scheduler.kill(projector)


def new_on_stream(world: World) -> list[int]:
    """What was recorded after the putting back and stands on the stream."""
    assert world.former is not None
    before = {fact.body for fact in world.former.read(after=0, limit=world.former.head())}
    after = {fact.body for fact in stored(world)} - before
    records = (record for lane in range(LANES) for record in world.broker.records(lane))
    return [record.position for record in records if record.body in after]


def check_unmixed(world: World) -> set[int]:
    """Each lane's rows are of one history; the lanes whose rows are not the store's."""
    assert world.former is not None
    places = positions(world, PROJECTIONS[0].name)
    for projection in PROJECTIONS:
        must(positions(world, projection.name) == places, f"{projection.name} stands elsewhere")
    now, before = stored(world), world.former.read(after=0, limit=world.former.head())
    mine: list[StoredFact] = []
    affected: set[int] = set()
    for lane, position in places.items():
        ours = [fact for fact in now if fact.lane == lane and fact.position <= position]
        theirs = [fact for fact in before if fact.lane == lane and fact.position <= position]
        if ours != theirs and stands_at(world, theirs, position):
            affected.add(lane)
            mine += theirs
        else:
            mine += ours
    must(folded(mine) == world.views.rows, "two histories are mixed in the rows")
    return affected


def stands_at(world: World, facts: Sequence[StoredFact], position: int) -> bool:
    """Whether the rows were made of the last of these facts."""
    if not facts or facts[-1].position != position:
        return False
    event = decode(facts[-1].type_name, facts[-1].body)
    key = event.originator_id, event.originator_version
    told = world.views.find(HistoryRow, *key) or world.views.find(AccessRow, *key)
    return told is not None and (told.position, told.recorded_at) == (position, event.timestamp)
