"""Steps recorded in batches, each in one transaction with its receipt (ghi theo lô).

An administrator's bulk act: facts go straight to the store. A batch's key is made from what
it says, so another try of the same batch is a repeat, and an act that was cut off goes on
where it stopped.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid5

from domain.codes import Role
from domain.errors import Conflict
from domain.events.base import OfficeEvent
from domain.ports import FactStore, KeyTaken, Receipt, VersionTaken, Wanted
from domain.reform_steps import Stage, Step
from domain.streams import NAMESPACE
from domain.values import Officer, Signature

ACTOR: Final = "system:import"
OFFICE: Final = "system"
BATCH: Final = 1_000
"""Facts an append. Measured on Postgres: larger ones gain nothing."""

Progress = Callable[[int, int], None]
"""Told after each batch: how much is done so far, of how much."""


def signed(unit: str, correlation: str, now: datetime) -> Signature:
    """The system's signature under a fact about a unit."""
    return Signature(
        officer=Officer(ACTOR, OFFICE, Role.SYSTEM),
        unit=unit,
        occurred_at=now,
        recorded_at=now,
        correlation=correlation,
    )


def facts_of(
    steps: Sequence[Step], store: FactStore, correlation: str, now: datetime
) -> tuple[OfficeEvent, ...]:
    """The steps as facts: a beginning is the first of its stream, a change the next."""
    changes = {step.stream for step in steps if step.stage is not Stage.ESTABLISH}
    places = dict(store.at_hand(Wanted(counters=changes)).versions)
    facts = []
    for step in steps:
        places[step.stream] = places.get(step.stream, 0) + 1
        facts.append(step.fact(places[step.stream], signed(step.unit, correlation, now)))
    return tuple(facts)


def append(store: FactStore, facts: Sequence[OfficeEvent], receipt: Receipt, *, what: str) -> None:
    """Save a batch; one that is saved already is left as it is. Refuses: ``Conflict``."""
    try:
        store.append(facts, receipt=receipt)
    except KeyTaken:
        return
    except VersionTaken:
        raise Conflict(
            f"Có người đang {what} cùng lúc.", mend=f"Chờ lần {what} kia xong rồi chạy lại."
        ) from None


def content_of(steps: Sequence[Step]) -> bytes:
    """A digest of what steps say; the same steps have the same, recorded or not."""
    said = "\n".join(
        f"{step.thing} {step.event.TOPIC} {sorted(step.said.items())}" for step in steps
    )
    return sha256(said.encode()).digest()


def key_of(book: str, what: str) -> UUID:
    """The key of a receipt in a book of bulk acts."""
    return uuid5(NAMESPACE, f"{book}/{what}")


def answer(facts: int, source: str) -> bytes:
    """What a batch's receipt keeps."""
    return json.dumps({"facts": facts, "source": source}, ensure_ascii=False).encode()
