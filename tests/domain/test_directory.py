import unicodedata
from datetime import date

import pytest

from domain.directory import Directory, UnknownOffice, UnknownUnit
from domain.events.registry import type_name
from infra.serial import decode, encode
from tests.domain.directory_facts import (
    AUGUST,
    BOARD,
    CAM_LY,
    DISTRICT,
    FACTS,
    LAND,
    LITTLE_COUNTRY,
    MAY,
    NGHIA_PHUONG,
    PROVINCE,
    unit,
)


def test_a_bare_code_names_the_unit_of_that_day() -> None:
    assert LITTLE_COUNTRY.get_unit("00004", MAY).name == "Phường Trúc Bạch"
    assert LITTLE_COUNTRY.get_unit("00004", AUGUST).name == "Phường Ba Đình"


def test_what_is_said_of_many_is_held_once_however_often_it_is_read() -> None:
    read = Directory.of(decode(type_name(type(fact)), encode(fact)) for fact in FACTS)
    commune, other = read.get_unit(CAM_LY, MAY), read.get_unit(NGHIA_PHUONG, MAY)
    assert commune.parent is other.parent is read.get_unit(DISTRICT, MAY).unit_id
    assert commune.level is other.level
    assert commune.valid_from is other.valid_from
    seat, seated = read.committee_of(CAM_LY, MAY), read.committee_of(NGHIA_PHUONG, MAY)
    assert (seat.unit, seat.type, seat.fields) == (CAM_LY, "peoples_committee", ())
    assert seat.superior is seated.superior
    assert seat.unit is commune.unit_id


def test_a_full_id_names_one_unit_for_ever_but_not_before_its_first_day() -> None:
    assert LITTLE_COUNTRY.get_unit("00004-20250701", AUGUST).name == "Phường Ba Đình"
    assert LITTLE_COUNTRY.find_unit("00004-20250701", MAY) is None


def test_an_unknown_unit_is_refused_with_what_where_and_how_to_mend() -> None:
    with pytest.raises(UnknownUnit) as refused:
        LITTLE_COUNTRY.get_unit("99999", MAY, pointer="/place")
    assert "99999" in refused.value.reason
    assert "14/05/2025" in refused.value.reason
    assert refused.value.pointer == "/place"
    assert refused.value.mend


def test_what_is_no_reference_at_all_is_not_repeated() -> None:
    for written in ("0912345678", "Hoang-Thi-Yen"):
        with pytest.raises(UnknownUnit) as no_unit:
            LITTLE_COUNTRY.get_unit(written, MAY)
        with pytest.raises(UnknownOffice) as no_office:
            LITTLE_COUNTRY.get_office(written, MAY)
        assert written not in no_unit.value.reason + no_office.value.reason


def test_a_unit_of_another_period_is_refused_saying_which_period() -> None:
    with pytest.raises(UnknownUnit, match=r"Phường Ba Đình, từ 01/07/2025"):
        LITTLE_COUNTRY.get_unit("00004-20250701", MAY)
    with pytest.raises(UnknownUnit, match=r"Huyện Lục Nam, từ 01/01/2025"):
        LITTLE_COUNTRY.get_unit("218", date(2024, 12, 31))


def test_a_bare_unit_code_names_its_peoples_committee() -> None:
    assert LITTLE_COUNTRY.get_office("07486", MAY).name == "UBND xã Nghĩa Phương"
    assert LITTLE_COUNTRY.get_office(f"ubnd-{DISTRICT}", MAY).name == "UBND huyện Lục Nam"
    assert LITTLE_COUNTRY.committee_of(PROVINCE, MAY).name == "UBND tỉnh Bắc Giang"


def test_an_unknown_office_is_refused() -> None:
    with pytest.raises(UnknownOffice, match="tnmt-99"):
        LITTLE_COUNTRY.get_office("tnmt-99", MAY, pointer="/to_office")
    with pytest.raises(UnknownOffice):
        LITTLE_COUNTRY.committee_of(DISTRICT, date(2024, 12, 31))


def test_superiors_are_listed_nearest_first() -> None:
    above = LITTLE_COUNTRY.superiors_of(f"ubnd-{NGHIA_PHUONG}", MAY)
    assert [office.name for office in above] == ["UBND huyện Lục Nam", "UBND tỉnh Bắc Giang"]
    assert LITTLE_COUNTRY.superior_of(f"ubnd-{PROVINCE}", MAY) is None


