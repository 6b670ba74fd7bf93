"""The store as a projector holds itself against it."""

from domain.ports import LANES
from infra.memory import MemoryFactStore
from infra.postgres.relay_cursor import Published, RelayCursor
from services.projector.recorded import StoreAndRelay
from tests.contracts.facts import a_petition


class Standing(RelayCursor):
    """A cursor that stands where the test puts it."""

    def __init__(self) -> None:
        self.place = Published(0, (0,) * LANES, {})

    def load(self) -> Published:
        return self.place


def test_all_is_published_once_the_relay_passed_what_was_recorded_at_the_last_asking() -> None:
    store, cursor = MemoryFactStore(), Standing()
    store.append(a_petition())
    recorded = StoreAndRelay(store, cursor)
    assert recorded.published() is None
    heads = tuple(range(LANES))
    cursor.place = Published(3, heads, {})
    store.append(a_petition())
    assert recorded.published() == dict(enumerate(heads))
    assert recorded.published() is None


def test_the_stores_own_log_is_always_published() -> None:
    store = MemoryFactStore()
    store.append(a_petition())
    assert StoreAndRelay(store, None).published() == {}


def test_a_position_is_held_by_its_own_lane_alone() -> None:
    store = MemoryFactStore()
    store.append(a_petition())
    (fact, *_) = store.read(after=0, limit=1)
    recorded = StoreAndRelay(store, None)
    assert recorded.holds(fact.lane, fact.position, fact.__eq__)
    assert not recorded.holds((fact.lane + 1) % LANES, fact.position, fact.__eq__)
    assert not recorded.holds(fact.lane, 4, fact.__eq__)


def test_another_fact_at_the_same_position_is_not_the_one_that_was_meant() -> None:
    store, other = MemoryFactStore(), MemoryFactStore()
    store.append(a_petition())
    other.append(a_petition())
    (fact, *_), (strange, *_) = (s.read(after=0, limit=1) for s in (store, other))
    assert not StoreAndRelay(store, None).holds(fact.lane, fact.position, strange.__eq__)
