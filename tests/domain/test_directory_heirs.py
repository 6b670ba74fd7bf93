"""Who takes the place of a unit or an office that ended, and who answers until that is sure."""

from datetime import date

import pytest

from domain.events import directory as facts
from domain.succession import (
    Candidate,
    answerable_meanwhile,
    candidates,
    former_units,
    heirs_of_office,
    places_now,
    sole_heir,
)
from tests.domain.directory_facts import (
    AUGUST,
    CAM_LY,
    DISTRICT,
    LAND,
    LITTLE_COUNTRY,
    MAY,
    NGHIA_PHUONG,
    PROVINCE,
    TWO_TIERS,
    unit,
)
from tests.domain.noting import (
    DECIDED,
    EXACT,
    GUESSED,
    JUNE,
    NEW_CAM_LY,
    NEW_LUC_NAM,
    PART,
    WHOLE,
    Noting,
    reformed,
)


def test_a_merged_unit_has_one_heir_and_the_heir_knows_whom_it_took_over() -> None:
    noting = Noting()
    merged = [
        made
        for name in (CAM_LY, NGHIA_PHUONG)
        for made in (noting.ended(name), noting.succeeded(name, NEW_CAM_LY))
    ]
    grown = reformed(*merged)
    assert sole_heir(grown.units, CAM_LY, AUGUST) == NEW_CAM_LY
    assert sole_heir(grown.units, CAM_LY, MAY) == CAM_LY
    assert [u.name for u in former_units(NEW_CAM_LY, grown)] == ["Xã Cẩm Lý", "Xã Nghĩa Phương"]
    assert [u.unit_id for u, _ in places_now(NGHIA_PHUONG, grown, AUGUST)] == [NEW_CAM_LY]


def test_a_split_unit_gives_candidates_and_never_a_guess() -> None:
    noting = Noting()
    grown = reformed(
        noting.ended(CAM_LY),
        noting.succeeded(CAM_LY, NEW_CAM_LY, PART),
        noting.succeeded(CAM_LY, NEW_LUC_NAM, PART),
    )
    assert sole_heir(grown.units, CAM_LY, AUGUST) is None
    assert candidates(grown.units, CAM_LY, AUGUST) == (
        Candidate(NEW_CAM_LY, whole=False, match=EXACT),
        Candidate(NEW_LUC_NAM, whole=False, match=EXACT),
    )


def test_a_guessed_heir_is_a_candidate_until_somebody_decides() -> None:
    noting = Noting()
    grown = reformed(noting.ended(CAM_LY), noting.succeeded(CAM_LY, NEW_CAM_LY, match=GUESSED))
    assert sole_heir(grown.units, CAM_LY, AUGUST) is None
    wrong = noting(facts.UnitFactWithdrawn, CAM_LY, withdrawn=3, basis="")
    decided = noting.succeeded(CAM_LY, NEW_LUC_NAM, match=DECIDED)
    assert sole_heir(grown.with_facts([wrong, decided]).units, CAM_LY, AUGUST) == NEW_LUC_NAM


def test_heirs_are_followed_through_several_reforms() -> None:
    noting = Noting()
    later = date(2030, 1, 1)
    grown = reformed(
        *unit("07445", "Xã Mới", "commune", None, later),
        noting.ended(CAM_LY),
        noting.succeeded(CAM_LY, NEW_CAM_LY),
        noting(facts.UnitAbolished, NEW_CAM_LY, last_day=date(2029, 12, 31), basis=""),
        noting(
            facts.UnitSucceeded, NEW_CAM_LY, successor="07445-20300101", relation=WHOLE,
            match=EXACT, valid_from=later, basis="",
        ),
    )  # fmt: skip
    assert sole_heir(grown.units, CAM_LY, later) == "07445-20300101"
    assert sole_heir(grown.units, CAM_LY, AUGUST) == NEW_CAM_LY


def test_a_unit_that_ceded_a_part_is_no_sure_place_for_an_old_address() -> None:
    ceded = Noting()(facts.UnitPartMoved, CAM_LY, to_unit=NGHIA_PHUONG, valid_from=JUNE, basis="")
    grown = LITTLE_COUNTRY.with_facts([ceded])
    assert sole_heir(grown.units, CAM_LY, MAY) == CAM_LY
    assert sole_heir(grown.units, CAM_LY, JUNE) is None
    assert [u.unit_id for u, _ in places_now(CAM_LY, grown, JUNE)] == [CAM_LY, NGHIA_PHUONG]


def test_units_that_name_each_other_as_heirs_lead_nowhere_and_end() -> None:
    noting = Noting()
    grown = LITTLE_COUNTRY.with_facts((
        noting.ended(CAM_LY), noting.ended(NGHIA_PHUONG),
        noting.succeeded(CAM_LY, NGHIA_PHUONG), noting.succeeded(NGHIA_PHUONG, CAM_LY),
    ))  # fmt: skip
    assert candidates(grown.units, CAM_LY, AUGUST) == ()


def test_an_offices_work_goes_to_the_same_kind_of_office_or_to_the_committee() -> None:
    noting = Noting()
    grown = reformed(
        noting.ended(DISTRICT), noting.seat_ended(LAND),
        noting.succeeded(DISTRICT, NEW_LUC_NAM),
        noting.ended(CAM_LY), noting.seat_ended(f"ubnd-{CAM_LY}"),
        noting.succeeded(CAM_LY, NEW_CAM_LY),
    )  # fmt: skip
    heirs = [office.office_id for office, _ in heirs_of_office(f"ubnd-{CAM_LY}", grown, AUGUST)]
    assert heirs == [f"ubnd-{NEW_CAM_LY}"]
    assert [o.office_id for o, _ in heirs_of_office(LAND, grown, AUGUST)] == [f"ubnd-{NEW_LUC_NAM}"]


def test_a_named_heir_of_an_office_comes_before_any_other() -> None:
    noting = Noting()
    named = noting(
        facts.OfficeSucceeded, LAND, successor=f"ubnd-{PROVINCE}", relation=WHOLE,
        match=DECIDED, valid_from=TWO_TIERS, basis="",
    )  # fmt: skip
    grown = reformed(noting.seat_ended(LAND), named)
    assert [o.office_id for o, _ in heirs_of_office(LAND, grown, AUGUST)] == [f"ubnd-{PROVINCE}"]


@pytest.mark.parametrize("office", [f"ubnd-{CAM_LY}", LAND])
def test_until_somebody_decides_the_nearest_superior_that_stands_is_answerable(
    office: str,
) -> None:
    noting = Noting()
    grown = reformed(
        noting.ended(CAM_LY), noting.seat_ended(f"ubnd-{CAM_LY}"), noting.seat_ended(LAND),
        noting.ended(DISTRICT), noting.seat_ended(f"ubnd-{DISTRICT}"),
    )  # fmt: skip
    meanwhile = answerable_meanwhile(office, grown, AUGUST)
    assert meanwhile is not None
    assert meanwhile.office_id == f"ubnd-{PROVINCE}"


def test_where_nobody_stands_above_nobody_is_answerable_meanwhile() -> None:
    noting = Noting()
    grown = LITTLE_COUNTRY.with_facts([noting.seat_ended(f"ubnd-{PROVINCE}")])
    assert answerable_meanwhile(f"ubnd-{PROVINCE}", grown, AUGUST) is None
