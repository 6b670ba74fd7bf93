"""One reader of the feed for all listeners: nobody misses anything."""

import asyncio
from collections.abc import Callable, Sequence

from services.api.sse import vector
from services.api.sse.hub import BATCH, Change, Hub
from services.api.sse.pending import RESET, Signal
from services.api.sse.vector import Vector
from tests.apart import run_apart

PROVINCE = "24-20250101"
START = vector.of({})
BOARD = Signal("board", PROVINCE)


class ListedFeed:
    """A feed of given changes."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.amended = 0

    def happen(self, position: int, lane: int = 0) -> None:
        self.changes.append(Change(lane, position, frozenset({BOARD})))

    def head(self) -> Vector:
        start = vector.of({}, self.amended)
        return vector.moved(start, ((each.lane, each.position) for each in self.changes))

    def since(self, place: Vector, limit: int) -> Sequence[Change]:
        later = [each for each in self.changes if each.position > place[each.lane]]
        return later[:limit]


def everything(_signal: Signal) -> bool:
    """A listener that hears all."""
    return True


def test_rows_are_read_once_for_all_listeners_and_none_is_lost_while_joining() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        await hub.turn()
        feed.happen(1)
        late = await hub.join(everything, START)
        assert late is not None
        feed.happen(2)
        await hub.turn()
        assert late.pending.take(0.0) == BOARD
        assert late.pending.told == vector.moved(START, [(0, 2)])

    run_apart(scene())


def test_the_hub_knows_how_many_signals_wait_for_slow_readers() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        await hub.turn()
        slow = [await hub.join(everything, START) for _ in range(2)]
        feed.happen(1)
        await hub.turn()
        assert hub.signals_waiting == 2
        feed.happen(2)
        await hub.turn()
        assert hub.signals_waiting == 2
        assert slow[0] is not None
        slow[0].pending.take(0.0)
        assert hub.signals_waiting == 1

    run_apart(scene())


def test_who_joins_before_the_first_look_misses_nothing() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        listener = await hub.join(everything, None)
        assert listener is not None
        feed.happen(1)
        await hub.turn()
        assert listener.pending.take(0.0) == BOARD

    run_apart(scene())


class RacingFeed(ListedFeed):
    """A feed where something happens just after a newcomer has read its backlog."""

    def __init__(self) -> None:
        super().__init__()
        self.race: Callable[[], None] | None = None

    def since(self, place: Vector, limit: int) -> Sequence[Change]:
        found = super().since(place, limit)
        race, self.race = self.race, None
        if race is not None:
            race()
        return found


def test_what_happens_between_backlog_and_joining_is_not_lost() -> None:
    feed = RacingFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        loop = asyncio.get_running_loop()

        def happen_and_hand_out() -> None:
            feed.happen(2)
            asyncio.run_coroutine_threadsafe(hub.turn(), loop).result(timeout=5)

        await hub.turn()
        feed.happen(1)
        feed.race = happen_and_hand_out
        listener = await hub.join(everything, START)
        assert listener is not None
        listener.pending.take(0.0)
        assert listener.pending.told[0] == 2

    run_apart(scene())


def test_a_reader_away_for_too_long_is_told_to_begin_anew() -> None:
    feed = ListedFeed()
    for position in range(1, BATCH + 2):
        feed.happen(position)

    async def scene() -> None:
        assert await Hub(feed).join(everything, START) is None

    run_apart(scene())


def test_a_long_backlog_is_handed_out_whole() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        await hub.turn()
        listener = await hub.join(everything, None)
        assert listener is not None
        for position in range(1, 2 * BATCH + 2):
            feed.happen(position)
        await hub.turn()
        assert listener.pending.take(0.0) == BOARD
        assert listener.pending.told[0] == 2 * BATCH + 1

    run_apart(scene())


class StumblingFeed(ListedFeed):
    """A feed that fails once in a way nobody foresaw."""

    stumbles = 1

    def since(self, place: Vector, limit: int) -> Sequence[Change]:
        if self.stumbles:
            self.stumbles -= 1
            raise KeyError("a unit nobody knows")
        return super().since(place, limit)


def test_the_streams_do_not_fall_silent_when_a_look_fails_in_a_way_nobody_foresaw() -> None:
    feed = StumblingFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        feed.stumbles = 0
        listener = await hub.join(everything, None)
        assert listener is not None
        feed.stumbles = 1
        following = asyncio.create_task(hub.run(None))
        feed.happen(1)
        assert await listener.next(asyncio.get_running_loop().time() + 10) == BOARD
        hub.close()
        await following

    run_apart(scene())


def test_who_joins_after_the_views_were_put_back_is_let_in() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        feed.happen(1)
        feed.happen(2, lane=3)
        await hub.turn()
        feed.changes.pop()
        newcomer = await asyncio.wait_for(hub.join(everything, None), 10)
        assert newcomer is not None
        feed.happen(1, lane=3)
        await hub.turn()
        assert newcomer.pending.take(0.0) == BOARD

    run_apart(scene())


def test_an_open_stream_begins_anew_when_the_views_were_put_back_and_hears_what_follows() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        feed.happen(1)
        feed.happen(2)
        listener = await hub.join(everything, None)
        assert listener is not None
        feed.changes.pop()
        await hub.turn()
        assert vector.beyond(listener.pending.told, feed.head())
        assert await listener.next(asyncio.get_running_loop().time() + 10) == RESET
        assert listener.pending.told == feed.head()
        feed.happen(2)
        await hub.turn()
        assert listener.pending.take(0.0) == BOARD
        assert listener.pending.take(0.0) is None

    run_apart(scene())


class PutBackFeed(RacingFeed):
    """A feed whose rows are put back while a newcomer reads its backlog."""

    def __init__(self) -> None:
        super().__init__()
        self.happen(1)
        self.race = self.changes.clear


def test_who_joins_while_the_views_are_put_back_begins_anew() -> None:
    feed = PutBackFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        newcomer = await asyncio.wait_for(hub.join(everything, START), 10)
        assert newcomer is not None
        await hub.turn()
        assert await newcomer.next(asyncio.get_running_loop().time() + 10) == RESET

    run_apart(scene())


def test_of_many_streams_that_begin_anew_not_all_do_at_once() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        feed.happen(1)
        streams = [await hub.join(everything, None) for _ in range(20)]
        feed.changes.clear()
        began = asyncio.get_running_loop().time()
        await hub.turn()
        dues = {each.pending.next_due() for each in streams if each is not None}
        assert len(dues) == len(streams)
        assert all(due is not None and due >= began for due in dues)

    run_apart(scene())


def test_an_open_stream_begins_anew_when_rows_were_set_right_before_where_it_stands() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.0)

    async def scene() -> None:
        feed.happen(1)
        listener = await hub.join(everything, None)
        assert listener is not None
        before = listener.pending.told
        feed.amended = 1
        await hub.turn()
        assert listener.pending.told == before
        assert await listener.next(asyncio.get_running_loop().time() + 10) == RESET
        assert listener.pending.told == feed.head()
        assert await hub.join(everything, before) is None
        assert await hub.join(everything, feed.head()) is not None
        await hub.turn()
        assert listener.pending.next_due() is None

    run_apart(scene())


def test_who_comes_back_while_a_pass_goes_on_hears_of_its_end() -> None:
    feed = ListedFeed()
    hub = Hub(feed, pace=0.2)

    async def scene() -> None:
        before = feed.head()
        await hub.turn()
        feed.amended = 7
        listener = await hub.join(everything, before)
        assert listener is not None
        assert listener.pending.told == before
        following = asyncio.create_task(hub.run(None))
        assert await listener.next(asyncio.get_running_loop().time() + 20) == RESET
        assert listener.pending.told == feed.head()
        hub.close()
        await following

    run_apart(scene())
