"""Rows set right below where the feed stands: counted, and live pages begin anew."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count

import pytest

from domain.events.petition import PetitionReceived
from domain.streams import lane_of
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.postgres.views.due_days import DueDays
from projections.base import Fact
from projections.ports import Parked, Progress
from services.api.sse import vector
from services.api.sse.hub import Hub
from services.api.sse.pending import RESET, Signal
from services.api.sse.topics import ViewsFeed
from services.recomputing import recompute
from tests.apart import run_apart
from tests.contracts.test_view_store_parked import record_of
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.infra.postgres.rebuilding import append, follow, live, rebuild, roll_back
from tests.infra.postgres.test_due_days import HOLIDAY, law
from tests.infra.postgres.views_scene import LATE, Scene, scene, seen
from tests.projections.chronicle import TAM_DI, TNMT, all_projections, stream_of
from tests.projections.folding import TOPIC, apply_batch
from tests.stores import Addresses

__all__ = ["live", "seen"]


@pytest.fixture
def views(addresses: Addresses) -> Iterator[PostgresViews]:
    with closing(PostgresViews.open(addresses.app, [])) as opened:
        yield opened


def set_aside(store: PostgresViewStore, fact: Fact) -> None:
    """Every projection goes past the fact without folding it."""
    now = Progress(TOPIC, fact.position + 1, fact.position)
    names = [(p, store.progress(p.name, [fact.lane]).get(fact.lane)) for p in all_projections()]
    work = [(projection, was, now, ()) for projection, was in names]
    store.apply(fact.lane, work, [Parked(record_of(fact), "a type to come")])


def test_an_open_page_begins_anew_when_what_was_set_aside_below_the_head_is_folded(
    seen: Scene,
) -> None:
    late = seen.tale.transferred(LATE, TAM_DI, TNMT, offer=1, due=date(2025, 5, 30))
    set_aside(seen.store, late)
    beside = next(
        stream
        for stream in map(stream_of, map(str, count()))
        if lane_of(stream, PetitionReceived.TOPIC) == late.lane
    )
    apply_batch(seen.store, [seen.tale.received(beside)])
    hub = Hub(ViewsFeed(seen.views, lambda: LITTLE_COUNTRY), pace=0.0)

    async def scene() -> None:
        listener = await hub.join(everything, None)
        assert listener is not None
        seen.store.release(late.lane, LATE, [(p, [late]) for p in all_projections()])
        assert seen.views.feed(vector.positions_of(listener.pending.told)) == []
        await hub.turn()
        assert await listener.next(asyncio.get_running_loop().time() + 10) == RESET

    run_apart(scene())


def everything(_signal: Signal) -> bool:
    return True


def test_a_pass_over_due_days_counts_when_it_moves_any(seen: Scene, addresses: Addresses) -> None:
    before = seen.views.amended()
    with closing(DueDays.at(addresses.projector)) as days:
        assert recompute(law(HOLIDAY), days, lambda _moved: None).moved
        after = seen.views.amended()
        assert after > before
        recompute(law(HOLIDAY), days, lambda _moved: None)
        assert seen.views.amended() == after


def test_what_follows_its_lane_is_no_amendment(seen: Scene) -> None:
    before = seen.views.amended()
    apply_batch(seen.store, [seen.tale.wait(minutes=1).received(stream_of("new"))])
    assert seen.views.amended() == before


def test_other_views_put_in_place_count_on(
    addresses: Addresses,
    postgres_store: PostgresFactStore,
    live: PostgresViewStore,
    views: PostgresViews,
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    counted = [views.amended()]
    rebuild(addresses, postgres_store)
    counted.append(views.amended())
    roll_back(addresses)
    counted.append(views.amended())
    assert counted == sorted(set(counted))
