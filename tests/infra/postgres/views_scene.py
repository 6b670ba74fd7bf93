"""A small scene folded into the real views, asked through the real queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from domain import codes
from domain.codes import PetitionKind
from domain.events import case, gathering, petition, return_mission
from infra.postgres.views import PostgresViews, PostgresViewStore
from projections.asks import Area
from projections.queries import Views
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    OFFICES,
    TAM_DI,
    TNMT,
    Chronicle,
    all_projections,
    stream_of,
    unit_of,
)
from tests.projections.folding import apply_batch, by_lane
from tests.stores import Addresses

TODAY = date(2025, 5, 26)
SOON = date(2025, 5, 29)
"""Three working days on."""

AREA = Area(OFFICES, tuple(unit_of(office) for office in OFFICES))

LATE, FRESH, OFFERED, BOUNCED, DISPUTED, SETTLING, LINKED, GUIDED = (
    stream_of(name)
    for name in (
        "late", "fresh", "offered", "bounced", "disputed", "settling", "linked", "guided",
    )
)  # fmt: skip
CASE, ALONE, RECEIVED, GONE, MISSION = map(stream_of, ("case", "alone", "received", "gone", "help"))


def scene() -> Chronicle:
    """Three weeks of May 2025 in Lục Nam, read on Monday the 26th."""
    tale = Chronicle()
    tale.received(LATE, TAM_DI)
    tale.received(GUIDED, TAM_DI)
    tale.received(SETTLING, TAM_DI, kind=PetitionKind.COMPLAINT)
    tale.received(LINKED, TAM_DI, kind=PetitionKind.COMPLAINT)
    tale.wait(days=1)
    tale.case_opened(CASE, TAM_DI, SETTLING)
    tale.record(case.PetitionLinked, CASE, TAM_DI, petition_id=LINKED)
    tale.record(petition.PetitionTakenUp, LINKED, TAM_DI, case_id=CASE)
    tale.record(case.HandlerAssigned, CASE, TAM_DI, handler="acc-7")
    tale.record(
        case.CaseEscalated, CASE, TAM_DI, to_office=LUC_NAM, rung=1,
        ground=codes.EscalationGround.COMPLEX, texts=(),
    )  # fmt: skip
    tale.record(
        case.DirectionIssued, CASE, BAC_GIANG, to_office=TAM_DI, due=date(2025, 5, 28), texts=()
    )
    tale.wait(days=14)
    tale.record(
        petition.CitizenGuided, GUIDED, TAM_DI, guidance=codes.Guidance.COURT,
        competent_office=None, texts=(),
    )  # fmt: skip
    tale.received(FRESH, TAM_DI, number="LN-TDI-25-0147")
    tale.received(OFFERED, TAM_DI)
    tale.transferred(OFFERED, TAM_DI, TNMT, offer=1, due=date(2025, 5, 23))
    bounced(tale, BOUNCED, times=1)
    bounced(tale, DISPUTED, times=2)
    tale.record(
        petition.CompetenceDisputed, DISPUTED, TNMT, offices=(NGHIA_PHUONG, TNMT), superior=LUC_NAM
    )
    tale.wait(days=6, hours=5)
    crowds(tale)
    return tale


def bounced(tale: Chronicle, petition_id: UUID, *, times: int) -> None:
    """A petition that came back so many times."""
    tale.received(petition_id, NGHIA_PHUONG)
    for n in range(1, times + 1):
        tale.transferred(petition_id, NGHIA_PHUONG, TNMT, offer=n, due=date(2025, 5, 23))
        tale.returned(petition_id, TNMT, NGHIA_PHUONG, offer=n, times=n)


def crowds(tale: Chronicle) -> None:
    """This morning: one crowd alone, one received, one gone; help offered to the second."""
    tale.crowd(GONE)
    tale.wait(minutes=10).crowd(RECEIVED, BAC_GIANG)
    tale.wait(minutes=20).record(gathering.GatheringDispersed, GONE, LUC_NAM)
    tale.crowd_received(RECEIVED, BAC_GIANG)
    tale.return_requested(MISSION, RECEIVED)
    tale.record(return_mission.ReturnOffered, MISSION, NGHIA_PHUONG, people=16)
    tale.record(return_mission.ReturnConsented, MISSION, NGHIA_PHUONG, people=12)
    tale.record(return_mission.ReturnDeclined, MISSION, NGHIA_PHUONG, people=4)
    tale.wait(minutes=30).crowd(ALONE)
    tale.opened_text(LATE)


@dataclass
class Scene:
    """The views after the scene, and the scene itself."""

    views: Views
    store: PostgresViewStore
    tale: Chronicle

    def now(self, **later: float) -> datetime:
        return self.tale.at + timedelta(**later)


@pytest.fixture
def seen(addresses: Addresses) -> Iterator[Scene]:
    """The scene, folded lane by lane as the projector's role, asked as the application's."""
    tale = scene()
    store = PostgresViewStore.at(addresses.projector)
    projections = all_projections()
    for facts in by_lane(tale.facts).values():
        apply_batch(store, facts, projections)
    views = PostgresViews.open(addresses.app, [p.name for p in projections])
    yield Scene(views, store, tale)
    views.close()
    store.close()
