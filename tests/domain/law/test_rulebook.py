from datetime import date

import pytest

from domain.law import rulebook
from domain.law.rulebook import THRESHOLDS, TIME_LIMITS, DayUnit, NoRule, Rule, overlaps, rule_on


def test_no_rule_of_the_book_holds_twice_on_one_day() -> None:
    assert overlaps(TIME_LIMITS) == ()
    assert overlaps(THRESHOLDS) == ()


def test_two_lines_for_one_day_are_found() -> None:
    doubled = Rule("x", "X", 3, DayUnit.WORKING, "ngày", "Điều 1", date(2025, 1, 1))
    assert overlaps([doubled, doubled]) != ()


def test_every_number_of_the_book_names_its_source() -> None:
    for rule in (*TIME_LIMITS, *THRESHOLDS):
        assert "Điều" in rule.article or "TT-TTCP" in rule.article or "Quy chế" in rule.article


def test_the_acceptance_rule_changes_over_midnight_of_the_first_of_july_2026() -> None:
    before = rule_on(rulebook.ACCEPTANCE, date(2026, 6, 30))
    after = rule_on(rulebook.ACCEPTANCE, date(2026, 7, 1))
    assert (before.days, before.unit) == (10, DayUnit.CALENDAR)
    assert (after.days, after.unit) == (7, DayUnit.WORKING)


def test_before_a_law_there_is_no_rule() -> None:
    with pytest.raises(NoRule, match=r"reply\.citizen"):
        rule_on(rulebook.REPLY, date(2014, 6, 30))
