"""The little country in August 2025: communes merged and split, districts and a province gone."""

from datetime import UTC, datetime

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.events.base import OfficeEvent
from domain.events.directory import OfficeSucceeded
from tests.builders import BAC_GIANG, CAM_LY, HANOI, LAND_OFFICE, NGHIA_PHUONG, VOI, Draft, unit_of
from tests.domain.directory_facts import LITTLE_COUNTRY, TWO_TIERS, office, unit
from tests.domain.noting import Noting
from tests.scenario import Scenario, given

AUGUST_MORNING = datetime(2025, 8, 14, 1, 0, tzinfo=UTC)
NEW_CAM_LY, NEW_NGHIA_PHUONG = "ubnd-07519-20250701", "ubnd-07486-20250701"
"""The first took over Cẩm Lý and Vôi wholly and a part of Nghĩa Phương, the second the rest."""

COMMUNES_BELOW = (CAM_LY, VOI, NGHIA_PHUONG)
DISTRICTS = ("ubnd-218-20250101", "ubnd-217-20250101")


def new_commune(code: str, name: str) -> tuple[OfficeEvent, OfficeEvent]:
    """A commune right below the province."""
    alone, _ = unit(code, name, "commune", None, TWO_TIERS)
    established = type(alone)(**{**vars(alone), "parent": unit_of(BAC_GIANG)})
    unit_id = f"{code}-{TWO_TIERS:%Y%m%d}"
    seat = office(
        f"ubnd-{unit_id}", "peoples_committee", f"UBND {name}", unit_id, BAC_GIANG, TWO_TIERS
    )
    return established, seat


def reform(noting: Noting) -> tuple[OfficeEvent, ...]:
    """What the reform says."""
    ended = (*COMMUNES_BELOW, *DISTRICTS, HANOI)
    cam_ly, nghia_phuong = unit_of(NEW_CAM_LY), unit_of(NEW_NGHIA_PHUONG)
    return (
        *new_commune("07519", "Xã Cẩm Lý"),
        *new_commune("07486", "Xã Nghĩa Phương"),
        *(noting.ended(unit_of(each)) for each in ended),
        *(noting.seat_ended(each) for each in (*ended, LAND_OFFICE)),
        noting.succeeded(unit_of(CAM_LY), cam_ly),
        noting.succeeded(unit_of(VOI), cam_ly),
        noting.succeeded(unit_of(NGHIA_PHUONG), cam_ly, SuccessionRelation.PART),
        noting.succeeded(unit_of(NGHIA_PHUONG), nghia_phuong, SuccessionRelation.PART),
    )


REFORMED: Directory = LITTLE_COUNTRY.with_facts(reform(Noting()))


def with_heir(office: str, heir: str, *, ends: bool = False) -> Directory:
    """The same country once somebody named who does an office's work; perhaps it ends first."""
    noting = Noting()
    said = reform(noting)
    last = (noting.seat_ended(office),) if ends else ()
    named = noting(
        OfficeSucceeded, office, successor=heir, relation=SuccessionRelation.WHOLE,
        match=SuccessionMatch.DECIDED, valid_from=TWO_TIERS, basis="",
    )  # fmt: skip
    return LITTLE_COUNTRY.with_facts((*said, *last, named))


def after_the_reform(*drafts: Draft, directory: Directory = REFORMED) -> Scenario:
    """A world in which these facts were recorded in May, and it is August now."""
    return reformed(given(*drafts), directory)


def reformed(world: Scenario, directory: Directory = REFORMED) -> Scenario:
    """The same world in August."""
    world.directory = directory
    world.clock.at = AUGUST_MORNING
    return world
