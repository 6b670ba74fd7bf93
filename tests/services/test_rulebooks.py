"""Publishing editions on the store in memory; the same on Postgres is in tests/infra/postgres."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

import pytest

from domain.events.base import OfficeEvent
from domain.events.law import RulebookPublished
from domain.law.almanac import Almanac
from domain.law.editions import Rulebooks, SameRulebook, digest_of
from domain.law.law import Law
from domain.law.reading import Line
from domain.ports import Receipt
from domain.streams import NAMESPACE, rulebook_stream
from infra.law import carried_edition
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.rulebooks import (
    RELEASE,
    EditionTooLarge,
    OtherPublisher,
    changes,
    known_rulebooks,
    lines_of,
    publish,
    publish_carried,
)
from tests.rules_on import rule_on

CARRIED = carried_edition()
NOW = datetime(2025, 5, 14, 7, 0, tzinfo=UTC)
CLOCK = FixedClock(NOW)
DAY = date(2026, 8, 3)


def shortened() -> tuple[Line, ...]:
    """The carried lines, the reply due in 8 working days."""
    return tuple(
        {**line, "days": 8} if line["id"] == "reply.citizen" else line for line in CARRIED.lines
    )


class LateStore(MemoryFactStore):
    """Between looking and saving, somebody else publishes first."""

    def __init__(self, other: tuple[Line, ...]) -> None:
        super().__init__()
        self.other: tuple[Line, ...] | None = other

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        other, self.other = self.other, None
        if other is not None:
            publish(other, self, CLOCK)
        return super().append(facts, receipt=receipt, traceparent=traceparent)


def test_a_new_stack_has_the_releases_own_edition_once() -> None:
    store = MemoryFactStore()
    assert publish_carried(store, CLOCK) == 1
    assert publish_carried(store, CLOCK) is None
    (fact,) = store.load(rulebook_stream())
    assert isinstance(fact, RulebookPublished)
    assert (fact.actor, fact.edition, len(fact.lines)) == (RELEASE, 1, len(CARRIED.lines))
    assert known_rulebooks(store).current.provisions == CARRIED.book.provisions


def test_an_upgrade_brings_its_own_edition_but_never_over_an_operators() -> None:
    upgraded = MemoryFactStore()
    publish(shortened(), upgraded, CLOCK, RELEASE)
    assert publish_carried(upgraded, CLOCK) == 2
    kept = MemoryFactStore()
    publish(shortened(), kept, CLOCK)
    assert publish_carried(kept, CLOCK) is None
    assert rule_on(known_rulebooks(kept).current, "reply.citizen", DAY).days == 8


def test_the_same_content_again_is_refused_and_records_nothing() -> None:
    store = MemoryFactStore()
    publish(shortened(), store, CLOCK)
    head = store.head()
    with pytest.raises(SameRulebook):
        publish(shortened(), store, CLOCK)
    assert store.head() == head


def test_two_that_publish_the_same_at_once_make_one_edition() -> None:
    store = LateStore(shortened())
    assert publish(shortened(), store, CLOCK) == 1
    assert len(store.load(rulebook_stream())) == 1


def test_whoever_publishes_something_else_first_wins_and_the_other_is_told() -> None:
    store = LateStore(CARRIED.lines)
    with pytest.raises(OtherPublisher, match="Ấn bản 1"):
        publish(shortened(), store, CLOCK)
    assert lines_of(store) == CARRIED.lines


def test_an_edition_larger_than_a_record_may_be_is_refused() -> None:
    store = MemoryFactStore()
    line = {**CARRIED.lines[0], "note": "x" * 600}
    many = [{**line, "id": f"rule{number}"} for number in range(1_000)]
    with pytest.raises(EditionTooLarge):
        publish(many, store, CLOCK)
    assert store.head() == 0


def test_a_comparison_names_what_is_added_removed_and_changed() -> None:
    assert not changes(CARRIED.lines, CARRIED.lines)
    made = changes(CARRIED.lines, shortened())
    ((was, now),) = made.changed
    assert (was["days"], now["days"], made.added, made.removed) == (10, 8, (), ())
    fewer = changes(CARRIED.lines, CARRIED.lines[1:])
    assert fewer.removed == CARRIED.lines[:1]
    assert changes(CARRIED.lines[1:], CARRIED.lines).added == CARRIED.lines[:1]


def test_the_follower_holds_the_newest_and_knows_what_was_known() -> None:
    store = MemoryFactStore()
    follower = MemoryLawFollower(store, Law(Almanac(), Rulebooks(CARRIED.book)))
    assert follower.current().book.edition == 0
    publish_carried(store, CLOCK)
    assert follower.refresh().book.edition == 1
    publish(shortened(), store, FixedClock(NOW + timedelta(days=30)))
    law = follower.refresh()
    assert (law.book.edition, follower.current()) == (2, law)
    before = law.known_on(NOW.date() + timedelta(days=29))
    assert rule_on(before.book, "reply.citizen", DAY).days == 10
    assert rule_on(law.book, "reply.citizen", DAY).days == 8


def test_a_publication_whose_answer_was_lost_can_be_asked_for_by_its_receipt() -> None:
    store = MemoryFactStore()
    publish(CARRIED.lines, store, CLOCK)
    key = uuid5(NAMESPACE, f"rulebook/1/{digest_of(CARRIED.lines)}")
    receipt = store.find_receipt(key)
    assert receipt is not None
    assert b'"edition": 1' in receipt.response
