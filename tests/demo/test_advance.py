"""A demo is carried on day by day: in order, over the reform, never back, whoever interrupts."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

import pytest

from domain.codes import Role
from domain.days import VIETNAM
from domain.events.directory import UnitEstablished
from domain.reform import ReformPlan
from infra.serial import decode
from services.demo import NOW, sign_in_places
from services.demo.accounts import LOOKING_BACK, account_of
from services.demo.advance import (
    EVE,
    Asked,
    Came,
    CannotAdvance,
    Crossed,
    Watching,
    advance,
    next_stop,
)
from services.demo.clock import TODAY, at
from services.demo.crossing import is_settled
from services.demo.offices import LUC_NAM, PROVINCES, committee, office_id
from services.reform import CARRIED_DAY
from services.seats import former_seat, seat_of
from tests.demo.little_stack import LittleStack
from tests.demo.memory_road import EVERYTHING, MemoryRoad
from tests.units.country import files_of

AFTER = date(2025, 7, 2)


def day(number: int, month: int = 5) -> date:
    return date(2025, month, number)


@dataclass
class Journey:
    """A demo that was carried over the reform with many a stop, and what was told of it."""

    road: MemoryRoad
    plan: ReformPlan
    came: list[Came] = field(default_factory=list)
    crossed: list[Crossed] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    stops: int = 0

    def go(self, asked: Asked, patience: int = 1_000_000) -> bool:
        """Carry it on, until so many questions whether to stop were answered with no."""
        asks = count()
        watching = Watching(
            self.came.append, self.crossed.append, lambda: next(asks) >= patience,
            self.rests.append,
        )  # fmt: skip
        arrived = advance(self.road, asked, watching)
        self.stops += not arrived
        return arrived


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The demo on the day after the reform; every run but the last was interrupted."""
    files = files_of(tmp_path_factory.mktemp("reform"), {*PROVINCES, "01"})
    stack = LittleStack()
    stack.bring_in_units(files.old)
    stack.fill(0.0)
    journey = Journey(
        MemoryRoad(stack, files.order), files.order.planned(stack.directory.current())[0]
    )
    assert journey.go(Asked(day(17), pace=1.5))
    for patience in (1, 9, 33, 2):
        journey.go(Asked(AFTER, step=7), patience)
    assert journey.go(Asked(AFTER, step=7))
    return journey


def test_steps_end_on_days_on_which_something_falls_and_around_the_reform() -> None:
    week = Asked(day(5, 7), step=7)

    def after(now: datetime, *due: date, ahead: bool = True) -> datetime | None:
        return next_stop(now, week, due, reform_ahead=ahead)

    assert after(NOW) == at(day(21), 7, 30)
    assert after(NOW, day(14), day(16)) == at(day(16), 7, 30)
    assert after(at(day(28, 6), 7, 30)) == at(EVE, 17)
    assert after(at(EVE, 7, 30)) == at(EVE, 17)
    assert after(at(EVE, 17), ahead=False) == at(CARRIED_DAY, 7, 30)
    assert after(at(CARRIED_DAY, 7, 30), ahead=False) == at(day(5, 7), 7, 30)
    assert after(at(day(5, 7), 7, 30), ahead=False) is None
    assert next_stop(NOW, Asked(EVE), (), reform_ahead=True) == at(day(15), 7, 30)
    assert next_stop(at(EVE, 7, 30), Asked(EVE), (), reform_ahead=True) is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(day(13)), "never goes back"),
        (Asked(date(2100, 1, 1)), "too far"),
        (Asked(AFTER, step=0), "at least one day"),
    ],
)
def test_a_day_that_is_past_or_too_far_is_refused_in_words(asked: Asked, words: str) -> None:
    with pytest.raises(CannotAdvance, match=words):
        asked.check(NOW)
    Asked(TODAY).check(NOW)


def test_every_day_with_a_reminder_is_stopped_at_in_order(carried: Journey) -> None:
    days = carried.road.days
    assert days == sorted(days)
    assert days[-1] == AFTER
    assert {EVE, CARRIED_DAY} <= set(days)
    stored = carried.road.stack.store.read(after=0, limit=EVERYTHING)
    reminders = [each for each in stored if each.type_name.startswith("reminder.")]
    facts = [decode(each.type_name, each.body) for each in reminders]
    told = {fact.timestamp.astimezone(VIETNAM).date() for fact in facts} - {TODAY}
    assert told
    assert told <= set(days)


