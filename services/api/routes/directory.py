"""Offices, as of a day (danh bạ cơ quan). Public facts; still only for officers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.api.answers import OfficeAnswer
from services.api.bodies.base import Ref
from services.api.known import TheDated
from services.api.problems import refuses

router = APIRouter(prefix="/api/v1/offices", tags=["directory"], responses=refuses())

OfficePath = Annotated[Ref, Path(description="An office's id, or a unit's: its committee.")]


@router.get("")
async def list_offices(
    dated: TheDated, unit: Annotated[Ref, Query(description="Whose offices.")]
) -> list[OfficeAnswer]:
    """The offices of a unit itself (cơ quan của đơn vị)."""
    directory, on = dated.directory, dated.on
    owner = directory.get_unit(unit, on, pointer="query/unit")
    return [OfficeAnswer.of(office) for office in directory.offices_of(owner.unit_id, on)]


@router.get("/{office}")
async def read_office(office: OfficePath, dated: TheDated) -> OfficeAnswer:
    """One office (cơ quan)."""
    return OfficeAnswer.of(dated.directory.get_office(office, dated.on, pointer="path/office"))


@router.get("/{office}/superiors")
async def list_superiors(office: OfficePath, dated: TheDated) -> list[OfficeAnswer]:
    """Every office above it, nearest first (cơ quan cấp trên)."""
    directory, on = dated.directory, dated.on
    own = directory.get_office(office, on, pointer="path/office")
    return [OfficeAnswer.of(above) for above in directory.superiors_of(own.office_id, on)]


@router.get("/{office}/common-superior")
async def read_common_superior(
    office: OfficePath,
    dated: TheDated,
    other: Annotated[Ref, Query(description="The other office.")],
) -> OfficeAnswer | None:
    """The nearest office above both, if any (cấp trên chung gần nhất)."""
    directory, on = dated.directory, dated.on
    one = directory.get_office(office, on, pointer="path/office").office_id
    two = directory.get_office(other, on, pointer="query/other").office_id
    above = directory.common_superior(one, two, on)
    return None if above is None else OfficeAnswer.of(above)
