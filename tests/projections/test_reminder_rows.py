"""What an office was reminded of stands until its reason has gone, in the place of one matter."""

from datetime import date
from typing import Any

import pytest

from domain.codes import Seat
from domain.events import petition, reminder
from domain.events.registry import ALL
from domain.events.reminder import Reminder
from domain.streams import reminder_stream
from infra.memory.views import MemoryViewStore
from projections.batch import RowBuffer, asked, concerning, fold_all
from projections.petition_row import PetitionRow
from projections.ports import FoldFailed
from projections.reminders import URGENCY, OpenReminder, ReminderRow, Reminders, Urgency
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    TAM_DI,
    Chronicle,
    matters,
    stream_of,
)
from tests.projections.folding import fold_one_by_one, folded, only

PETITION = stream_of("petition")
DUE: dict[str, Any] = {"clock": "reply.citizen", "due": date(2025, 5, 19)}


def soon() -> Chronicle:
    """A petition is due soon."""
    tale = Chronicle()
    tale.record(
        reminder.DueSoonReminded, reminder_stream(PETITION), TAM_DI,
        subject=PETITION, to_office=TAM_DI, **DUE,
    )  # fmt: skip
    return tale


def standing(store: MemoryViewStore) -> dict[str, str]:
    """Matter to office, of what stands."""
    rows = store.rows[ReminderRow].values()
    found = (row for row in rows if isinstance(row, ReminderRow) and row.settled_at is None)
    return {row.matter: row.to_office for row in found}


def test_a_later_reminder_of_a_day_takes_the_place_of_an_earlier_one() -> None:
    tale = soon()
    assert only(folded(tale), ReminderRow).urgency == Urgency.SOON
    tale.record(
        reminder.DueReminded, reminder_stream(PETITION), TAM_DI,
        subject=PETITION, to_office=TAM_DI, **DUE,
    )  # fmt: skip
    assert only(folded(tale), ReminderRow).urgency == Urgency.TODAY
    tale.overdue(PETITION, 0, to=TAM_DI)
    row = only(folded(tale), ReminderRow)
    assert (row.urgency, row.what, row.version) == (Urgency.LATE, "reminder.overdue", 3)
    assert (row.subject, row.due, row.clock) == (PETITION, DUE["due"], DUE["clock"])


def test_each_rung_is_another_offices_matter() -> None:
    tale = soon()
    tale.overdue(PETITION, 0, to=TAM_DI)
    tale.overdue(PETITION, 1, to=LUC_NAM)
    first, second = matters(0, 1)
    assert standing(folded(tale)) == {first: TAM_DI, second: LUC_NAM}


def test_what_has_lost_its_reason_stands_no_longer_and_what_is_back_stands_again() -> None:
    tale = soon()
    tale.overdue(PETITION, 1)
    tale.settled(PETITION, 0, 1)
    assert standing(folded(tale)) == {}
    tale.passed_on(PETITION, BAC_GIANG, 1)
    assert standing(folded(tale)) == {matters(1)[0]: BAC_GIANG}


def test_who_must_act_is_who_has_the_file_now_whoever_was_reminded_then() -> None:
    tale = soon()
    tale.received(PETITION, TAM_DI)
    tale.petition_rehomed(PETITION, TAM_DI, BAC_GIANG, (Seat.IN_CHARGE,), interim=True)
    store = folded(tale)
    item = OpenReminder(only(store, ReminderRow), petition=only(store, PetitionRow))
    assert (item.reminder.office, item.answerable) == (TAM_DI, BAC_GIANG)


def test_what_nobody_was_reminded_of_cannot_be_settled() -> None:
    tale = soon()
    with pytest.raises(FoldFailed, match="nobody was reminded"):
        fold_one_by_one(MemoryViewStore(), [*tale.facts, tale.settled(PETITION, 4)])


def test_facts_of_others_are_not_asked_about_and_move_nothing() -> None:
    tale, projection = Chronicle(), Reminders()
    received = tale.received(PETITION)
    facts, rows = concerning([(projection, [received])]), RowBuffer({})
    assert asked(facts) == {}
    fold_all(facts, rows)
    assert not rows.written
    assert isinstance(received.event, petition.PetitionReceived)


def test_every_sort_of_reminder_has_its_place_in_the_list() -> None:
    assert set(URGENCY) == {kind for kind in ALL if issubclass(kind, Reminder)}
