"""Facts as real work records them: the demo's, told again and again under other ids.

The demo is recorded through casework into a store in memory, so kinds, sizes and order are
those of weeks of work in some ninety offices. A retelling changes every UUID and nothing
else: other petitions, same places and days.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec

from domain.codes import Field, Role, Site
from domain.commands.gathering import ReportGathering, ReviseGatheringCount
from domain.directory import Directory, Office, Unit
from domain.events.base import OfficeEvent
from domain.ports import FactStore, Receipt
from domain.streams import lane_of
from domain.values import CountRange, Officer
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.fact_store import MemoryFactStore
from infra.memory.vault import MemoryVault
from infra.serial import decode
from infra.units import Edition, unit_list_file
from services import demo
from services.casework import Casework
from services.casework.outcome import Kept
from services.demo.accounts import account_of
from services.units import import_units

UUID_FORM = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OFFICE_TREE = ("unit.", "office.")
AT_ONCE = 4_000
SEED = 1

Told = tuple[str, bytes]
"""A fact's type name and its canonical bytes."""


class Workshop:
    """Casework in memory with the country's units: where facts are made."""

    def __init__(self) -> None:
        self.store, self.clock = MemoryFactStore(), demo.DemoClock()
        self._follower = MemoryDirectoryFollower(self.store)
        self.casework = Casework(self.store, MemoryVault(), self._follower.current, self.clock)
        with unit_list_file(Edition.THREE_TIER) as path:
            since, known = Edition.THREE_TIER.valid_from, self._follower.refresh()
            import_units(path, since, self.store, known, self.clock, lambda _done, _of: None)
        self.directory = self._follower.refresh()

    def fill_demo(self) -> None:
        """The demo's weeks of work."""
        refresh = self._follower.refresh
        demo.fill(self.casework, refresh, self.store, self.clock, SEED, lambda _done, _of: None)

    def crowd(self, office: Office, versions: int) -> Sequence[Told]:
        """A crowd reported by an office, and counted again and again: so many facts."""
        clerk = Officer(account_of(office.office_id, Role.CLERK), office.office_id, Role.CLERK)
        crowd, count = uuid4(), CountRange(20, 30)
        report = ReportGathering(
            gathering_id=crowd,
            place=office.unit,
            site=Site.COMMUNE_OFFICE,
            home=office.unit,
            count=count,
            issue=Field.LAND,
        )
        again = ReviseGatheringCount(gathering_id=crowd, count=count)
        for ask in (report, *(again for _ in range(versions - 1))):
            key = uuid4()
            self.casework.handle(ask, clerk, key=key, request=key.bytes, correlation=key.hex)
        return [(fact.type_name, fact.body) for fact in self.store.read_stream(crowd)]


def spread(directory: Directory, on: date) -> Iterator[tuple[Unit, Office]]:
    """Each province with the People's Committee of one of its communes."""
    for province in directory.roots(on):
        communes = (
            unit for unit in directory.units_under(province.unit_id, on) if unit.level == "commune"
        )
        yield province, directory.committee_of(next(communes).unit_id, on)


class Material:
    """The demo's facts about case work, in the order they were recorded."""

    def __init__(self, facts: Sequence[Told]) -> None:
        self.facts = facts

    @classmethod
    def gathered(cls) -> "Material":
        """Record the demo in memory; a second or two."""
        workshop = Workshop()
        workshop.fill_demo()
        found = workshop.store.read(after=0, limit=workshop.store.head())
        return cls(
            [(f.type_name, f.body) for f in found if not f.type_name.startswith(OFFICE_TREE)]
        )

    def events(self, wanted: int) -> Iterator[OfficeEvent]:
        """So many facts, no two of them alike."""
        while wanted > 0:
            told = retold(self.facts[:wanted])
            yield from (decode(name, body) for name, body in told)
            wanted -= len(told)


def retold(facts: Sequence[Told]) -> Sequence[Told]:
    """The same facts under other ids, each id by the same other one throughout."""
    mask = secrets.randbits(128)

    def other(found: re.Match[bytes]) -> bytes:
        return str(UUID(int=UUID(found[0].decode()).int ^ mask)).encode()

    return [(name, UUID_FORM.sub(other, body)) for name, body in facts]


def receipt_of(event: OfficeEvent) -> Receipt:
    """A receipt of the size that a command leaves."""
    kept = Kept(
        subject=event.originator_id,
        version=event.originator_version,
        lane=lane_of(event.originator_id, event.TOPIC),
        number=None,
        recorded_at=event.timestamp,
    )
    return Receipt(uuid4(), secrets.token_bytes(32), msgspec.json.encode(kept))


def record(store: FactStore, events: Iterator[OfficeEvent]) -> int:
    """Put facts into a store in large saves; how many."""
    batch: list[OfficeEvent] = []
    recorded = 0
    for event in events:
        batch.append(event)
        if len(batch) == AT_ONCE:
            recorded += len(store.append(batch))
            batch = []
    return recorded + (len(store.append(batch)) if batch else 0)
