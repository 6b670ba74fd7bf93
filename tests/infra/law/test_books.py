"""The books the project carries: every number of law.md 0-4 and 8, on every boundary day."""

from datetime import date
from importlib.resources import files

import pytest

from domain.law.provisions import Extension, Measure, Rule
from domain.law.reading import line_of, read_lines
from domain.law.terms import Condition, DayUnit, Direction
from domain.law.wording import says
from tests.infra.law.carried import (
    AMENDED,
    BOOK,
    BOUNDARIES,
    COMPLAINTS,
    DATA_LAW,
    DENUNCIATIONS,
    EDITION,
    KN,
    ONE_DAY,
    RECEPTION,
    TC,
)
from tests.rules_on import rule_on, rules_on

W, C = DayUnit.WORKING, DayUnit.CALENDAR
LIMITS = [
    ("reply.citizen", RECEPTION, None, 10, W),
    ("petition.untouched", AMENDED, None, 45, C),
    ("reception.refusal_notice", AMENDED, None, 3, W),
    ("reception.result_report", RECEPTION, None, 7, W),
    ("reception.sender_tells_citizen", RECEPTION, None, 5, W),
    ("reception.schedule_posted", RECEPTION, None, 5, W),
    ("reception.online_notice", AMENDED, None, 5, W),
    ("reception.online_test", AMENDED, None, 1, W),
    ("right.complaint.first", COMPLAINTS, None, 90, C),
    ("right.complaint.second", COMPLAINTS, None, 30, C),
    ("right.complaint.second.remote", COMPLAINTS, None, 45, C),
    ("right.discipline.first", COMPLAINTS, None, 15, C),
    ("right.discipline.second", COMPLAINTS, None, 10, C),
    ("right.discipline.second.dismissal", COMPLAINTS, None, 30, C),
    ("acceptance.complaint", COMPLAINTS, AMENDED - ONE_DAY, 10, C),
    ("acceptance.complaint", AMENDED, None, 7, W),
    ("settlement.complaint.first", COMPLAINTS, None, 30, C),
    ("settlement.complaint.first.complex", COMPLAINTS, None, 45, C),
    ("settlement.complaint.first.remote", COMPLAINTS, None, 45, C),
    ("settlement.complaint.first.remote.complex", COMPLAINTS, None, 60, C),
    ("settlement.complaint.second", COMPLAINTS, None, 45, C),
    ("settlement.complaint.second.complex", COMPLAINTS, None, 60, C),
    ("settlement.complaint.second.remote", COMPLAINTS, None, 60, C),
    ("settlement.complaint.second.remote.complex", COMPLAINTS, None, 70, C),
    ("settlement.discipline", COMPLAINTS, None, 30, C),
    ("settlement.discipline.complex", COMPLAINTS, None, 45, C),
    ("decision_sent.complaint.first", COMPLAINTS, None, 3, W),
    ("decision_sent.complaint.second", COMPLAINTS, None, 7, C),
    ("decision_effective.complaint", COMPLAINTS, None, 30, C),
    ("decision_effective.complaint.remote", COMPLAINTS, None, 45, C),
    ("dialogue.notice", AMENDED, None, 5, C),
    ("suspension_sent.complaint", AMENDED, None, 3, W),
    ("acceptance.denunciation", DENUNCIATIONS, None, 7, W),
    ("acceptance.denunciation.several_places", DENUNCIATIONS, None, 10, W),
    ("transfer.denunciation", DENUNCIATIONS, None, 5, W),
    ("denunciation.from_press", DENUNCIATIONS, None, 20, C),
    ("denunciation.acceptance_notice", DENUNCIATIONS, None, 5, W),
    ("settlement.denunciation", DENUNCIATIONS, None, 30, C),
    ("denunciation.further", DENUNCIATIONS, None, 20, C),
    ("denunciation.overdue.demand", DENUNCIATIONS, None, 5, W),
    ("denunciation.overdue.answer", DENUNCIATIONS, None, 5, W),
    ("suspension_sent.denunciation", DENUNCIATIONS, None, 5, W),
    ("conclusion_sent.denunciation", DENUNCIATIONS, None, 5, W),
    ("conclusion_published.denunciation", DENUNCIATIONS, None, 7, W),
    ("data.impact_file", DATA_LAW, None, 60, C),
    ("record.registered", date(2020, 3, 5), None, 1, W),
    ("transfer.answer", RECEPTION, None, 3, W),
]  # fmt: skip


