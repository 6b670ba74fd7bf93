"""The list of cases (danh sách vụ việc), as :mod:`.lists` has the others."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from domain.codes import Field as Subject
from domain.codes import PetitionKind
from projections.answers import Page
from projections.asks import CaseFilter
from projections.case_row import CaseRow
from services.api.problems import refuses
from services.api.reading import TheReader
from services.api.routes.lists import (
    Cursor,
    Limit,
    OfficeRef,
    UnitDay,
    UnitRef,
    scope_asked,
    seen_cases,
)

router = APIRouter(prefix="/api/v1", responses=refuses(400, 403))


@router.get("/cases", tags=["cases"])
async def list_cases(
    reader: TheReader,
    unit: UnitRef = None,
    at: UnitDay = None,
    office: OfficeRef = None,
    kind: Annotated[list[PetitionKind] | None, Query()] = None,
    field: Annotated[list[Subject] | None, Query()] = None,
    number: Annotated[str | None, Query(max_length=60, description="How it begins.")] = None,
    overdue: Annotated[bool, Query(description="Only those past their settlement date.")] = False,
    escalated: bool = False,
    closed: Annotated[bool, Query(description="Those closed too.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[CaseRow]:
    """Cases by the office that handles them, the earliest due first (danh sách vụ việc)."""
    scope = scope_asked(reader, unit, office, at)
    ask = CaseFilter(
        offices=scope.offices,
        kinds=tuple(kind or ()),
        fields=tuple(field or ()),
        number=number,
        overdue_on=reader.today if overdue else None,
        escalated=escalated,
        closed=closed,
        came_from=scope.is_past,
        reach=await reader.ask(reader.reach),
    )
    seen = partial(seen_cases, reader, scope=scope)
    return await reader.page(reader.parts.views.cases, ask, cursor=cursor, limit=limit, seen=seen)
