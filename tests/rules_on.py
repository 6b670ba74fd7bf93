"""A limit of a rulebook by its id, which no program asks for: programs ask for a clock."""

from datetime import date

from domain.law.provisions import Rule
from domain.law.rulebook import Rulebook


def rules_on(book: Rulebook, rule_id: str, day: date) -> tuple[Rule, ...]:
    """The versions of a limit in force on a day."""
    found = (each for each in book.versions(rule_id) if each.holds_on(day))
    return tuple(each for each in found if isinstance(each, Rule))


def rule_on(book: Rulebook, rule_id: str, day: date) -> Rule:
    """The one in force on a day."""
    (rule,) = rules_on(book, rule_id, day)
    return rule
