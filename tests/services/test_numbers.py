"""File numbers: gapless per office and year, and told apart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.events.directory import OfficeFieldsChanged, OfficeRenamed, OfficeSuperiorChanged
from domain.events.petition import PetitionReceived
from domain.events.register import NumberIssued
from tests.builders import CAM_LY, LAND_OFFICE, OTHER_PETITION, fact, officer
from tests.domain.directory_facts import OTHER_DISTRICT
from tests.domain.noting import Noting
from tests.domain.test_petition import receive
from tests.scenario import given
from tests.services.test_casework import BOOK, CLERK

JULY = date(2025, 7, 1)


def test_numbers_stay_gapless_when_a_command_is_refused() -> None:
    world = given().when(receive(), by=CLERK)
    world.when(receive(), by=CLERK)
    assert world.refusal is not None
    world.refusal = None
    world.when(receive(OTHER_PETITION), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, OTHER_PETITION, number="07519-25-0002"))


def test_a_new_year_opens_a_new_book() -> None:
    world = given().when(receive(), by=CLERK)
    world.clock.at = datetime(2025, 12, 31, 17, 0, tzinfo=UTC)
    world.when(receive(OTHER_PETITION), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, OTHER_PETITION, number="07519-26-0001"))


def test_an_office_beside_the_peoples_committee_marks_its_numbers() -> None:
    world = given().when(receive(), by=officer(LAND_OFFICE))
    world.then(fact(PetitionReceived, LAND_OFFICE, number="TNMT-218-25-0001"))


def test_an_office_of_the_reform_does_not_give_its_predecessors_numbers_again() -> None:
    world = given()
    world.clock.at = datetime(2025, 7, 2, tzinfo=UTC)
    after_the_reform = officer("ubnd-00004-20250701")
    world.when(receive(place="00004"), by=after_the_reform)
    world.then(fact(PetitionReceived, after_the_reform.office, number="00004.0107-25-0001"))


@pytest.mark.parametrize("change", [
    {"event": OfficeSuperiorChanged, "superior": f"ubnd-{OTHER_DISTRICT}"},
    {"event": OfficeRenamed, "name": "UBND xã Cẩm Sơn"},
    {"event": OfficeFieldsChanged, "fields": ("land",)},
])  # fmt: skip
def test_an_office_that_goes_on_goes_on_in_its_book(change: dict[str, Any]) -> None:
    """Only an office established within the year gives out numbers of a code used before."""
    changed = Noting()(change.pop("event"), CAM_LY, valid_from=JULY, basis="", **change)
    world = given()
    world.directory = world.directory.with_facts([changed])
    world.when(receive(), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, number="07519-25-0001"))
    world.clock.at = datetime(2025, 7, 2, tzinfo=UTC)
    world.when(receive(OTHER_PETITION), by=CLERK)
    world.then(fact(PetitionReceived, CAM_LY, OTHER_PETITION, number="07519-25-0002"))


def test_a_new_office_that_changes_keeps_the_mark_of_its_first_day() -> None:
    new = "ubnd-00004-20250701"
    renamed = Noting()(
        OfficeRenamed, new, name="UBND phường khác", valid_from=date(2025, 9, 1), basis=""
    )
    world = given()
    world.directory = world.directory.with_facts([renamed])
    world.clock.at = datetime(2025, 9, 2, tzinfo=UTC)
    world.when(receive(place="00004"), by=officer(new))
    world.then(fact(PetitionReceived, new, number="00004.0107-25-0001"))


def test_many_clerks_of_one_office_get_gapless_numbers() -> None:
    world = given()

    def take_in(_: int) -> str | None:
        return world.casework.handle(
            receive(uuid4()), CLERK, key=uuid4(), request=b"", correlation="many"
        ).number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(take_in, range(64)))
    assert sorted(map(str, numbers)) == [f"07519-25-{number:04d}" for number in range(1, 65)]
    issued = world.store.load(BOOK)
    assert [fact.number for fact in issued if isinstance(fact, NumberIssued)] == [*range(1, 65)]
