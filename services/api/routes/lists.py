"""Lists: petitions, the inbox, offers, crowds and missions (danh sách).

What the reader may not see is left out before the page is cut: a page is shorter than its
limit only when the list ends with it.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from domain.codes import Field as Subject
from domain.codes import PetitionKind
from projections.answers import InboxItem, Incoming, Page
from projections.asks import (
    CrowdState,
    DueWindow,
    GatheringFilter,
    OfferFilter,
    PetitionFilter,
    Queue,
)
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.petition_row import PetitionState
from projections.return_missions import MissionRow
from services.access import check_reads
from services.api import row_circles
from services.api.answers import Age, Inbox
from services.api.bodies.base import Day, Ref
from services.api.linked import crowds_told
from services.api.problems import refuses
from services.api.reading import TheReader
from services.areas import Scope, area_of, scope_of

router = APIRouter(prefix="/api/v1", responses=refuses(400, 403))

Limit = Annotated[int, Query(ge=1, le=200, description="Rows of a page, at most.")]
Cursor = Annotated[
    str | None, Query(max_length=200, description="`next` of the page before; opaque.")
]
UnitRef = Annotated[
    Ref | None,
    Query(
        description="With everything below it; the reader's own when left out. Of a former unit:"
        " what came from there, as its sums count it."
    ),
]
UnitDay = Annotated[Day | None, Query(description="The day a bare code of a unit is of; today.")]
OfficeRef = Annotated[Ref | None, Query(description="One office instead of a whole unit.")]


@router.get("/petitions", tags=["petitions"])
async def list_petitions(
    reader: TheReader,
    unit: UnitRef = None,
    at: UnitDay = None,
    office: OfficeRef = None,
    kind: Annotated[list[PetitionKind] | None, Query()] = None,
    field: Annotated[list[Subject] | None, Query()] = None,
    state: Annotated[list[PetitionState] | None, Query()] = None,
    place: Annotated[Ref | None, Query(description="The unit where the matter lies.")] = None,
    number: Annotated[str | None, Query(max_length=60, description="How it begins.")] = None,
    due: DueWindow | None = None,
    received_from: Day | None = None,
    received_to: Day | None = None,
    election: bool | None = None,
    ended: bool = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[InboxItem]:
    """Petitions by the office in charge, the earliest due first (danh sách đơn)."""
    scope = scope_asked(reader, unit, office, at)
    ask = PetitionFilter(
        offices=scope.offices,
        kinds=tuple(kind or ()),
        fields=tuple(field or ()),
        states=tuple(state or ()),
        places=() if place is None else _units(reader, place),
        number=number,
        due=due,
        today=reader.today,
        soon_until=reader.soon_until,
        received_from=received_from,
        received_to=received_to,
        election=election,
        ended=ended,
        came_from=scope.is_past,
        reach=await reader.ask(reader.reach),
    )
    seen = partial(seen_petitions, reader, scope=scope)
    return await reader.page(
        reader.parts.views.petitions, ask, cursor=cursor, limit=limit, seen=seen
    )


@router.get("/inbox", tags=["petitions"])
async def read_inbox(
    reader: TheReader, queue: Queue = Queue.MINE, cursor: Cursor = None, limit: Limit = 50
) -> Inbox:
    """A queue of the reader's own office (hộp việc)."""
    check_reads(reader.officer)
    views, office = reader.parts.views, reader.officer.office
    days = {"today": reader.today, "soon_until": reader.soon_until}
    account = reader.officer.account
    counts = await reader.ask(views.desk_counts, office, **days, account=account)
    page: Page[InboxItem] = await reader.page(
        views.inbox, office, queue, **days, account=account, cursor=cursor, limit=limit,
        seen=partial(seen_petitions, reader),
    )  # fmt: skip
    return Inbox(
        office=office,
        queue=queue,
        counts=counts,
        page=page,
        freshness=Age.of(await reader.ask(views.freshness)),
    )


