import pytest

from domain.codes import Site
from domain.directory import Directory
from domain.policies.escalation import Ladder, NoSuchSite, crowd_ladder
from tests.domain.directory_facts import (
    AUGUST,
    BOARD,
    CAM_LY,
    DISTRICT,
    FACTS,
    LITTLE_COUNTRY,
    MAY,
    NGHIA_PHUONG,
    PROVINCE,
)

NO_BOARD = Directory.of(fact for fact in FACTS if getattr(fact, "office_id", "") != BOARD)


def ladder(place: str, site: Site, home: str, directory: Directory = LITTLE_COUNTRY) -> Ladder:
    return crowd_ladder(
        directory.get_unit(place, MAY), site, directory.get_unit(home, MAY), directory, MAY
    )


def test_a_crowd_at_its_own_commune_is_received_by_that_chair_alone() -> None:
    assert ladder(CAM_LY, Site.COMMUNE_OFFICE, CAM_LY) == Ladder(f"ubnd-{CAM_LY}", ())


def test_at_the_district_its_chair_receives_and_the_home_chair_comes() -> None:
    """requirements.md H 5 and G 2: two duties in separate roles."""
    expected = Ladder(f"ubnd-{DISTRICT}", (f"ubnd-{NGHIA_PHUONG}",))
    assert ladder(DISTRICT, Site.DISTRICT_OFFICE, NGHIA_PHUONG) == expected


def test_the_district_office_is_found_from_the_town_where_it_stands() -> None:
    expected = Ladder(f"ubnd-{DISTRICT}", (f"ubnd-{NGHIA_PHUONG}",))
    assert ladder(CAM_LY, Site.DISTRICT_OFFICE, NGHIA_PHUONG) == expected


def test_at_the_province_its_reception_board_receives_and_the_commune_chair_comes() -> None:
    """Law 42/2013 art. 30; requirements.md D 3."""
    expected = Ladder(BOARD, (f"ubnd-{NGHIA_PHUONG}",))
    assert ladder(PROVINCE, Site.PROVINCE_OFFICE, NGHIA_PHUONG) == expected


def test_a_province_without_a_board_receives_through_its_committee() -> None:
    at_province = ladder(PROVINCE, Site.PROVINCE_OFFICE, NGHIA_PHUONG, NO_BOARD)
    assert at_province.must_receive == f"ubnd-{PROVINCE}"


@pytest.mark.parametrize("site", [Site.HANOI, Site.HO_CHI_MINH_CITY])
def test_in_the_big_cities_the_district_leads_and_commune_and_province_come(site: Site) -> None:
    """requirements.md D 4."""
    away = ladder("00004-20250101", site, NGHIA_PHUONG)
    assert away == Ladder(f"ubnd-{DISTRICT}", (f"ubnd-{NGHIA_PHUONG}", f"ubnd-{PROVINCE}"))


def test_a_gate_or_a_leaders_home_is_answered_by_the_office_of_the_place() -> None:
    expected = Ladder(f"ubnd-{CAM_LY}", (f"ubnd-{NGHIA_PHUONG}",))
    assert ladder(CAM_LY, Site.ELSEWHERE, NGHIA_PHUONG) == expected


def test_people_of_the_whole_district_at_its_office_call_nobody_else() -> None:
    assert ladder(DISTRICT, Site.DISTRICT_OFFICE, DISTRICT).must_come == ()
    assert ladder(CAM_LY, Site.COMMUNE_OFFICE, DISTRICT).must_come == ()


def test_without_districts_the_ward_leads_in_hanoi_and_the_city_comes() -> None:
    ward = LITTLE_COUNTRY.get_unit("00004", AUGUST)
    away = crowd_ladder(ward, Site.HANOI, ward, LITTLE_COUNTRY, AUGUST)
    assert away == Ladder("ubnd-00004-20250701", ("ubnd-01-20250701",))


def test_without_districts_there_is_no_district_office() -> None:
    ward = LITTLE_COUNTRY.get_unit("00004", AUGUST)
    with pytest.raises(NoSuchSite, match="14/08/2025"):
        crowd_ladder(ward, Site.DISTRICT_OFFICE, ward, LITTLE_COUNTRY, AUGUST)
