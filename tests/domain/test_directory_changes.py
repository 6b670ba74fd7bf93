"""Units and offices change, end and are succeeded; what was known on an earlier day stays known."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.events import directory as facts
from domain.events.base import OfficeEvent, envelope
from domain.streams import office_stream, unit_stream
from domain.succession import (
    Candidate,
    answerable_meanwhile,
    candidates,
    former_units,
    heirs_of_office,
    places_now,
    sole_heir,
)
from domain.values import Signature
from tests.domain.directory_facts import (
    AUGUST,
    BY,
    CAM_LY,
    DISTRICT,
    LAND,
    LITTLE_COUNTRY,
    MAY,
    NGHIA_PHUONG,
    OTHER_DISTRICT,
    PROVINCE,
    TWO_TIERS,
    unit,
)

WHOLE, PART = SuccessionRelation.WHOLE, SuccessionRelation.PART
EXACT, GUESSED, DECIDED = (
    SuccessionMatch.EXACT,
    SuccessionMatch.GUESSED,
    SuccessionMatch.DECIDED,
)
LAST_DAY = date(2025, 6, 30)
JUNE = date(2025, 6, 1)
NEW_LUC_NAM, NEW_CAM_LY = "07444-20250701", "07519-20250701"


class Noting:
    """Facts about units and offices, each at the next place of its stream."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}

    def __call__(
        self, event: type[OfficeEvent], thing: str, recorded: date = MAY, **said: Any
    ) -> OfficeEvent:
        is_unit = event.TOPIC.startswith("unit.")
        version = self._versions.get(thing, 1) + 1
        self._versions[thing] = version
        at = datetime(recorded.year, recorded.month, recorded.day, 3, tzinfo=UTC)
        by = Signature(BY.officer, BY.unit, at, at, "test")
        stream = unit_stream(thing) if is_unit else office_stream(thing)
        said["unit_id" if is_unit else "office_id"] = thing
        return event(**envelope(stream, version, by), **said)

    def renamed(self, name: str, to: str, since: date, recorded: date = MAY) -> OfficeEvent:
        return self(facts.UnitRenamed, name, recorded, name=to, valid_from=since, basis="")

    def ended(self, name: str, recorded: date = MAY) -> OfficeEvent:
        return self(facts.UnitAbolished, name, recorded, last_day=LAST_DAY, basis="")

    def succeeded(
        self,
        name: str,
        heir: str,
        relation: SuccessionRelation = WHOLE,
        match: SuccessionMatch = EXACT,
    ) -> OfficeEvent:
        return self(
            facts.UnitSucceeded, name, successor=heir, relation=relation, match=match,
            valid_from=TWO_TIERS, basis="",
        )  # fmt: skip

    def seat_ended(self, office: str) -> OfficeEvent:
        return self(facts.OfficeAbolished, office, last_day=LAST_DAY, basis="")


def reformed(*more: OfficeEvent) -> Directory:
    """Two new communes right below the province, which goes on."""
    new = (
        *unit("07444", "Xã Lục Nam", "commune", None, TWO_TIERS),
        *unit("07519", "Xã Cẩm Lý", "commune", None, TWO_TIERS),
    )
    return LITTLE_COUNTRY.with_facts((*new, *more))


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


def test_repeated_facts_change_nothing_and_a_grown_copy_leaves_the_first_alone() -> None:
    noting = Noting()
    some = [noting.renamed(CAM_LY, "Xã Hai", JUNE), noting.ended(NGHIA_PHUONG)]
    grown = LITTLE_COUNTRY.with_facts(some)
    assert grown.with_facts(some) is grown
    assert LITTLE_COUNTRY.get_unit(CAM_LY, JUNE).name == "Xã Cẩm Lý"
    assert LITTLE_COUNTRY.find_unit(NGHIA_PHUONG, AUGUST) is not None
