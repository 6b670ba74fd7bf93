"""Units and offices change, end and are succeeded; what was known on an earlier day stays known."""

from datetime import date

from domain.events import directory as facts
from tests.domain.directory_facts import (
    AUGUST,
    CAM_LY,
    DISTRICT,
    LITTLE_COUNTRY,
    MAY,
    NGHIA_PHUONG,
    OTHER_DISTRICT,
    PROVINCE,
    TWO_TIERS,
)
from tests.domain.noting import JUNE, LAST_DAY, Noting


def test_a_renamed_unit_has_each_name_in_its_time_and_is_found_by_both() -> None:
    grown = LITTLE_COUNTRY.with_facts([Noting().renamed(CAM_LY, "Xã Cẩm Sơn", JUNE)])
    assert grown.get_unit(CAM_LY, MAY).name == "Xã Cẩm Lý"
    assert grown.get_unit("07519", JUNE).name == "Xã Cẩm Sơn"
    assert [u.name for u in grown.search("cam ly", JUNE, 5)] == ["Xã Cẩm Sơn"]
    assert [u.name for u in grown.search("cam son", JUNE, 5)] == ["Xã Cẩm Sơn"]


def test_a_unit_that_moves_stands_below_each_parent_in_its_time() -> None:
    move = Noting()(
        facts.UnitParentChanged, CAM_LY, parent=OTHER_DISTRICT, valid_from=JUNE, basis=""
    )
    grown = LITTLE_COUNTRY.with_facts([move])
    assert CAM_LY in {u.unit_id for u in grown.children(DISTRICT, MAY)}
    assert CAM_LY not in {u.unit_id for u in grown.children(DISTRICT, JUNE)}
    assert CAM_LY in {u.unit_id for u in grown.children(OTHER_DISTRICT, JUNE)}
    assert [u.code for u in grown.ancestors(CAM_LY, JUNE)] == ["217", "24"]


def test_who_stands_above_is_another_once_the_change_is_known_and_holds() -> None:
    seat, other = f"ubnd-{CAM_LY}", f"ubnd-{OTHER_DISTRICT}"
    before = LITTLE_COUNTRY.superiors_of(seat, JUNE)
    moved = Noting()(facts.OfficeSuperiorChanged, seat, superior=other, valid_from=JUNE, basis="")
    grown = LITTLE_COUNTRY.with_facts([moved])
    assert [office.office_id for office in grown.superiors_of(seat, JUNE)] == [
        other, f"ubnd-{PROVINCE}",
    ]  # fmt: skip
    assert grown.superiors_of(seat, MAY) == before
    assert LITTLE_COUNTRY.superiors_of(seat, JUNE) == before


def test_an_abolished_unit_stands_on_its_last_day_and_not_on_the_next() -> None:
    grown = LITTLE_COUNTRY.with_facts([Noting().ended(CAM_LY)])
    assert grown.find_unit(CAM_LY, LAST_DAY) is not None
    assert grown.find_unit(CAM_LY, TWO_TIERS) is None
    assert CAM_LY not in {u.unit_id for u in grown.children(DISTRICT, TWO_TIERS)}


def test_changes_are_ordered_by_the_day_they_hold_not_by_when_they_were_learned() -> None:
    noting = Noting()
    late = noting.renamed(CAM_LY, "Xã Ba", date(2025, 6, 10))
    early = noting.renamed(CAM_LY, "Xã Hai", JUNE)
    grown = LITTLE_COUNTRY.with_facts([late, early])
    assert [p.name for p in grown.units.of(CAM_LY)] == ["Xã Cẩm Lý", "Xã Hai", "Xã Ba"]
    assert [p.valid_until for p in grown.units.of(CAM_LY)] == [
        date(2025, 5, 31), date(2025, 6, 9), None,
    ]  # fmt: skip


def test_of_two_changes_of_one_day_the_later_recorded_holds() -> None:
    noting = Noting()
    twice = [noting.renamed(CAM_LY, "Xã Hai", JUNE), noting.renamed(CAM_LY, "Xã Ba", JUNE)]
    assert LITTLE_COUNTRY.with_facts(twice).get_unit(CAM_LY, JUNE).name == "Xã Ba"


def test_a_withdrawn_fact_holds_no_more_but_is_still_what_was_known_before() -> None:
    noting = Noting()
    wrong = noting.renamed(CAM_LY, "Xã Sai", JUNE, recorded=date(2025, 5, 1))
    mended = noting(
        facts.UnitFactWithdrawn, CAM_LY, date(2025, 5, 20),
        withdrawn=wrong.originator_version, basis="",
    )  # fmt: skip
    grown = LITTLE_COUNTRY.with_facts([wrong, mended])
    assert grown.get_unit(CAM_LY, JUNE).name == "Xã Cẩm Lý"
    assert grown.known_on(date(2025, 5, 19)).get_unit(CAM_LY, JUNE).name == "Xã Sai"
    assert grown.known_on(date(2025, 4, 30)).get_unit(CAM_LY, JUNE).name == "Xã Cẩm Lý"


def test_what_was_known_lately_is_what_is_known_now() -> None:
    assert LITTLE_COUNTRY.known_on(date(2026, 1, 1)) is LITTLE_COUNTRY
    assert LITTLE_COUNTRY.known_on(date(2024, 1, 1)).find_unit(CAM_LY, MAY) is None


def test_repeated_facts_change_nothing_and_a_grown_copy_leaves_the_first_alone() -> None:
    noting = Noting()
    some = [noting.renamed(CAM_LY, "Xã Hai", JUNE), noting.ended(NGHIA_PHUONG)]
    grown = LITTLE_COUNTRY.with_facts(some)
    assert grown.with_facts(some) is grown
    assert LITTLE_COUNTRY.get_unit(CAM_LY, JUNE).name == "Xã Cẩm Lý"
    assert LITTLE_COUNTRY.find_unit(NGHIA_PHUONG, AUGUST) is not None
