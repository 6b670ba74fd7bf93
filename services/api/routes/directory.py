"""Units and offices, as of a day (danh bạ). Public facts; still only for officers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.api.answers import OfficeAnswer, UnitAnswer
from services.api.bodies.base import Day, Ref
from services.api.deps import Parts, TheOfficer, Today
from services.api.problems import refuses

router = APIRouter(prefix="/api/v1", tags=["directory"], responses=refuses())

At = Annotated[Day | None, Query(description="As of this day; today when left out.")]
UnitPath = Annotated[Ref, Path(description="A unit's id or bare code.")]


@router.get("/units")
async def search_units(
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    q: Annotated[str, Query(min_length=1, max_length=100, description="Name or code.")],
    at: At = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[UnitAnswer]:
    """Units by what somebody types; accents do not matter (tìm đơn vị)."""
    found = parts.directory().search(q, at or today, limit)
    return [UnitAnswer.of(unit) for unit in found]


@router.get("/units/{unit}")
async def read_unit(
    unit: UnitPath,
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
) -> UnitAnswer:
    """One unit by id or bare code: a code means another unit on another day (đơn vị)."""
    return UnitAnswer.of(parts.directory().get_unit(unit, at or today, pointer="path/unit"))


@router.get("/units/{unit}/children")
async def list_children(
    unit: UnitPath,
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
) -> list[UnitAnswer]:
    """The units right below, in administrative order (đơn vị trực thuộc)."""
    on = at or today
    above = parts.directory().get_unit(unit, on, pointer="path/unit")
    return [UnitAnswer.of(child) for child in parts.directory().children(above.unit_id, on)]


@router.get("/offices")
async def list_offices(
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    unit: Annotated[Ref, Query(description="Whose offices.")],
    at: At = None,
) -> list[OfficeAnswer]:
    """The offices of a unit itself (cơ quan của đơn vị)."""
    on = at or today
    owner = parts.directory().get_unit(unit, on, pointer="query/unit")
    return [OfficeAnswer.of(office) for office in parts.directory().offices_of(owner.unit_id, on)]


@router.get("/offices/{office}")
async def read_office(
    office: Annotated[Ref, Path(description="An office's id, or a unit's: its committee.")],
    parts: Parts,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
) -> OfficeAnswer:
    """One office (cơ quan)."""
    found = parts.directory().get_office(office, at or today, pointer="path/office")
    return OfficeAnswer.of(found)