def test_two_communes_of_a_district_have_the_district_above_them() -> None:
    common = LITTLE_COUNTRY.common_superior(f"ubnd-{NGHIA_PHUONG}", f"ubnd-{CAM_LY}", MAY)
    assert common is not None
    assert common.office_id == f"ubnd-{DISTRICT}"


def test_nobody_decides_a_dispute_of_his_own() -> None:
    commune, district = f"ubnd-{NGHIA_PHUONG}", f"ubnd-{DISTRICT}"
    for a, b in ((commune, district), (district, commune), (district, district)):
        common = LITTLE_COUNTRY.common_superior(a, b, MAY)
        assert common is not None
        assert common.office_id == f"ubnd-{PROVINCE}"


def test_a_department_and_a_commune_meet_in_their_district() -> None:
    common = LITTLE_COUNTRY.common_superior(LAND, f"ubnd-{CAM_LY}", MAY)
    assert common is not None
    assert common.office_id == f"ubnd-{DISTRICT}"


def test_offices_of_two_provinces_have_nobody_above_both() -> None:
    assert LITTLE_COUNTRY.common_superior("ubnd-00004-20250101", f"ubnd-{CAM_LY}", MAY) is None


def test_children_stand_in_administrative_order_and_ancestors_nearest_first() -> None:
    assert [u.name for u in LITTLE_COUNTRY.children(DISTRICT, MAY)] == [
        "Xã Nghĩa Phương",
        "Xã Cẩm Lý",
    ]
    assert [u.code for u in LITTLE_COUNTRY.ancestors(CAM_LY, MAY)] == ["218", "24"]
    assert [u.code for u in LITTLE_COUNTRY.units_under(PROVINCE, MAY)] == [
        "217", "07375", "218", "07486", "07519",
    ]  # fmt: skip


def test_after_the_reform_a_ward_stands_right_below_its_province() -> None:
    ward = LITTLE_COUNTRY.get_unit("00004", AUGUST)
    assert [u.level for u in LITTLE_COUNTRY.ancestors(ward.unit_id, AUGUST)] == ["province"]
    above = LITTLE_COUNTRY.superiors_of(f"ubnd-{ward.unit_id}", AUGUST)
    assert [office.name for office in above] == ["UBND thành phố Hà Nội"]


def test_the_offices_below_a_unit_include_its_own_departments() -> None:
    below = {office.office_id for office in LITTLE_COUNTRY.offices_under(PROVINCE, MAY)}
    assert {BOARD, LAND, f"ubnd-{CAM_LY}", f"ubnd-{PROVINCE}"} <= below
    assert "ubnd-00004-20250101" not in below
    own = {office.office_id for office in LITTLE_COUNTRY.offices_of(DISTRICT, MAY)}
    assert own == {f"ubnd-{DISTRICT}", LAND}


@pytest.mark.parametrize(
    "typed",
    ["nghia phuong", "Nghĩa Phương", unicodedata.normalize("NFD", "Nghĩa Phương"), "x. nghia ph",
     "xa nghia phuong luc nam", "07486"],
)  # fmt: skip
def test_a_unit_is_found_as_people_type_it(typed: str) -> None:
    found = LITTLE_COUNTRY.search(typed, MAY, 5)
    assert [u.name for u in found][:1] == ["Xã Nghĩa Phương"]


def test_an_exact_name_comes_before_a_longer_one_and_the_limit_holds() -> None:
    grown = LITTLE_COUNTRY.with_facts(unit("07999", "Xã Cẩm", "commune", "217"))
    assert [u.name for u in grown.search("cam", MAY, 5)] == ["Xã Cẩm", "Xã Cẩm Lý"]
    assert len(grown.search("cam", MAY, 1)) == 1


def test_nothing_typed_or_nothing_known_finds_nothing() -> None:
    assert LITTLE_COUNTRY.search("  ", MAY, 5) == ()
    assert LITTLE_COUNTRY.search("luc nam xyz", MAY, 5) == ()


def test_a_grown_copy_leaves_the_first_as_it_was() -> None:
    grown = LITTLE_COUNTRY.with_facts(unit("07456", "Xã Tam Dị", "commune", "218"))
    assert grown.get_unit("07456", MAY).name == "Xã Tam Dị"
    assert LITTLE_COUNTRY.find_unit("07456", MAY) is None
    assert [u.code for u in grown.children(DISTRICT, MAY)] == ["07456", "07486", "07519"]


def test_a_repeated_fact_changes_nothing() -> None:
    assert LITTLE_COUNTRY.with_facts(FACTS) is LITTLE_COUNTRY
    twice = Directory.of((*FACTS, *FACTS))
    assert len(twice.children(DISTRICT, MAY)) == 2