def test_interrupted_anywhere_it_goes_on_and_doubles_nothing(carried: Journey) -> None:
    assert carried.stops == 4
    days = carried.road.days
    assert len(days) == len(set(days))
    stored = carried.road.stack.store.read(after=0, limit=EVERYTHING)
    established = [
        decode(each.type_name, each.body)
        for each in stored
        if each.type_name == f"{UnitEstablished.TOPIC}/1"
    ]
    new = [
        fact
        for fact in established
        if isinstance(fact, UnitEstablished) and fact.valid_from == CARRIED_DAY
    ]
    assert len(new) == len({fact.originator_id for fact in new}) == len(carried.plan.established)
    head = carried.road.stack.store.head()
    assert carried.go(Asked(AFTER))
    assert carried.road.stack.store.head() == head


def test_the_reform_is_there_on_its_first_morning_and_told_before_as_a_preview(
    carried: Journey,
) -> None:
    tree = carried.road.directory
    assert carried.crossed[0].counts["established"] == len(carried.plan.established)
    assert [each.whole for each in carried.crossed].count(True) == 1
    assert is_settled(tree)
    assert tree.find_unit(LUC_NAM, EVE) is not None
    assert tree.find_unit(LUC_NAM, CARRIED_DAY) is None
    for short in ("tcd", "ttr", "nnmt", "xd", "vp", "nv"):
        heir = f"{short}-24-{CARRIED_DAY:%Y%m%d}"
        assert tree.get_office(heir, CARRIED_DAY).name.endswith("tỉnh Bắc Ninh")
        assert tree.offices.heirs(office_id(short, "24"))[0].heir == heir


def test_officers_work_on_at_the_heir_and_districts_only_look_back(carried: Journey) -> None:
    tree = carried.road.directory
    before, after = sign_in_places(tree, EVE), sign_in_places(tree, AFTER)
    assert {each.account for place in after for each in place.accounts} < {
        each.account for place in before for each in place.accounts
    }
    looking = [each for place in after for each in place.accounts if each.until is not None]
    assert {each.office for each in looking} == {
        committee(code) for code in (LUC_NAM, "178", "705", "614", "502")
    }
    assert all(each.role in LOOKING_BACK and each.until == EVE for each in looking)
    for place in after:
        for each in place.accounts:
            assert each.until is not None or tree.find_office(each.office, AFTER) is not None
    clerk = account_of(committee("07456"), Role.CLERK)
    (now,) = (each for each in after[0].accounts if each.account == clerk)
    assert now.office == f"ubnd-07462-{CARRIED_DAY:%Y%m%d}"
    assert Role.CLERK in tree.posts.posts_of(clerk, now.office, AFTER)


def test_who_watches_is_told_of_each_step_and_rests_before_it(carried: Journey) -> None:
    assert [each.at.astimezone(VIETNAM).day for each in carried.came[:4]] == [14, 15, 16, 17]
    assert carried.rests[:3] == [1.5] * 3
    assert set(carried.rests[3:]) == {0.0}


def test_a_seat_moves_to_the_heir_by_the_post_held_there_and_by_nothing_else(
    carried: Journey,
) -> None:
    tree, old = carried.road.directory, committee("07456")
    new = f"ubnd-07462-{CARRIED_DAY:%Y%m%d}"
    clerk = account_of(old, Role.CLERK)

    def office(account: str, role: Role, on: date) -> str | None:
        found = seat_of(account, role, old, tree, on)
        return None if found is None else found.office_id

    assert office(clerk, Role.CLERK, EVE) == old
    assert office(clerk, Role.CLERK, AFTER) == new
    assert office(clerk, Role.LEADER, AFTER) is None
    assert office("clerk.somebody-else", Role.CLERK, AFTER) is None
    assert former_seat(old, tree, EVE) is None
    gone = former_seat(old, tree, AFTER)
    assert gone is not None
    assert gone.valid_until == EVE
    assert former_seat(new, tree, AFTER) is None
