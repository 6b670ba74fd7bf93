from pathlib import Path

import pytest

from domain.codes import LABELS, Role
from domain.commands.base import Command
from domain.days import VIETNAM, day_of
from domain.directory import UnknownUnit
from domain.events.petition import PetitionReceived
from domain.law.public_holidays import public_calendar
from domain.ports import StoreUnavailable
from services.casework import Casework
from services.demo import NOW, START, DemoSummary, fill, sign_in_places
from services.demo.clock import DemoClock, at
from services.demo.fill import plan
from services.demo.people import MARK
from services.demo.steps import Step, Story, in_time
from tests.demo.little_stack import SEED, LittleStack, tree_of

SHARE = 0.05
Filled = tuple[LittleStack, DemoSummary]


def all_steps(stack: LittleStack, scale: float = 1.0, seed: int = SEED) -> tuple[Step, ...]:
    return in_time(plan(seed, tree_of(stack), scale))


def test_filling_a_second_time_adds_nothing(stack: LittleStack) -> None:
    first = stack.fill(SHARE)
    head = stack.store.head()
    second = stack.fill(SHARE)
    assert first.recorded == first.acts > 0
    assert second.recorded == 0
    assert (second.petitions, second.offices) == (first.petitions, first.offices)
    assert stack.store.head() == head


def test_the_same_seed_records_the_same_facts_and_another_seed_others(
    stack: LittleStack, units_csv: Path
) -> None:
    twin = LittleStack()
    twin.bring_in_units(units_csv)
    stack.fill(SHARE)
    twin.fill(SHARE)

    def told(of: LittleStack) -> list[tuple[str, object]]:
        return [(r.type_name, r.stream) for r in of.store.read(after=0, limit=100_000)]

    assert told(stack) == told(twin)
    keys = {step.key for step in all_steps(stack, SHARE)}
    assert keys.isdisjoint(step.key for step in all_steps(stack, SHARE, seed=SEED + 1))


class Interrupted(Casework):
    """A casework that is cut off after some acts."""

    left = 100

    def handle(self, command: Command, *args: object, **kwargs: object) -> object:  # type: ignore[override] # passes on what it got
        if self.left == 0:
            raise StoreUnavailable
        self.left -= 1
        return super().handle(command, *args, **kwargs)  # type: ignore[arg-type] # as given


def test_an_interrupted_filling_goes_on_where_it_stopped(stack: LittleStack) -> None:
    cut = Interrupted(stack.store, stack.vault, stack.directory.current, stack.clock)
    with pytest.raises(StoreUnavailable):
        fill(
            cut, stack.directory.refresh, stack.store, stack.clock, SEED,
            lambda done, total: None, scale=SHARE,
        )  # fmt: skip
    resumed = stack.fill(SHARE)
    assert 0 < resumed.recorded < resumed.acts
    received = [
        record
        for record in stack.store.read(after=0, limit=100_000)
        if record.type_name == f"{PetitionReceived.TOPIC}/1"
    ]
    assert len(received) == len({record.stream for record in received}) == resumed.petitions


def test_without_the_units_the_demo_is_refused() -> None:
    with pytest.raises(UnknownUnit, match="“24”"):
        LittleStack().fill(SHARE)


def test_the_clock_ends_at_the_demos_now_and_never_runs_backwards(stack: LittleStack) -> None:
    stack.fill(SHARE)
    assert stack.clock.now() == NOW
    clock = DemoClock()
    clock.move_to(at(START.date(), 6))
    assert clock.now() == START


def test_plain_work_happens_on_working_days_and_before_now(whole: Filled) -> None:
    calendar = public_calendar()
    for step in all_steps(whole[0]):
        assert START < step.at <= NOW
        assert step.story.startswith("crowd/") or calendar.is_working(day_of(step.at)), step
        assert 7 <= step.at.astimezone(VIETNAM).hour <= 21


def test_every_text_and_person_is_marked_as_invented(whole: Filled) -> None:
    for step in all_steps(whole[0]):
        for field, text in step.command.texts.items():
            if field not in ("id_number", "phone"):
                assert MARK in text
        assert step.command.texts.get("id_number", "000").startswith("000")
        assert step.command.texts.get("phone", "0000").startswith("0000")


def test_a_smaller_share_keeps_what_is_late_or_remarkable(whole: Filled) -> None:
    small, full = all_steps(whole[0], SHARE), all_steps(whole[0])
    assert len(small) < len(full) / 2
    kept = {step.story for step in small}
    for step in full:
        if any(
            mark in step.story for mark in ("overdue/", "offered/", "soon/", "story/", "crowd/")
        ):
            assert step.story in kept


def test_progress_is_told_up_to_the_last_act(stack: LittleStack) -> None:
    heard: list[tuple[int, int]] = []
    summary = fill(
        stack.casework, stack.directory.refresh, stack.store, stack.clock, SEED,
        lambda done, total: heard.append((done, total)), scale=SHARE,
    )  # fmt: skip
    assert heard[-1] == (summary.acts, summary.acts)


def test_a_story_cannot_be_told_backwards(whole: Filled) -> None:
    first, second = all_steps(whole[0])[:2]
    story = Story(SEED, "backwards")
    story.act(second.at, second.by, second.command)
    with pytest.raises(ValueError, match="before the last act"):
        story.act(first.at, first.by, first.command)


def test_each_place_has_every_role_to_sign_in_as(stack: LittleStack) -> None:
    stack.fill(SHARE)
    places = sign_in_places(tree_of(stack))
    assert len(places) == 5
    for place in places:
        assert {account.role for account in place.accounts} == set(Role) - {Role.SYSTEM}
    accounts = [account for place in places for account in place.accounts]
    assert len({account.account for account in accounts}) == len(accounts)
    for account in accounts:
        assert account.label == f"{LABELS[account.role]}, {account.office_name}"
        assert account.officer.office == account.office
