"""Ended files are looked at again once the views show them, however late that is."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.events import calendar
from domain.events.petition import CitizenGuided, PetitionReceived
from domain.events.review import ReviewAsked
from domain.law.law import Law
from domain.ports import AtHand, Wanted
from domain.streams import calendar_stream, review_stream
from infra.memory import FixedClock, MemoryFactStore
from infra.memory.reconciled import MemoryDigests
from projections.base import changed
from projections.case_row import CaseRow, met_on
from projections.petition_row import PetitionRow
from projections.reviews import MetOver
from services.casework import Casework
from services.late_notices import learned_late
from services.law import carried_law
from services.no_vault import NoVault
from services.reviewing import Reviewing
from tests.builders import CAM_LY, OTHER_PETITION, PETITION, Draft, fact, in_order
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.services.folded import Folded

LATE = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
A_DAY_LATE = datetime(2025, 5, 20, 2, 0, tzinfo=UTC)
"""Received on 5 May, to be answered by 19 May; with 15 May off it would have been in time."""

YEAR = calendar_stream(2027)
HOLIDAY = fact(calendar.DayOffAnnounced, "system", YEAR, day=date(2025, 5, 15), at=LATE)
ANOTHER = replace(HOLIDAY, facts={"day": date(2025, 5, 13)})


def answered(petition: UUID) -> tuple[Draft, Draft]:
    """A petition that was answered a day late."""
    guided = fact(CitizenGuided, CAM_LY, petition, at=A_DAY_LATE)
    return fact(PetitionReceived, CAM_LY, petition), guided


def known(*news: Draft) -> Law:
    """The law once these notices were recorded."""
    return carried_law().with_facts(in_order(*news))


class EndedRows(Folded):
    """A :class:`services.reviewing.MetViews` of what was folded. ``asked``: how often."""

    asked = 0

    def met_petitions(self, over: MetOver, *, after: UUID, limit: int) -> Iterable[PetitionRow]:
        self.asked += 1
        rows = sorted(self.of(PetitionRow), key=lambda row: row.petition_id)
        found = (r for r in rows if r.answered_on is not None and r.answered_on < over.before)
        return [row for row in found if row.petition_id > after][:limit]

    def met_cases(self, over: MetOver, *, after: UUID, limit: int) -> Iterable[CaseRow]:
        rows = sorted(self.of(CaseRow), key=lambda row: row.case_id)
        found = (r for r in rows if (on := met_on(r)) is not None and on < over.before)
        return [row for row in found if row.case_id > after][:limit]


@dataclass
class Desk:
    """A store, its views, the law as it is known, and who looks at ended files."""

    store: MemoryFactStore = field(default_factory=MemoryFactStore)
    law: Law = field(default_factory=carried_law)
    clock: FixedClock = field(default_factory=lambda: FixedClock(LATE))
    rows: type[EndedRows] = EndedRows

    def __post_init__(self) -> None:
        self.views = self.rows(self.store)
        casework = Casework(
            self.store, NoVault(), lambda: LITTLE_COUNTRY, self.clock, lambda: self.law
        )
        heads = MemoryDigests(self.store)
        self.policy = Reviewing(self.views, casework, lambda: self.law, heads, self.clock)

    def told(self, *drafts: Draft) -> "Desk":
        """These facts are recorded."""
        self.store.append(in_order(*drafts))
        return self

    def questions(self) -> Sequence[UUID]:
        """The files about which somebody was asked, in order."""
        facts = (
            each
            for stream in (PETITION, OTHER_PETITION)
            for each in self.store.load(review_stream(stream))
        )
        return [each.subject for each in facts if isinstance(each, ReviewAsked)]


def test_a_file_that_the_views_show_only_later_is_asked_about_then() -> None:
    desk = Desk().told(*answered(PETITION))
    desk.law = known(HOLIDAY)
    assert desk.policy.run() == 0
    desk.views.follow()
    assert desk.policy.run() == 1
    assert desk.questions() == [PETITION]


def test_what_the_views_show_is_asked_about_at_the_next_look_and_the_rest_when_it_comes() -> None:
    desk = Desk().told(*answered(PETITION), *answered(OTHER_PETITION))
    desk.law = known(HOLIDAY)
    desk.views.follow(facts=2)
    assert [desk.policy.run() for _ in range(3)] == [0, 1, 0]
    desk.views.follow()
    assert desk.policy.run() == 1
    assert desk.questions() == [PETITION, OTHER_PETITION]


def test_a_second_notice_while_the_views_are_behind_is_not_missed_either() -> None:
    desk = Desk().told(*answered(PETITION))
    desk.law = known(HOLIDAY)
    assert desk.policy.run() == 0
    desk.law = known(HOLIDAY, ANOTHER)
    assert desk.policy.run() == 0
    desk.views.follow()
    assert desk.policy.run() == 1
    assert desk.policy.run() == 0
    assert desk.questions() == [PETITION]


def test_as_long_as_there_is_nothing_new_nobody_goes_over_the_files_again() -> None:
    desk = Desk().told(*answered(PETITION))
    desk.law = known(HOLIDAY)
    for _ in range(4):
        desk.policy.run()
    assert desk.views.asked == 1
    desk.views.follow()
    for _ in range(3):
        desk.policy.run()
    assert desk.views.asked == 2


def test_views_a_moment_behind_are_gone_over_once() -> None:
    desk = Desk().told(*answered(PETITION))
    desk.law = known(HOLIDAY)
    assert desk.policy.run() == 0
    desk.views.follow()
    assert [desk.policy.run() for _ in range(3)] == [1, 0, 0]
    assert desk.views.asked == 1


def test_an_answer_on_paper_entered_late_is_asked_about_on_the_next_day() -> None:
    desk = Desk().told(*answered(PETITION))
    desk.law = known(HOLIDAY)
    desk.views.follow()
    assert desk.policy.run() == 1
    desk.told(*answered(OTHER_PETITION))
    desk.views.follow()
    assert desk.policy.run() == 0
    desk.clock.advance(timedelta(days=1))
    assert desk.policy.run() == 1
    assert desk.questions() == [PETITION, OTHER_PETITION]
    desk.clock.advance(timedelta(days=1))
    assert desk.policy.run() == 0


def test_a_run_that_is_to_end_asks_nobody_and_the_next_one_does() -> None:
    desk = Desk().told(*answered(PETITION))
    desk.law = known(HOLIDAY)
    desk.views.follow()
    assert desk.policy.run(lambda: False) == 0
    assert desk.views.asked == 0
    assert desk.policy.run() == 1


def test_a_withdrawal_of_a_notice_that_nobody_could_read_tells_nothing() -> None:
    """The law leaves such a notice out, and keeps what was said of it."""
    withdrawn = fact(calendar.DayOffWithdrawn, "system", YEAR, withdrawn=7, at=LATE)
    late = list(learned_late(known(HOLIDAY, withdrawn)))
    assert late == list(learned_late(known(HOLIDAY)))
    assert len(late) == 1


class Endless(EndedRows):
    """Rows of which one tells a day that nobody can count from."""

    def met_petitions(self, over: MetOver, *, after: UUID, limit: int) -> Iterable[PetitionRow]:
        for row in super().met_petitions(over, after=after, limit=limit):
            yield changed(row, received_on=date.max) if row.petition_id == PETITION else row


def test_a_row_that_nobody_can_count_by_holds_up_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(rows=Endless).told(*answered(PETITION), *answered(OTHER_PETITION))
    desk.law = known(HOLIDAY)
    desk.views.follow()
    with caplog.at_level(logging.WARNING):
        assert desk.policy.run() == 1
    assert desk.questions() == [OTHER_PETITION]
    (said,) = caplog.records
    assert desk.policy.unreadable == 1
    assert said.getMessage().startswith(
        f"nobody is asked about a file, it cannot be read: {PETITION}"
    )


class Newer(MemoryFactStore):
    """A store in which a newer release asked about the first petition."""

    def at_hand(self, wanted: Wanted) -> AtHand:
        found = super().at_hand(wanted)
        stream = review_stream(PETITION)
        newer = [told._replace(type_name="review.asked/9") for told in found.facts.get(stream, ())]
        return replace(found, facts={**found.facts, stream: newer})


def test_a_file_whose_questions_cannot_be_read_holds_up_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(Newer()).told(
        *answered(PETITION), *answered(OTHER_PETITION), fact(ReviewAsked, CAM_LY)
    )
    desk.law = known(HOLIDAY)
    desk.views.follow()
    with caplog.at_level(logging.WARNING):
        assert desk.policy.run() == 1
    assert desk.questions()[-1] == OTHER_PETITION
    assert desk.policy.unreadable == 1
    assert [record.getMessage() for record in caplog.records] == [
        f"nobody is asked about a file, it cannot be read: {PETITION} (UnknownEventType)"
    ]
