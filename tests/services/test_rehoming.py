"""However often the program is killed, each piece of work goes to its heir, once."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from subprocess import Popen
from typing import Any
from uuid import UUID, uuid5

from domain.case import Case
from domain.events.base import OfficeEvent
from domain.events.case import CaseOpened, CaseRehomed, PetitionLinked
from domain.events.petition import (
    CitizenGuided,
    PetitionReceived,
    PetitionRehomed,
    PetitionTakenUp,
)
from domain.petition import Petition
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.serial import decode
from projections.petition_row import PetitionRow
from projections.resting import Work
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    HANOI,
    LAND_OFFICE,
    LANG_GIANG,
    LUC_NAM,
    NAMES,
    NGHIA_PHUONG,
    VOI,
    Draft,
    fact,
    in_order,
)
from tests.domain.after_the_reform import AUGUST_MORNING, NEW_CAM_LY, NEW_NGHIA_PHUONG
from tests.domain.custody_facts import offered
from tests.rehoming.following import Following
from tests.services import rehoming_process
from tests.stores import Addresses

OLD = (CAM_LY, VOI, NGHIA_PHUONG, LUC_NAM, LANG_GIANG, LAND_OFFICE, HANOI, BAC_GIANG)
TODAY = AUGUST_MORNING.date()

HEIRS: Mapping[str, tuple[str, ...]] = {
    CAM_LY: (NEW_CAM_LY,), VOI: (NEW_CAM_LY,), NGHIA_PHUONG: (NEW_CAM_LY, NEW_NGHIA_PHUONG),
    BAC_GIANG: (BAC_GIANG,),
}  # fmt: skip
"""Who took whose work over, by hand; the other offices have no heir."""


@dataclass(frozen=True)
class Tale:
    """A petition as it was in May."""

    stream: UUID
    case: UUID | None
    holder: str
    accused: str | None
    receiver: str | None
    ended: bool

    def drafts(self) -> Sequence[Draft]:
        told = [fact(PetitionReceived, self.holder, self.stream, accused_office=self.accused)]
        if self.receiver is not None:
            sent = offered(self.receiver, by=self.holder)
            told.append(Draft(sent.event, sent.office, self.stream, sent.facts))
        if self.case is not None:
            ids: dict[str, Any] = {"petition_id": self.stream}
            told += [
                fact(PetitionTakenUp, self.holder, self.stream, case_id=self.case),
                fact(CaseOpened, self.holder, self.case, accused_office=self.accused, **ids),
                fact(PetitionLinked, self.holder, self.case, **ids),
            ]
        if self.ended:
            told.append(fact(CitizenGuided, self.holder, self.stream))
        return told


def tale(random: Random, number: int) -> Tale:
    """A petition by chance."""
    holder = random.choice(OLD)
    accused = random.choice((None, None, CAM_LY, VOI, NGHIA_PHUONG, BAC_GIANG))
    others = [office for office in OLD if office not in (holder, accused)]
    way = random.choice(("kept", "offered", "case", "ended"))
    in_case = way == "case" and holder != accused
    return Tale(
        uuid5(NAMES, f"petition {number}"),
        uuid5(NAMES, f"case {number}") if in_case else None,
        holder,
        accused,
        random.choice(others) if way == "offered" else None,
        way == "ended",
    )


def home(office: str, accused: str | None) -> str:
    """Where its work goes by hand: the one heir, else the province, else it stays."""
    barred = {accused, *HEIRS.get(accused or "", ())}
    heirs = HEIRS.get(office, ())
    if len(heirs) == 1 and heirs[0] not in barred:
        return heirs[0]
    if office in (HANOI, BAC_GIANG) or BAC_GIANG in barred:
        return office
    return BAC_GIANG


def expected(told: Tale) -> tuple[str, str | None]:
    """In charge and offered to, by hand."""
    if told.ended:
        return told.holder, None
    holder = home(told.holder, told.accused)
    receiver = None if told.receiver is None else home(told.receiver, told.accused)
    return holder, None if receiver == holder else receiver


def moves(store: PostgresFactStore) -> Sequence[OfficeEvent]:
    """Everything that was taken over, in order."""
    stored = store.read(after=0, limit=100_000)
    facts = (decode(each.type_name, each.body) for each in stored)
    return [each for each in facts if isinstance(each, PetitionRehomed | CaseRehomed)]


def cut(program: Popen[bytes], store: PostgresFactStore, after: int) -> bool:
    """Kill it once so much more was recorded; whether it ended by itself before."""
    begun, patience = store.head(), time.monotonic() + 60
    while program.poll() is None and time.monotonic() < patience:
        if store.head() - begun >= after:
            program.kill()
            program.wait()
            return False
        time.sleep(0.002)
    assert program.poll() == 0
    return True


def test_killed_at_any_moment_custody_is_never_empty_and_never_double(
    postgres_store: PostgresFactStore,
    addresses: Addresses,
    start: Callable[..., Popen[bytes]],
) -> None:
    random = Random(20250701)
    tales = [tale(random, number) for number in range(300)]
    random.shuffle(tales)
    for told in tales:
        postgres_store.append(in_order(*told.drafts()))
    views = PostgresViewStore.at(addresses.projector)
    folding = Following(postgres_store, views)
    folding.catch_up()
    cuts = 0
    for _ in range(5):
        program = start(rehoming_process.__name__, addresses.app)
        cuts += not cut(program, postgres_store, random.randint(1, 60))
        folding.follow(random.randint(0, 40))
    assert cuts
    rehoming_process.run(addresses.app)
    folding.catch_up()
    rehoming_process.run(addresses.app)
    folding.catch_up()
    left = rehoming_process.run(addresses.app)
    assert (left.moved, left.busy) == (0, 0)
    for told in tales:
        compare(told, postgres_store, views)
    assert set(Counter(_move(each) for each in moves(postgres_store)).values()) == {1}
    assert set(left.stuck) <= {HANOI, LUC_NAM, LANG_GIANG, LAND_OFFICE, NGHIA_PHUONG}
    assert sum(left.stuck.values()) == sum(map(stuck, tales))
    views.close()


def _move(event: OfficeEvent) -> tuple[object, ...]:
    said = vars(event)
    return event.originator_id, said["from_office"], said["seats"]


def stuck(told: Tale) -> int:
    """How many of its offices have gone and leave it nowhere to go, by hand."""
    if told.ended:
        return 0
    offices = (told.holder, told.receiver)
    return sum(o is not None and o != BAC_GIANG and home(o, told.accused) == o for o in offices)


def compare(told: Tale, store: PostgresFactStore, views: PostgresViewStore) -> None:
    """The dossier, the rows and the oracle say the same."""
    petition = Petition.replay(told.stream, store.load(told.stream))
    waits_at = None if petition.offer is None else petition.offer.to_office
    assert (petition.in_charge, waits_at) == expected(told), told
    row = views.find(PetitionRow, told.stream)
    assert row is not None
    assert (row.in_charge, row.offered_to) == expected(told), told
    if told.case is not None:
        case = Case.replay(told.case, store.load(told.case))
        assert case.handling == petition.in_charge


def test_what_waits_for_a_decision_is_listed_at_who_answers_meanwhile(
    postgres_store: PostgresFactStore, addresses: Addresses
) -> None:
    streams = [uuid5(NAMES, f"split {number}") for number in range(5)]
    for stream in streams:
        postgres_store.append(in_order(fact(PetitionReceived, NGHIA_PHUONG, stream)))
    views = PostgresViewStore.at(addresses.projector)
    folding = Following(postgres_store, views)
    folding.catch_up()
    assert rehoming_process.run(addresses.app).moved == len(streams)
    folding.catch_up()
    asked = PostgresViews.open(addresses.app, [])
    found, after = [], None
    for _ in streams:
        page = asked.undecided(Work.PETITION, [BAC_GIANG], after=after, limit=2)
        found += [each.subject for each in page.items]
        assert all(each.undecided == (NGHIA_PHUONG,) for each in page.items)
        after = page.next
        if after is None:
            break
    assert found == sorted(streams)
    assert asked.undecided(Work.PETITION, [NEW_NGHIA_PHUONG]).items == ()
    assert asked.offices_undecided() == [NGHIA_PHUONG]
    assert rehoming_process.run(addresses.app).moved == 0
    asked.close()
    views.close()