@router.get("/transfers/pending", tags=["petitions"])
async def list_pending_transfers(
    reader: TheReader,
    unit: UnitRef = None,
    at: UnitDay = None,
    office: OfficeRef = None,
    late: Annotated[bool, Query(description="Only those past their reply date.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Incoming]:
    """Offers not answered yet, the earliest reply date first (đơn chờ tiếp nhận).

    Without a unit: those to the reader's own office.
    """
    own = reader.officer.office if unit is None and office is None else office
    scope = scope_asked(reader, unit, own, at)
    ask = OfferFilter(
        to_offices=scope.offices,
        late_on=reader.today if late else None,
        came_from=scope.is_past,
        reach=await reader.ask(reader.reach),
    )
    seen = partial(seen_offers, reader, scope=scope)
    return await reader.page(reader.parts.views.offers, ask, cursor=cursor, limit=limit, seen=seen)


@router.get("/gatherings", tags=["gatherings"])
async def list_gatherings(
    reader: TheReader,
    unit: UnitRef = None,
    at: UnitDay = None,
    state: CrowdState | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[GatheringRow]:
    """Crowds in a unit, from it, or that it must receive (đoàn đông người)."""
    area = area_of(reader.unit(unit, at=at), reader.directory, reader.today)
    ask = GatheringFilter(area=area, state=state)
    seen = partial(seen_gatherings, reader)
    return await reader.page(
        reader.parts.views.gatherings, ask, cursor=cursor, limit=limit, seen=seen
    )


@router.get("/return-missions", tags=["return missions"])
async def list_missions(
    reader: TheReader,
    unit: UnitRef = None,
    at: UnitDay = None,
    under_way: Annotated[bool, Query(description="False: those closed too.")] = True,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[MissionRow]:
    """Return missions of a unit, newest request first (hỗ trợ công dân về)."""
    area = area_of(reader.unit(unit, at=at), reader.directory, reader.today)
    return await reader.page(
        reader.parts.views.missions, area, under_way=under_way, cursor=cursor, limit=limit,
        seen=partial(seen_missions, reader),
    )  # fmt: skip


def seen_petitions(
    reader: TheReader, items: Sequence[InboxItem], scope: Scope | None = None
) -> Sequence[InboxItem]:
    """Those that exist for the reader, and count in the scope."""
    return [
        item
        for item in items
        if _is_in(scope, item.petition.in_charge, item.petition.formers)
        and reader.sees(row_circles.of_petition(item.petition))
    ]


def seen_offers(
    reader: TheReader, items: Sequence[Incoming], scope: Scope | None = None
) -> Sequence[Incoming]:
    """Those that exist for the reader, and count in the scope."""
    return [
        item
        for item in items
        if _is_in(scope, item.offer.to_office, item.offer.formers)
        and reader.sees(row_circles.of_petition(item.petition))
    ]


def _is_in(scope: Scope | None, office: str, formers: Sequence[str]) -> bool:
    return scope is None or scope.holds(office, formers)


def seen_gatherings(reader: TheReader, rows: Sequence[GatheringRow]) -> Sequence[GatheringRow]:
    """The crowds that exist for the reader, each with its case only where that does too."""
    seen = [row for row in rows if reader.sees(row_circles.of_gathering(row))]
    return crowds_told(reader, seen)


def seen_missions(reader: TheReader, rows: Sequence[MissionRow]) -> Sequence[MissionRow]:
    """The missions that exist for the reader."""
    return [row for row in rows if reader.sees(row_circles.of_mission(row))]


def seen_cases(
    reader: TheReader, rows: Sequence[CaseRow], scope: Scope | None = None
) -> Sequence[CaseRow]:
    """Those that exist for the reader, and count in the scope."""
    return [
        row
        for row in rows
        if _is_in(scope, row.office, row.formers) and reader.sees(row_circles.of_case(row))
    ]


def scope_asked(reader: TheReader, unit: str | None, office: str | None, at: date | None) -> Scope:
    """The work asked for, all in units the reader looks over. Refuses: 403, 422."""
    check_reads(reader.officer)
    if office is None:
        return scope_of(reader.unit(unit, at=at), reader.directory, reader.today)
    found = reader.directory.get_office(office, reader.today, pointer="query/office")
    if found.office_id != reader.officer.office:
        reader.unit(found.unit, pointer="query/office")
    return scope_of(found.unit, reader.directory, reader.today).of_office(found.office_id)


def _units(reader: TheReader, place: str) -> tuple[str, ...]:
    """A unit with everything below it; where a matter lies binds nobody's rights."""
    on: date = reader.today
    unit = reader.directory.get_unit(place, on, pointer="query/place")
    return area_of(unit.unit_id, reader.directory, on).units
