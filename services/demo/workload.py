"""From figures to stories: the plain work of an office (công việc thường ngày mẫu).

Each figure of :class:`services.demo.figures.Work` becomes that many petitions, told so
that on the demo's last day they stand as the figure says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from domain.codes import PetitionKind, TransferGround
from domain.directory import Directory
from domain.law.public_holidays import public_calendar
from domain.units import Unit
from services.demo.clock import TODAY, at
from services.demo.figures import Work
from services.demo.matters import COMPLAINT, FEEDBACK, PROPOSAL, matter
from services.demo.offices import committee, office_id
from services.demo.petition_story import PetitionStory
from services.demo.times import (
    received_for_reply_due,
    some_time_on,
    taken_up_for_settlement_due,
    working_days,
)

EARLIEST_UNDER_WAY, LATEST_UNDER_WAY = date(2025, 4, 22), date(2025, 5, 6)
"""Taken up from then on, a complaint is not yet due; received later, it is fresh."""

FIRST_FRESH: Final = date(2025, 5, 8)
"""The last seven days begin here."""


@dataclass(frozen=True, slots=True)
class Bench:
    """An office at work: the units where its matters lie, and who passes petitions on to it.

    Without a ``sender`` that is the commune where the matter lies.
    """

    office: str
    places: tuple[Unit, ...]
    sender: str | None


def bench_of(office: str, directory: Directory) -> Bench:
    """A commune hears from its district's board, a department from the communes below it,
    a province's department from its board.
    """
    unit = directory.get_unit(directory.get_office(office, TODAY).unit, TODAY)
    below = directory.units_under(unit.unit_id, TODAY)
    if not below:
        above = directory.ancestors(unit.unit_id, TODAY)[0]
        return Bench(office, (unit,), office_id("tcd", above.code))
    lowest = tuple(u for u in below if not directory.children(u.unit_id, TODAY))
    return Bench(office, lowest, None if lowest == below else office_id("tcd", unit.code))


def plain_stories(
    work: Work, seed: int, directory: Directory, scale: float
) -> Iterator[PetitionStory]:
    """Every petition of an office's figures; ``scale`` thins out the unremarkable ones."""
    bench = bench_of(work.office, directory)
    fresh = min(work.week, work.open - len(work.overdue) - work.soon)
    under_way = work.open - len(work.overdue) - work.soon - fresh
    for number, due in enumerate(work.overdue):
        yield _overdue(bench, seed, number, due)
    for number in range(work.offers):
        yield _offered(bench, seed, number, late=number < work.late_offers)
    for number in range(work.soon):
        yield _due_soon(bench, seed, number)
    for number in range(round(under_way * scale)):
        yield _under_way(bench, seed, number)
    for number in range(round(fresh * scale)):
        yield _received_lately(bench, seed, number)
    for number in range(round((work.week - fresh) * scale)):
        yield _guided_lately(bench, seed, number)
    for number in range(round(work.done * scale)):
        yield _ended(bench, seed, number)


def _story(bench: Bench, seed: int, name: str, *kinds: PetitionKind) -> PetitionStory:
    name = f"{bench.office}/{name}"
    draw = Random(f"{seed}/{name}/matter")
    return PetitionStory(seed, name, draw.choice(bench.places), matter(draw, *kinds))


def _overdue(bench: Bench, seed: int, number: int, due: date) -> PetitionStory:
    """Not answered, or a complaint not settled, by a day that has passed (quá hạn)."""
    opened = taken_up_for_settlement_due(due)
    calendar = public_calendar()
    answers = calendar.is_working(due) and (number % 2 == 0 or not calendar.is_working(opened))
    if answers:
        story = _story(bench, seed, f"overdue/{number}", FEEDBACK, PROPOSAL)
        story.received(some_time_on(received_for_reply_due(due), story.draw), bench.office)
        story.classified()
        if number % 4 == 0:
            story.taken_up(2)
        return story
    story = _story(bench, seed, f"overdue/{number}", COMPLAINT)
    received = working_days(opened - timedelta(days=9), opened)[-3]
    story.received(some_time_on(received, story.draw), bench.office)
    story.classified()
    story.taken_up(at=some_time_on(opened, story.draw))
    return story


