"""Offices, as of a day (danh bạ cơ quan). Public facts; still only for officers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from domain.streams import office_stream
from services.access import SYSTEM
from services.api.answers import OfficeAnswer
from services.api.bodies.base import Ref
from services.api.deps import Parts, TheOfficer, Today
from services.api.known import TheDated
from services.api.office_answers import OfficeHistory, PlaceAnswer, PostsAnswer
from services.api.problems import refuses
from services.areas import looked_over

AT = "/api/v1/offices"

router = APIRouter(prefix=AT, tags=["directory"], responses=refuses())

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


@router.get("/{office}/history")
async def read_office_history(
    office: OfficePath, response: Response, dated: TheDated, parts: Parts
) -> OfficeHistory:
    """Its names, fields and superiors, and the facts about it (lịch sử cơ quan).

    ``version`` and ``ETag`` are of its whole record, posts and places too: for ``If-Match``.
    """
    directory = dated.directory
    if office in directory.offices:
        own = office
    else:
        own = directory.get_office(office, dated.on, pointer="path/office").office_id
    version = await run_in_threadpool(parts.store.last_version, office_stream(own))
    response.headers["ETag"] = f'"{version}"'
    return OfficeHistory.of(own, version, directory)


@router.get("/{office}/places")
async def list_reception_places(office: OfficePath, dated: TheDated) -> list[PlaceAnswer]:
    """Where it receives citizens on a day (địa điểm tiếp công dân)."""
    directory, on = dated.directory, dated.on
    own = directory.get_office(office, on, pointer="path/office").office_id
    return [PlaceAnswer.of(place) for place in directory.posts.reception_places(own, on)]


@router.get("/{office}/posts")
async def read_posts(
    office: OfficePath, dated: TheDated, officer: TheOfficer, parts: Parts, today: Today
) -> PostsAnswer:
    """Who heads it, who holds which post, who stands in for whom on a day (vị trí công tác).

    For the offices of its unit and of the units above it, and for who keeps the directory.
    """
    own = dated.directory.get_office(office, dated.on, pointer="path/office")
    if officer.role not in SYSTEM:
        looked_over(officer, own.unit, parts.directory(), today, pointer="path/office")
    return PostsAnswer.of(own.office_id, dated.directory.posts, dated.on)
