"""law.md 0-4 and 8, limit by limit: which clock of a file counts it, or why none does.

The numbers themselves are held against law.md in ``tests/infra/law/test_books.py``.
"""

from datetime import date, timedelta
from typing import Any

from domain.codes import PetitionKind
from domain.law.clocks import LINES
from domain.law.provisions import Rule
from domain.law.timeline import Timeline
from services.law import carried_law

RULES = [each for each in carried_law().book.provisions if isinstance(each, Rule)]

COUNTED = {
    # law.md 1, reception
    "reply.citizen": "reply.citizen",
    "petition.untouched": "petition.untouched",
    "reception.result_report": "reception.result_report",
    # law.md 2, complaints
    "right.complaint.first": "right_to_complain",
    "right.complaint.second": "right_to_complain",
    "right.complaint.second.remote": "right_to_complain",
    "right.discipline.first": "right_to_complain",
    "right.discipline.second": "right_to_complain",
    "right.discipline.second.dismissal": "right_to_complain",
    "acceptance.complaint": "acceptance",
    "settlement.complaint.first": "settlement",
    "settlement.complaint.first.complex": "settlement",
    "settlement.complaint.first.remote": "settlement",
    "settlement.complaint.first.remote.complex": "settlement",
    "settlement.complaint.second": "settlement",
    "settlement.complaint.second.complex": "settlement",
    "settlement.complaint.second.remote": "settlement",
    "settlement.complaint.second.remote.complex": "settlement",
    "settlement.discipline": "settlement",
    "settlement.discipline.complex": "settlement",
    "decision_sent.complaint.first": "decision_sent",
    "decision_sent.complaint.second": "decision_sent",
    "decision_effective.complaint": "decision_effective",
    "decision_effective.complaint.remote": "decision_effective",
    "suspension_sent.complaint": "suspension_sent",
    # law.md 3, denunciations
    "acceptance.denunciation": "acceptance",
    "acceptance.denunciation.several_places": "acceptance",
    "transfer.denunciation": "wrong_addressee",
    "denunciation.from_press": "denunciation.from_press",
    "denunciation.acceptance_notice": "acceptance_notice",
    "settlement.denunciation": "settlement",
    "denunciation.further": "denunciation.further",
    "denunciation.overdue.demand": "denunciation.overdue.demand",
    "denunciation.overdue.answer": "denunciation.overdue.answer",
    "suspension_sent.denunciation": "suspension_sent",
    "conclusion_sent.denunciation": "decision_sent",
    "conclusion_published.denunciation": "conclusion_published",
    # our own
    "transfer.answer": "transfer.answer",
}
"""Rule, and the clock of the rulebook it is a rule of."""

NOT_OF_A_FILE = {
    "reception.refusal_notice": "who was turned away at the door left no file",
    "reception.sender_tells_citizen": "the duty of the deputy or agency that sent it",
    "reception.schedule_posted": "of the office, before a reception; no file waits for it",
    "reception.online_notice": "of the office, before a reception; no file waits for it",
    "reception.online_test": "of the office, before a reception; no file waits for it",
    "dialogue.notice": "no fact tells yet on which day a dialogue is held",
    "data.impact_file": "of the system as a whole",
    "record.registered": "met by the receipt itself: it gives the number in the book",
}
"""Limits of the books that no file waits for, and why."""


def test_every_limit_of_the_books_is_counted_or_says_why_not() -> None:
    told = {rule.rule_id: rule.runs for rule in RULES if rule.rule_id not in NOT_OF_A_FILE}
    assert told == COUNTED
    assert not COUNTED.keys() & NOT_OF_A_FILE.keys()
    assert set(NOT_OF_A_FILE) <= {rule.rule_id for rule in RULES}


def test_every_clock_of_the_books_is_run_and_every_clock_run_is_in_the_books() -> None:
    assert {line.rules for line in LINES} == set(COUNTED.values())


def test_what_an_uncounted_limit_begins_with_no_fact_tells() -> None:
    begins = {rule.start for rule in RULES if rule.rule_id in NOT_OF_A_FILE}
    counted = {rule.start for rule in RULES if rule.rule_id in COUNTED}
    assert {start.value for start in begins & counted} == {"received"}


COUNTED_FROM = {
    "received": {"received_on", "held_since"},
    "further_received": {"held_since"},
    "offered": {"offered_on"},
    "taken_up": {"taken_up_on"},
    "notified": {"known_on"},
    "first_answer": {"known_on", "told_on"},
    "overdue": {"overdue_on"},
    "superior_asked": {"directed_on"},
    "suspended": {"suspended_on"},
    "decided": {"decided_on"},
    "concluded": {"decided_on"},
    "settled": {"concluded_on"},
}
"""The book's word for the first day of a limit, and which days of a file that is."""


def test_every_clock_begins_on_the_day_its_book_names() -> None:
    """A file in which each of these happened on a day of its own."""
    once = ("received_on", "misdirected_on", "held_since", "touched_on", "offered_on",
        "accepted_on", "answered_on", "concluded_on", "known_on", "taken_up_on", "notified_on",
        "overdue_on", "directed_on", "reported_on", "suspended_on", "decided_on", "told_on",
        "ended_on")  # fmt: skip
    day_of = {name: date(2025, 5, 5) + timedelta(days=n) for n, name in enumerate(once)}
    several = {"directed_on", "reported_on", "suspended_on"}
    said: dict[str, Any] = {n: (on,) if n in several else on for n, on in day_of.items()}
    kind = PetitionKind.DENUNCIATION
    file = Timeline(kind=kind, from_agency=True, further=True, **said)
    for line in LINES:
        begun = {name for name, on in day_of.items() if on == line.start(file)}
        words = {rule.start.value for rule in RULES if rule.runs == line.rules}
        assert begun
        assert begun <= set().union(*(COUNTED_FROM[word] for word in words)), line.clock
