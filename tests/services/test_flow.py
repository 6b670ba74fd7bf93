"""How the flow of facts stands, as health pages tell it."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

from domain.ports import LANES, StoredFact
from infra.memory import FixedClock, MemoryFactStore
from infra.postgres.relay_cursor import Published, RelayCursor
from projections.queries import Views
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
