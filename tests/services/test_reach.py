"""A list may leave unread only what its reader could not see in any case."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.codes import Role
from domain.directory import Directory
from infra.memory.views import MemoryViewStore
from infra.postgres.views import filters
from projections.asks import Reach
from projections.base import changed
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow
from services.api.row_circles import of_case, of_petition
from services.reach import reach_of
from services.sight import Circle, may_see
from tests.builders import BAC_GIANG, CAM_LY, LAND_OFFICE, LUC_NAM, NGHIA_PHUONG, officer
from tests.domain.after_the_reform import NEW_CAM_LY, REFORMED, with_heir
from tests.domain.directory_facts import AUGUST, LITTLE_COUNTRY, MAY
from tests.infra.postgres.views_scene import CASE, LATE, scene
from tests.projections.folding import apply_batch, by_lane

COUNTRIES = [
    (LITTLE_COUNTRY, MAY),
    (REFORMED, MAY),
    (REFORMED, AUGUST),
    (with_heir(LAND_OFFICE, NEW_CAM_LY), AUGUST),
]


def circles(offices: Directory) -> Iterator[Circle]:
    """Every office as the only holder, and as the only one told beside a stranger."""
    for known in offices.offices.names():
        for denounced in (False, True):
            yield Circle(frozenset({known}), denunciation=denounced)
            yield Circle(frozenset(), frozenset({known}), denunciation=denounced)


def is_within(reach: Reach, circle: Circle) -> bool:
    """What ``filters`` asks of a row with this circle."""
    named = circle.holders | circle.told
    near = reach.offices is None or not named.isdisjoint(reach.offices)
    return near and (reach.denunciations or not circle.denunciation or reach.own in circle.holders)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("offices", "on"), COUNTRIES)
def test_whatever_a_reader_sees_is_within_reach(offices: Directory, on: date, role: Role) -> None:
    for office in offices.offices.names():
        reader = officer(office, role)
        reach = reach_of(reader, offices, on)
        for circle in circles(offices):
            assert is_within(reach, circle) or not may_see(reader, circle, offices, on)


def test_an_office_above_no_other_reaches_its_own_files_alone() -> None:
    assert reach_of(officer(LAND_OFFICE), LITTLE_COUNTRY, MAY).offices == (LAND_OFFICE,)
    assert reach_of(officer(LUC_NAM), LITTLE_COUNTRY, MAY).offices is None
    assert reach_of(officer(LAND_OFFICE, Role.AUDITOR), LITTLE_COUNTRY, MAY).offices is None


def test_an_heir_reaches_the_files_of_those_it_stands_for() -> None:
    near = reach_of(officer(NEW_CAM_LY), REFORMED, AUGUST).offices
    assert near is not None
    assert {NEW_CAM_LY, CAM_LY, NGHIA_PHUONG} <= set(near)
    assert BAC_GIANG not in near


def test_heads_and_auditors_alone_reach_the_denunciations_of_others() -> None:
    reach = (reach_of(officer(LUC_NAM, role), LITTLE_COUNTRY, MAY) for role in Role)
    far = {role for role, each in zip(Role, reach, strict=True) if each.denunciations}
    assert far == {Role.OFFICE_HEAD, Role.LEADER, Role.AUDITOR}


def test_lists_ask_about_every_office_that_a_row_s_circle_names() -> None:
    store = MemoryViewStore()
    for facts in by_lane(scene().facts).values():
        apply_batch(store, facts)
    petition, case = store.find(PetitionRow, LATE), store.find(CaseRow, CASE)
    assert petition is not None
    assert case is not None
    holding, told = (
        {column.removeprefix("p.") for column in columns}
        for columns in (filters.HOLDING_PETITION, filters.TOLD_OF_PETITION)
    )
    named = changed(petition, **{column: column for column in holding | told})
    assert of_petition(named) == Circle(frozenset(holding), frozenset(told))
    holding, told = set(filters.HOLDING_CASE), set(filters.TOLD_OF_CASE)
    followed = changed(case, **{column: column for column in holding | told})
    assert of_case(followed) == Circle(frozenset(holding), frozenset(told))