def days_within(first: date, last: date | None) -> list[date]:
    """The first day, the last, and each boundary day between them."""
    inside = [day for day in BOUNDARIES if first <= day and (last is None or day <= last)]
    return [first, *inside, *([] if last is None else [last])]


@pytest.mark.parametrize(("rule_id", "first", "last", "days", "unit"), LIMITS)
def test_every_limit_has_its_number_on_every_boundary_day(
    rule_id: str, first: date, last: date | None, days: int, unit: DayUnit
) -> None:
    for day in days_within(first, last):
        rule = rule_on(BOOK, rule_id, day)
        assert (rule.days, rule.unit) == (days, unit), day


@pytest.mark.parametrize("rule_id", sorted({row[0] for row in LIMITS}))
def test_before_its_law_a_limit_is_unknown(rule_id: str) -> None:
    first = min(row[1] for row in LIMITS if row[0] == rule_id)
    assert rules_on(BOOK, rule_id, first - ONE_DAY) == ()


def test_no_limit_of_the_books_is_missing_from_these_tests() -> None:
    told = {(each.rule_id, each.valid_from) for each in BOOK.provisions if isinstance(each, Rule)}
    assert told == {(row[0], row[1]) for row in LIMITS}


FIRST, SECOND, REMOTE, COMPLEX = (
    Condition.FIRST,
    Condition.SECOND,
    Condition.REMOTE,
    Condition.COMPLEX,
)

DISCIPLINE, DISMISSAL, PLACES = (
    Condition.DISCIPLINE,
    Condition.DISMISSAL,
    Condition.SEVERAL_PLACES,
)

CASES = [
    ("settlement", (KN, FIRST), 30),
    ("settlement", (KN, FIRST, COMPLEX), 45),
    ("settlement", (KN, FIRST, REMOTE), 45),
    ("settlement", (KN, FIRST, REMOTE, COMPLEX), 60),
    ("settlement", (KN, SECOND), 45),
    ("settlement", (KN, SECOND, COMPLEX), 60),
    ("settlement", (KN, SECOND, REMOTE), 60),
    ("settlement", (KN, SECOND, REMOTE, COMPLEX), 70),
    ("settlement", (KN, FIRST, DISCIPLINE), 30),
    ("settlement", (KN, SECOND, DISCIPLINE, COMPLEX, REMOTE), 45),
    ("settlement", (TC,), 30),
    ("settlement", (TC, FIRST, COMPLEX), 30),
    ("right_to_complain", (KN, FIRST), 90),
    ("right_to_complain", (KN, SECOND), 30),
    ("right_to_complain", (KN, SECOND, REMOTE), 45),
    ("right_to_complain", (KN, FIRST, DISCIPLINE), 15),
    ("right_to_complain", (KN, FIRST, DISCIPLINE, DISMISSAL), 15),
    ("right_to_complain", (KN, SECOND, DISCIPLINE), 10),
    ("right_to_complain", (KN, SECOND, DISCIPLINE, DISMISSAL), 30),
    ("acceptance", (TC,), 7),
    ("acceptance", (TC, PLACES), 10),
    ("wrong_addressee", (TC,), 5),
    ("acceptance_notice", (TC,), 5),
    ("decision_sent", (KN, FIRST), 3),
    ("decision_sent", (KN, SECOND, COMPLEX), 7),
    ("decision_sent", (TC,), 5),
    ("decision_effective", (KN, FIRST), 30),
    ("decision_effective", (KN, FIRST, REMOTE), 45),
    ("conclusion_published", (TC,), 7),
    ("reply.citizen", (Condition.FEEDBACK,), 10),
]


@pytest.mark.parametrize(("clock", "conditions", "days"), CASES)
def test_a_file_finds_its_limit_by_what_is_so_of_it_whatever_the_regime(
    clock: str, conditions: tuple[Condition, ...], days: int
) -> None:
    for day in BOUNDARIES:
        assert BOOK.limit_for(clock, day, conditions).days == days, day


