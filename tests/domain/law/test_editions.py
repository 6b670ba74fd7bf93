"""Which rulebook was known when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.codes import Role
from domain.events.law import RulebookPublished
from domain.law.editions import (
    RulebookRecord,
    Rulebooks,
    SameRulebook,
    UnreadableEdition,
    digest_of,
)
from domain.law.reading import Line
from domain.law.rulebook import Rulebook
from domain.values import Officer, Signature
from tests.rules_on import rule_on

DAY = date(2026, 8, 3)
FIRST_DAY, SECOND_DAY = date(2025, 5, 5), date(2026, 6, 15)


def lines(days: int) -> tuple[Line, ...]:
    return (
        {
            "sort": "limit", "id": "reply.citizen", "term": "Trả lời", "article": "Điều 28",
            "from": "2014-07-01", "verified": True, "book": "Thử", "days": days,
            "unit": "working_day", "start": "received",
        },
    )  # fmt: skip


def signed(day: date) -> Signature:
    """Recorded at the last minute of a day in Vietnam."""
    at = datetime(day.year, day.month, day.day, 16, 59, tzinfo=UTC)
    return Signature(Officer("system:operator", "system", Role.SYSTEM), "", at, at, "c")


def two_editions() -> Rulebooks:
    record = RulebookRecord()
    assert record.publish(lines(10), signed(FIRST_DAY)) == 1
    assert record.publish(lines(8), signed(SECOND_DAY)) == 2
    return Rulebooks(Rulebook(())).with_facts(record.collect_events())


def reply_days(books: Rulebooks) -> int:
    return rule_on(books.current, "reply.citizen", DAY).days


def test_until_an_edition_is_published_the_carried_book_stands() -> None:
    carried = Rulebook(())
    assert Rulebooks(carried).current is carried
    assert Rulebooks(carried).newest is None
    assert two_editions().current.edition == 2


def test_what_was_known_on_a_day_is_the_edition_recorded_by_its_end() -> None:
    books = two_editions()
    assert reply_days(books) == 8
    assert reply_days(books.known_on(SECOND_DAY)) == 8
    assert reply_days(books.known_on(SECOND_DAY - timedelta(days=1))) == 10
    assert books.known_on(SECOND_DAY) is books


def test_before_the_first_edition_was_recorded_it_counts_all_the_same() -> None:
    assert reply_days(two_editions().known_on(FIRST_DAY - timedelta(days=300))) == 10


def test_facts_seen_twice_are_one_edition() -> None:
    record = RulebookRecord()
    record.publish(lines(10), signed(FIRST_DAY))
    facts = record.collect_events()
    books = Rulebooks(Rulebook(())).with_facts(facts)
    assert books.with_facts(facts) is books


def test_an_edition_that_says_the_same_is_refused_and_one_that_goes_back_is_not() -> None:
    record = RulebookRecord()
    record.publish(lines(10), signed(FIRST_DAY))
    with pytest.raises(SameRulebook, match="Ấn bản 1"):
        record.publish(lines(10), signed(SECOND_DAY))
    assert record.publish(lines(8), signed(SECOND_DAY)) == 2
    assert record.publish(lines(10), signed(SECOND_DAY)) == 3


def test_the_digest_looks_at_what_is_said_and_not_at_the_order_of_keys() -> None:
    (line,) = lines(10)
    turned = dict(reversed(list(line.items())))
    assert digest_of([line]) == digest_of([turned])
    assert digest_of(lines(10)) != digest_of(lines(9))


def test_an_edition_of_a_newer_release_is_not_half_understood() -> None:
    record = RulebookRecord()
    record.publish(({**lines(10)[0], "unit": "moon"},), signed(FIRST_DAY))
    (fact,) = record.collect_events()
    assert isinstance(fact, RulebookPublished)
    with pytest.raises(UnreadableEdition, match="edition 1: unit"):
        Rulebooks(Rulebook(())).with_facts([fact])
