"""How the flow of facts stands, as health pages tell it."""

from dataclasses import replace
from datetime import timedelta
from typing import NoReturn, cast

import pytest
from prometheus_client.metrics_core import Metric

from domain.ports import LANES, StoredFact, StoreUnavailable
from infra.memory import FixedClock, MemoryFactStore
from infra.postgres.relay_cursor import Published, RelayCursor
from projections.ports import ViewsUnavailable
from projections.queries import Views
from services.api.metrics import FlowCollector
from services.flow import Flow
from tests.contracts.facts import MORNING, a_petition


class Behind(RelayCursor):
    """A relay that has sent nothing yet."""

    def __init__(self) -> None:
        """No database."""

    def load(self) -> Published:
        return Published(0, (0,) * LANES, {})


class NewerRelease(MemoryFactStore):
    """A store that a newer release writes to."""

    def read(self, **asked: object) -> list[StoredFact]:
        facts = super().read(**asked)  # type: ignore[arg-type]
        return [replace(fact, type_name="petition.accepted/9") for fact in facts]


def test_the_age_of_what_waits_is_known_also_of_a_fact_of_a_newer_release() -> None:
    store = NewerRelease()
    store.append(a_petition())
    clock = FixedClock(MORNING + timedelta(seconds=90))
    flow = Flow(store, cast("Views", None), Behind(), clock)
    assert flow.outbox_age() == 90.0


class ViewsAway:
    """Views whose database does not answer."""

    def freshness(self) -> NoReturn:
        raise ViewsUnavailable("no connection")

    def parked_count(self) -> NoReturn:
        raise ViewsUnavailable("no connection")


class StoreAway(MemoryFactStore):
    """A store whose database does not answer."""

    def head(self) -> int:
        raise StoreUnavailable("no connection")


def figures(flow: Flow) -> dict[str, float]:
    """What a scrape is told."""
    told: list[Metric] = list(FlowCollector(flow).collect())
    return {metric.name: sample.value for metric in told for sample in metric.samples}


def test_views_that_are_away_do_not_make_the_store_look_down() -> None:
    store = MemoryFactStore()
    store.append(a_petition())
    clock = FixedClock(MORNING + timedelta(seconds=90))
    flow = Flow(store, cast("Views", ViewsAway()), Behind(), clock)
    assert figures(flow) == {
        "tiepdan_store_up": 1,
        "tiepdan_views_up": 0,
        "tiepdan_outbox_age_seconds": 90,
    }


@pytest.mark.parametrize("cursor", [None, Behind()])
def test_a_store_that_is_away_with_the_views_is_down(cursor: RelayCursor | None) -> None:
    flow = Flow(StoreAway(), cast("Views", ViewsAway()), cursor, FixedClock(MORNING))
    assert figures(flow) == {"tiepdan_store_up": 0}
