"""What a rulebook answers; the books themselves are looked at in tests/infra/law."""

from datetime import date

import pytest

from domain.law.provisions import Extension, Rule
from domain.law.reading import Line, line_of, read_lines
from domain.law.rulebook import NoRule, Rulebook
from domain.law.terms import Condition, Topic
from domain.law.wording import says
from tests.rules_on import rule_on

COMPLAINT, FIRST, REMOTE, COMPLEX, DISCIPLINE = (
    Condition.COMPLAINT,
    Condition.FIRST,
    Condition.REMOTE,
    Condition.COMPLEX,
    Condition.DISCIPLINE,
)
LAST_OLD, FIRST_NEW = date(2026, 6, 30), date(2026, 7, 1)


def limit(rule_id: str, days: int, *when: str, **said: object) -> Line:
    return {
        "sort": "limit",
        "id": rule_id,
        "term": "Thời hạn",
        "article": "Điều 1",
        "from": "2012-07-01",
        "verified": True,
        "book": "Thử",
        "days": days,
        "unit": "calendar_day",
        "start": "taken_up",
        "clock": "settlement",
        "when": list(when),
        **said,
    }


def book_of(*lines: Line) -> Rulebook:
    provisions, faults = read_lines(lines)
    assert faults == ()
    return Rulebook([each for each in provisions if each is not None])


SETTLING = book_of(
    limit("plain", 30, "complaint"),
    limit("complex", 45, "complaint", "complex"),
    limit("remote", 46, "complaint", "remote"),
    limit("both", 60, "complaint", "remote", "complex"),
    limit("discipline", 31, "complaint", "discipline"),
)


@pytest.mark.parametrize(
    ("conditions", "rule_id"),
    [
        ((COMPLAINT,), "plain"),
        ((COMPLAINT, FIRST), "plain"),
        ((COMPLAINT, COMPLEX), "complex"),
        ((COMPLAINT, REMOTE), "remote"),
        ((COMPLAINT, REMOTE, COMPLEX), "both"),
        ((COMPLAINT, DISCIPLINE), "discipline"),
        ((COMPLAINT, DISCIPLINE, REMOTE, COMPLEX), "discipline"),
    ],
)
def test_of_several_limits_the_most_special_applies_and_discipline_before_all(
    conditions: tuple[Condition, ...], rule_id: str
) -> None:
    assert SETTLING.limit_for("settlement", FIRST_NEW, conditions).rule_id == rule_id


def test_a_file_no_limit_is_for_has_none() -> None:
    assert SETTLING.rules_for("settlement", FIRST_NEW, [Condition.FEEDBACK]) == ()
    with pytest.raises(NoRule, match="settlement"):
        SETTLING.limit_for("settlement", FIRST_NEW, [Condition.FEEDBACK])


def test_a_rule_holds_on_its_first_and_on_its_last_day_and_on_no_other() -> None:
    book = book_of(limit("x", 3, **{"from": "2026-06-30", "until": "2026-07-01"}))
    assert rule_on(book, "x", LAST_OLD).days == 3
    assert rule_on(book, "x", FIRST_NEW).days == 3
    for day in (date(2026, 6, 29), date(2026, 7, 2)):
        assert book.holding_on(day) == ()


def test_an_id_of_another_sort_is_no_limit() -> None:
    with pytest.raises(NoRule, match="plain"):
        SETTLING.measure_on("plain", FIRST_NEW)


def test_an_extension_is_for_its_limit_and_its_conditions() -> None:
    extension = {
        "sort": "extension", "id": "e", "term": "Gia hạn", "article": "Điều 30", "book": "Thử",
        "from": "2019-01-01", "verified": True, "of": "plain", "days": 30,
        "unit": "calendar_day", "times": 2, "when": ["complex"],
    }  # fmt: skip
    book = book_of(limit("plain", 30, "complaint"), extension)
    allowed = book.extension_for("plain", FIRST_NEW, [COMPLAINT, COMPLEX])
    assert isinstance(allowed, Extension)
    assert (allowed.at_most, says(allowed)) == (60, "thêm 30 ngày, nhiều nhất 2 lần (phức tạp)")
    assert book.extension_for("plain", FIRST_NEW, [COMPLAINT]) is None
    assert book.extension_for("other", FIRST_NEW, [COMPLEX]) is None


def test_the_law_of_acceptance_governs_unless_a_transition_says_otherwise() -> None:
    transition = {
        "sort": "transition", "id": "t", "term": "Chuyển tiếp", "article": "Điều 22",
        "book": "Thử", "from": "2026-07-01", "verified": False,
        "accepted_before": "2026-07-01", "topics": ["dialogue"],
    }  # fmt: skip
    book = book_of(transition)
    accepted, today = date(2026, 6, 1), date(2026, 7, 15)
    assert book.governing_day(Topic.DIALOGUE, accepted, today) == today
    assert book.governing_day(Topic.SUSPENSION, accepted, today) == accepted
    assert book.governing_day(Topic.DIALOGUE, accepted, LAST_OLD) == accepted
    assert book.governing_day(Topic.DIALOGUE, FIRST_NEW, today) == FIRST_NEW


def test_a_line_reads_back_as_the_provision_it_was_written_from() -> None:
    for provision in SETTLING.provisions:
        again, _ = read_lines([line_of(provision)])
        assert again == [provision]


def test_a_rule_is_told_in_words() -> None:
    rule = rule_on(SETTLING, "both", FIRST_NEW)
    assert isinstance(rule, Rule)
    assert says(rule) == "60 ngày từ ngày thụ lý (khiếu nại, vùng sâu, vùng xa, phức tạp)"
