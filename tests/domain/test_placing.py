"""By the unit of then or the successor of now: every open file counts once, in one total."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.events import directory as facts
from domain.events.base import OfficeEvent
from domain.homes import OfficesOn
from domain.placing import How, Place, Placing
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, NGHIA_PHUONG, VOI, unit_of
from tests.domain.after_the_reform import NEW_CAM_LY, REFORMED, reform
from tests.domain.directory_facts import (
    AUGUST,
    LITTLE_COUNTRY,
    MAY,
    THREE_TIERS,
    TWO_TIERS,
    unit,
)
from tests.domain.noting import LAST_DAY, Noting

REFORMS = (date(2025, 7, 1), date(2026, 3, 1))
EVES = tuple(on - timedelta(days=1) for on in REFORMS)
DAYS = (MAY, EVES[0], REFORMS[0], date(2025, 10, 1), EVES[1], REFORMS[1], date(2026, 11, 21))
LEVELS = ("province", "district", "commune")
GONE, SPLIT = unit_of(CAM_LY), unit_of(NGHIA_PHUONG)


@dataclass(frozen=True)
class File:
    """An open file: the office it rests on, and the abolished ones it rested on before."""

    office: str
    formers: tuple[str, ...] = ()

    def taken_over(self, directory: Directory, on: date) -> "File":
        home = OfficesOn(directory, on).home_of(self.office)
        if directory.offices.on(self.office, on) is not None or home is None:
            return self
        return File(home.office.office_id, (*self.formers, self.office))


class Land:
    """A country made by chance, and what its reforms did."""

    def __init__(self, random: Random) -> None:
        self.random, self.noting = random, Noting()
        self.facts: list[OfficeEvent] = []
        self.standing: dict[str, str] = {}
        self.codes = iter(range(10_000, 99_999))
        for _ in range(random.randint(1, 3)):
            self.grow(THREE_TIERS, None, 0)

    def grow(self, since: date, parent: str | None, depth: int) -> None:
        one = self.establish(since, parent, LEVELS[depth])
        if depth < 2:
            for _ in range(self.random.randint(0, 3)):
                self.grow(since, one, depth + 1)

    def establish(self, since: date, parent: str | None, level: str) -> str:
        code = str(next(self.codes))
        alone, seat = unit(code, f"Xã {code}", level, None, since)
        superior = None if parent is None else f"ubnd-{parent}"
        below = type(alone)(**{**vars(alone), "parent": parent})
        self.facts += [below, type(seat)(**{**vars(seat), "superior": superior})]
        self.standing[f"{code}-{since:%Y%m%d}"] = level
        return f"{code}-{since:%Y%m%d}"

    def reform(self, on: date) -> None:
        """Some units end, from the bottom up or not; new ones begin; some heirs are known."""
        ended = [name for name in self.standing if self.random.random() < 0.5]
        last_day = on - timedelta(days=1)
        left = [name for name in self.standing if name not in ended]
        new = [self.establish(on, self.any_of(left), level) for level in LEVELS]
        for name in ended:
            del self.standing[name]
            end: dict[str, Any] = {"last_day": last_day, "basis": ""}
            self.facts += [
                self.noting(facts.UnitAbolished, name, **end),
                self.noting(facts.OfficeAbolished, f"ubnd-{name}", **end),
            ]
            for heir in self.random.sample([*left, *new], self.random.randint(0, 2)):
                self.facts.append(self.succeeds(name, heir, on))

    def any_of(self, names: Sequence[str]) -> str | None:
        return self.random.choice([None, *names])

    def succeeds(self, name: str, heir: str, on: date) -> OfficeEvent:
        return self.noting(
            facts.UnitSucceeded, name, successor=heir, valid_from=on, basis="",
            relation=self.random.choice(list(SuccessionRelation)),
            match=self.random.choice([SuccessionMatch.EXACT, SuccessionMatch.GUESSED]),
        )  # fmt: skip


def lived_through(random: Random) -> tuple[Directory, list[File]]:
    """A country after two reforms, and its open files; not all of them taken over yet."""
    land, files = Land(random), list[File]()
    directory = Directory.of(land.facts)
    for on in REFORMS:
        files += [File(f"ubnd-{random.choice(list(land.standing))}") for _ in range(12)]
        if len(land.standing) > 2:
            land.reform(on)
        directory = Directory.of(land.facts)
        files = [f.taken_over(directory, on) if random.random() < 0.7 else f for f in files]
    if land.standing:
        files += [File(f"ubnd-{random.choice(list(land.standing))}") for _ in range(4)]
    return directory, files


@settings(max_examples=40)
@given(st.integers(0, 1_000_000).map(Random))
def test_by_whatever_day_every_open_file_counts_once_and_the_totals_agree(random: Random) -> None:
    directory, files = lived_through(random)
    for on in DAYS:
        placing = Placing(directory, on)
        for ways in (
            [placing.place(file.office, file.formers) for file in files],
            [placing.place(file.office) for file in files],
        ):
            assert sum(added_up(placing, ways).values()) == len(files)
            assert all(in_the_forest(placing, place) for place in ways)


def added_up(placing: Placing, ways: Sequence[Place]) -> Counter[str | None]:
    """The sums of the units below no other, each found from the top; None: of the country."""
    names = {name for name in (place.unit for place in ways) if name is not None}
    tops = {(name, *placing.above(name))[-1] for name in names}
    sums = Counter[str | None](dict.fromkeys(tops, 0))
    for top in tops:
        sums[top] = sum(placing.lies_in(place.unit, top) for place in ways)
    sums[None] = sum(place.unit is None for place in ways)
    return sums


def in_the_forest(placing: Placing, place: Place) -> bool:
    if place.unit is None:
        return place.how is How.NOBODY
    last_day = placing.directory.units.of(place.unit)[-1].valid_until
    return last_day is None or last_day >= placing.on


@settings(max_examples=25)
@given(st.integers(0, 1_000_000).map(Random))
def test_an_area_holds_exactly_the_work_that_counts_in_it(random: Random) -> None:
    directory, files = lived_through(random)
    for on in (REFORMS[0], DAYS[-1]):
        placing = Placing(directory, on)
        for top in (root.unit_id for root in directory.roots(on)):
            for area in placing.units_in(top):
                offices = placing.offices_in(area)
                for file in files:
                    inside = placing.lies_in(placing.place(file.office).unit, area)
                    assert inside == (file.office in offices)


def test_work_taken_over_counts_where_it_lay_then_and_where_it_lies_now() -> None:
    moved = File(NEW_CAM_LY, (CAM_LY,))
    then, now = Placing(REFORMED, LAST_DAY), Placing(REFORMED, AUGUST)
    assert then.place(moved.office, moved.formers) == Place(GONE, How.OWN)
    assert now.place(moved.office) == Place(unit_of(NEW_CAM_LY), How.OWN)
    assert then.place(NEW_CAM_LY) == Place(unit_of(NEW_CAM_LY), How.LATER)


def test_work_not_taken_over_yet_counts_with_the_heir_already() -> None:
    assert Placing(REFORMED, AUGUST).place(VOI) == Place(unit_of(NEW_CAM_LY), How.HEIR)


def test_work_of_a_split_unit_and_of_a_district_counts_with_the_superior_who_answers() -> None:
    now = Placing(REFORMED, AUGUST)
    for office in (NGHIA_PHUONG, LUC_NAM):
        assert now.place(office) == Place(unit_of(BAC_GIANG), How.MEANWHILE)
    assert now.of_unit(SPLIT) == unit_of(BAC_GIANG)


def test_work_for_which_nobody_answers_still_counts_in_the_country() -> None:
    noting = Noting()
    gone = [
        *reform(noting), noting.seat_ended(BAC_GIANG), noting.ended(unit_of(BAC_GIANG)),
    ]  # fmt: skip
    now = Placing(LITTLE_COUNTRY.with_facts(gone), AUGUST)
    assert now.place(LUC_NAM) == Place(None, How.NOBODY)
    assert now.place("ubnd-never-20250101") == Place(None, How.NOBODY)


def test_the_newest_reform_is_known_by_the_last_day_of_what_ended() -> None:
    assert Placing(REFORMED, AUGUST).eve == TWO_TIERS - timedelta(days=1)
    assert Placing(REFORMED, LAST_DAY).eve is None


def test_a_file_moved_twice_counts_by_the_office_of_the_day() -> None:
    file = replace(File(NEW_CAM_LY, (CAM_LY,)), formers=(CAM_LY, NEW_CAM_LY), office=BAC_GIANG)
    noting = Noting()
    ends = noting(facts.OfficeAbolished, NEW_CAM_LY, last_day=EVES[1], basis="")
    twice = REFORMED.with_facts([ends])
    places = [Placing(twice, on).place(file.office, file.formers).unit for on in (LAST_DAY, AUGUST)]
    assert places == [GONE, unit_of(NEW_CAM_LY)]
    assert Placing(twice, REFORMS[1]).place(file.office, file.formers).unit == unit_of(BAC_GIANG)


def test_an_heir_that_stood_below_what_it_took_over_makes_no_circle() -> None:
    land = Land(Random(1))
    land.facts = []
    top = land.establish(THREE_TIERS, None, "province")
    low = land.establish(THREE_TIERS, top, "district")
    lowest = land.establish(THREE_TIERS, low, "commune")
    heir: dict[str, Any] = {"relation": SuccessionRelation.WHOLE, "match": SuccessionMatch.EXACT}
    for name in (top, low):
        land.facts += [
            land.noting(facts.UnitAbolished, name, last_day=LAST_DAY, basis=""),
            land.noting(
                facts.UnitSucceeded, name, successor=lowest, valid_from=TWO_TIERS, basis="",
                **heir,
            ),
        ]  # fmt: skip
    placing = Placing(Directory.of(land.facts), AUGUST)
    assert placing.above(lowest) == ()
    assert set(placing.offices_in(lowest)) == {f"ubnd-{each}" for each in (top, low, lowest)}