def _offered(bench: Bench, seed: int, number: int, *, late: bool) -> PetitionStory:
    """Offered to the office, which has not answered (chuyển đến, chưa nhận)."""
    story = _story(bench, seed, f"offered/{number}", COMPLAINT, PROPOSAL, FEEDBACK)
    sender = bench.sender or committee(story.place.code)
    days = (date(2025, 5, 7),) if late else working_days(date(2025, 5, 9), date(2025, 5, 13))
    story.received(some_time_on(story.draw.choice(days), story.draw), sender)
    story.classified(competent=bench.office)
    story.offered(bench.office, 1 if late else 0, ground=TransferGround.OTHER_LEVEL)
    return story


def _due_soon(bench: Bench, seed: int, number: int) -> PetitionStory:
    """To be answered today or in the next two working days (sắp hạn)."""
    story = _story(bench, seed, f"soon/{number}", COMPLAINT, PROPOSAL, FEEDBACK)
    due = TODAY + timedelta(days=number % 3)
    story.received(some_time_on(received_for_reply_due(due), story.draw), bench.office)
    story.classified(story.draw.randrange(2))
    return story


def _under_way(bench: Bench, seed: int, number: int) -> PetitionStory:
    """A complaint in a case, in time (đang giải quyết)."""
    story = _story(bench, seed, f"under-way/{number}", COMPLAINT)
    day = story.draw.choice(working_days(EARLIEST_UNDER_WAY, LATEST_UNDER_WAY))
    story.received(some_time_on(day, story.draw), bench.office)
    story.classified(story.draw.randrange(2))
    story.taken_up(1 + story.draw.randrange(3))
    return story


def _received_lately(bench: Bench, seed: int, number: int) -> PetitionStory:
    """Received in the last seven days, at its beginning (mới tiếp nhận)."""
    story = _story(bench, seed, f"lately/{number}", COMPLAINT, PROPOSAL, FEEDBACK)
    day = story.draw.choice(working_days(FIRST_FRESH, TODAY))
    moment = some_time_on(day, story.draw)
    story.received(min(moment, at(TODAY, 12, story.draw.randrange(60))), bench.office)
    if story.draw.random() < 0.7:
        story.classified()
    if story.draw.random() < 0.3 and day < TODAY - timedelta(days=2):
        story.taken_up(1)
    return story


def _guided_lately(bench: Bench, seed: int, number: int) -> PetitionStory:
    """Received in the last seven days, the citizen shown to the right office (hướng dẫn)."""
    story = _story(bench, seed, f"guided/{number}", COMPLAINT, PROPOSAL)
    day = story.draw.choice(working_days(FIRST_FRESH, TODAY - timedelta(days=2)))
    story.received(some_time_on(day, story.draw), bench.office)
    other = bench.sender or committee(story.place.code)
    story.classified(competent=other)
    story.guided(other)
    return story


def _ended(bench: Bench, seed: int, number: int) -> PetitionStory:
    """Brought to an end some weeks ago (đã xong): settled, passed on and settled, or guided."""
    story = _story(bench, seed, f"ended/{number}", COMPLAINT, PROPOSAL, FEEDBACK)
    sender = bench.sender or committee(story.place.code)
    day = story.draw.choice(working_days(date(2025, 3, 31), date(2025, 4, 18)))
    passed_on = number % 3 == 1
    story.received(some_time_on(day, story.draw), sender if passed_on else bench.office)
    story.classified(competent=bench.office)
    if passed_on:
        story.offered(bench.office)
        story.accepted(1 + story.draw.randrange(2))
    if number % 3 == 2:
        story.guided(sender)
        return story
    story.taken_up(1)
    story.decided(4 + story.draw.randrange(6))
    story.closed(1 + story.draw.randrange(2))
    return story
