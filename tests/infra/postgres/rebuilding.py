"""A history in the store, folded into the live views, and a rebuild beside them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing

import pytest

from domain.ports import LANES, FactStore
from infra.postgres.views import PostgresViews, PostgresViewStore
from infra.postgres.views.beside import Beside
from infra.postgres.views.swapping import SWAP_TRIES
from infra.serial import decode
from projections.base import Fact
from projections.ports import Progress, ViewStore
from services.rebuild import Advance, Rebuild, Rebuilt
from tests.projections.chronicle import Chronicle, all_projections
from tests.stores import Addresses

TOPIC = "live-topic"


@pytest.fixture
def live(addresses: Addresses) -> Iterator[PostgresViewStore]:
    store = PostgresViewStore.at(addresses.projector)
    yield store
    store.close()


def append(store: FactStore, tale: Chronicle, *, start: int = 0) -> None:
    """Save a history in the store, which gives it positions of its own."""
    for fact in tale.facts[start:]:
        store.append([fact.event])


def follow(store: FactStore, views: ViewStore) -> None:
    """Fold what is new in the store, as a projector that follows its log."""
    projections = all_projections()
    for lane in range(LANES):
        was = {p.name: views.progress(p.name, [lane]).get(lane) for p in projections}
        after = max((progress.position for progress in was.values() if progress), default=0)
        came = store.read(after=after, limit=10_000, lanes=[lane])
        facts = [
            Fact(f.position, lane, f.type_name, f.body, decode(f.type_name, f.body)) for f in came
        ]
        if facts:
            now = Progress(TOPIC, facts[-1].position + 1, facts[-1].position)
            views.apply(lane, [(p, was[p.name], now, facts) for p in projections], [])


def rebuild(
    addresses: Addresses,
    store: FactStore,
    *,
    resume: bool = False,
    tries: int = SWAP_TRIES,
    tell: Callable[[Advance], None] = lambda _: None,
    helpers: Sequence[Mapping[str, str]] = (),
) -> Rebuilt:
    with (
        Beside.at(addresses.projector, tries=tries) as beside,
        closing(PostgresViewStore.at(addresses.projector, schema="views_next")) as fresh,
    ):
        work = Rebuild(store, beside, fresh, all_projections(), decode, tell, helpers=helpers)
        return work.run(resume=resume)


def totals(addresses: Addresses) -> Mapping[str, str]:
    views = PostgresViews.open(addresses.app, [])
    found = views.totals()
    views.close()
    return found


def roll_back(addresses: Addresses, *, tries: int = SWAP_TRIES) -> None:
    with Beside.at(addresses.projector, tries=tries) as beside:
        beside.roll_back()
