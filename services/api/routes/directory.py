"""Offices, as of a day (danh bạ cơ quan). Public facts; still only for officers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.api.answers import OfficeAnswer
from services.api.bodies.base import Ref
from services.api.deps import TheOfficer, Today
from services.api.known import At, TheDirectory
from services.api.problems import refuses

router = APIRouter(prefix="/api/v1/offices", tags=["directory"], responses=refuses())

OfficePath = Annotated[Ref, Path(description="An office's id, or a unit's: its committee.")]


@router.get("")
async def list_offices(
    directory: TheDirectory,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    unit: Annotated[Ref, Query(description="Whose offices.")],
    at: At = None,
) -> list[OfficeAnswer]:
    """The offices of a unit itself (cơ quan của đơn vị)."""
    on = at or today
    owner = directory.get_unit(unit, on, pointer="query/unit")
    return [OfficeAnswer.of(office) for office in directory.offices_of(owner.unit_id, on)]


@router.get("/{office}")
async def read_office(
    office: OfficePath,
    directory: TheDirectory,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
) -> OfficeAnswer:
    """One office (cơ quan)."""
    return OfficeAnswer.of(directory.get_office(office, at or today, pointer="path/office"))


@router.get("/{office}/superiors")
async def list_superiors(
    office: OfficePath,
    directory: TheDirectory,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    at: At = None,
) -> list[OfficeAnswer]:
    """Every office above it, nearest first (cơ quan cấp trên)."""
    on = at or today
    own = directory.get_office(office, on, pointer="path/office")
    return [OfficeAnswer.of(above) for above in directory.superiors_of(own.office_id, on)]


@router.get("/{office}/common-superior")
async def read_common_superior(
    office: OfficePath,
    directory: TheDirectory,
    officer: TheOfficer,  # noqa: ARG001
    today: Today,
    other: Annotated[Ref, Query(description="The other office.")],
    at: At = None,
) -> OfficeAnswer | None:
    """The nearest office above both, if any (cấp trên chung gần nhất)."""
    on = at or today
    one = directory.get_office(office, on, pointer="path/office").office_id
    two = directory.get_office(other, on, pointer="query/other").office_id
    above = directory.common_superior(one, two, on)
    return None if above is None else OfficeAnswer.of(above)