def test_a_complaint_is_accepted_in_ten_days_and_from_july_2026_in_seven_working_days() -> None:
    for day in BOUNDARIES:
        rule = BOOK.limit_for("acceptance", day, (KN, SECOND))
        expected = (7, W) if day >= AMENDED else (10, C)
        assert (rule.days, rule.unit, rule.verified) == (*expected, day < AMENDED), day


def test_decisions_to_suspend_a_complaint_are_sent_in_three_working_days_from_july_2026() -> None:
    assert BOOK.rules_for("suspension_sent", AMENDED - ONE_DAY, [KN]) == ()
    assert BOOK.limit_for("suspension_sent", AMENDED, [KN]).days == 3
    assert BOOK.limit_for("suspension_sent", AMENDED - ONE_DAY, [TC]).days == 5


def test_notices_that_must_be_out_before_a_day_say_so() -> None:
    early = {
        each.rule_id
        for each in BOOK.provisions
        if isinstance(each, Rule) and each.direction is Direction.BEFORE
    }
    assert early == {
        "reception.schedule_posted", "reception.online_notice", "reception.online_test",
        "dialogue.notice",
    }  # fmt: skip


def test_a_denunciation_is_extended_once_or_twice_by_thirty_days() -> None:
    for day in (DENUNCIATIONS, *BOUNDARIES):
        once = BOOK.extension_for("settlement.denunciation", day, (TC, COMPLEX))
        twice = BOOK.extension_for(
            "settlement.denunciation", day, (TC, Condition.ESPECIALLY_COMPLEX)
        )
        assert once is not None
        assert twice is not None
        assert (once.at_most, twice.at_most, once.days) == (30, 60, 30)
        assert BOOK.extension_for("settlement.denunciation", day, (TC,)) is None
    assert sum(isinstance(each, Extension) for each in BOOK.provisions) == 2


MEASURES = [
    ("reception.online_connect", AMENDED, "1 giờ"),
    ("complaint.complex.verification_sites", AMENDED, "2 địa điểm"),
    ("complaint.complex.contents", AMENDED, "2 nội dung"),
    ("denunciation.especially_complex.criteria", DENUNCIATIONS, "2 tiêu chí"),
    ("petition.archive", date(2014, 12, 15), "1 năm"),
    ("petition.archive", date(2021, 11, 15), "1 năm"),
    ("data.breach_notice", DATA_LAW, "72 giờ"),
    ("record.to_archive", date(2020, 3, 5), "1 năm"),
    ("reminder.due_soon", RECEPTION, "2 ngày làm việc"),
    ("reminder.up_the_ladder", RECEPTION, "3 ngày làm việc"),
    ("reminder.acknowledge", RECEPTION, "1 ngày làm việc"),
    ("reminder.receive_crowd", RECEPTION, "60 phút"),
]


@pytest.mark.parametrize(("rule_id", "first", "told"), MEASURES)
def test_every_measure_has_its_amount_from_its_first_day(
    rule_id: str, first: date, told: str
) -> None:
    assert says(BOOK.measure_on(rule_id, first)) == told


def test_no_measure_of_the_books_is_missing_from_these_tests() -> None:
    found = [each for each in BOOK.provisions if isinstance(each, Measure)]
    assert {(e.rule_id, e.valid_from) for e in found} == {(m[0], m[1]) for m in MEASURES}


def test_every_line_reads_back_as_what_it_was_written_from() -> None:
    again, faults = read_lines([line_of(each) for each in BOOK.provisions])
    assert faults == ()
    assert list(again) == list(BOOK.provisions)


def test_the_readme_names_every_book_and_every_word_a_book_may_use() -> None:
    folder = files("infra.law").joinpath("books")
    readme = folder.joinpath("README.md").read_text(encoding="utf-8")
    books = [each.name for each in folder.iterdir() if each.name.endswith(".toml")]
    assert len(books) >= 9
    for name in books:
        assert f"`{name}`" in readme
    for line in EDITION.lines:
        for word in (line.get("unit"), line.get("start"), *line.get("when", ())):
            assert word is None or f"`{word}`" in readme, word
