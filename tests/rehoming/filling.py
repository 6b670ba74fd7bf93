"""The country before and after the reform, and petitions open in all of its communes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from domain.directory import Directory
from domain.events.case import CaseOpened, PetitionLinked
from domain.events.petition import PetitionReceived, PetitionTakenUp, PetitionTransferred
from domain.ports import FactStore
from infra.memory import FixedClock
from infra.serial import decode
from infra.units import Edition, succession_file, unit_list_file
from services.reform import read_order, record_reform
from services.units import import_units
from tests.builders import Draft, fact, in_order, unit_of

BEFORE = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)
AFTER = datetime(2025, 7, 2, 1, 0, tzinfo=UTC)
FACTS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Open:
    """An open petition as it was before: who has it, who was offered it, which case handles it."""

    stream: UUID
    holder: str
    receiver: str | None
    case: UUID | None

    def drafts(self) -> Sequence[Draft]:
        told = [fact(PetitionReceived, self.holder, self.stream, place=unit_of(self.holder))]
        if self.receiver is not None:
            to: dict[str, Any] = {"to_office": self.receiver, "to_unit": unit_of(self.receiver)}
            told.append(fact(PetitionTransferred, self.holder, self.stream, **to))
        if self.case is not None:
            ids: dict[str, Any] = {"petition_id": self.stream, "place": unit_of(self.holder)}
            told += [
                fact(PetitionTakenUp, self.holder, self.stream, case_id=self.case),
                fact(CaseOpened, self.holder, self.case, **ids),
                fact(PetitionLinked, self.holder, self.case, petition_id=self.stream),
            ]
        return told


def enter_country(store: FactStore) -> Directory:
    """The units before the reform, into a store that is empty."""
    edition = Edition.THREE_TIER
    with unit_list_file(edition) as path:
        import_units(path, edition.valid_from, store, Directory.of(()), FixedClock(BEFORE), _nobody)
    return reread(store)


def enter_reform(store: FactStore, before: Directory) -> None:
    """The reform, on top of that."""
    on = Edition.TWO_TIER.valid_from
    with unit_list_file(Edition.TWO_TIER) as units, succession_file() as pairs:
        record_reform(read_order(units, pairs, on), store, before, FixedClock(AFTER), _nobody)


def _nobody(_done: int, _of: int) -> None:
    """Who is told of the progress."""


def reread(store: FactStore) -> Directory:
    """The directory as the store has it."""
    directory, reached = Directory.of(()), 0
    while stored := store.read(after=reached, limit=10_000):
        directory = directory.with_facts(decode(each.type_name, each.body) for each in stored)
        reached = stored[-1].position
    return directory


def open_petitions(directory: Directory, many: int, random: Random) -> Iterator[Open]:
    """So many, spread evenly over all communes."""
    on = BEFORE.date()
    communes = [
        unit
        for root in directory.roots(on)
        for unit in directory.units_under(root.unit_id, on)
        if unit.level == "commune"
    ]
    step = max(1, len(communes) // many)
    for number in range(many):
        unit = communes[number * step % len(communes)]
        holder = directory.committee_of(unit.unit_id, on)
        way = random.random()
        receiver = holder.superior if way < 0.15 else None
        case = UUID(int=random.getrandbits(128)) if way > 0.85 else None
        yield Open(UUID(int=random.getrandbits(128)), holder.office_id, receiver, case)


def record(store: FactStore, petitions: Iterator[Open]) -> Sequence[Open]:
    """Put them into the store; what they were."""
    told, drafts = [], list[Draft]()
    for each in petitions:
        told.append(each)
        drafts += each.drafts()
        if len(drafts) >= FACTS_AT_ONCE:
            store.append(in_order(*drafts, start=BEFORE.replace(day=1)))
            drafts = []
    if drafts:
        store.append(in_order(*drafts, start=BEFORE.replace(day=1)))
    return told
