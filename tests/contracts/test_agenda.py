"""The scheduler's agenda: what it records and how far it is move together, in memory and real."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.codes import Role
from domain.events.base import envelope
from domain.events.reminder import DueReminded
from domain.policies.waiting import key_said
from domain.ports import Draft, FactStore, Receipt
from domain.streams import reminder_stream
from domain.values import Officer, Signature
from infra.agenda import (
    Agenda,
    Entry,
    Looked,
    News,
    NewsCame,
    Overtaken,
    Place,
    Superseded,
)
from infra.memory import MemoryFactStore
from infra.memory.agenda import MemoryAgenda
from infra.postgres.agenda import PostgresAgenda
from tests.contracts.facts import accepted, unit
from tests.stores import Addresses

NOON = datetime(2025, 5, 14, 5, 0, tzinfo=UTC)
OFFICE = "ubnd-24-20250101"
A, B, C = (UUID(int=number) for number in (1, 2, 3))


@dataclass
class Stage:
    """An agenda and the store it lies beside."""

    store: FactStore
    agenda: Agenda

    def leading(self, *subjects: UUID, epoch: int = 1) -> Place:
        """Taken over, with these files looked at; nothing falls yet."""
        place = self.agenda.take_over(epoch, 1)
        place = self.agenda.follow(place, News(place.position, subjects))
        return self.agenda.keep(place, Looked([Entry(each, OFFICE) for each in subjects]))


@pytest.fixture(params=["memory", "postgres"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    if request.param == "memory":
        store = MemoryFactStore()
        yield Stage(store, MemoryAgenda(store))
        return
    addresses: Addresses = request.getfixturevalue("addresses")
    with closing(PostgresAgenda(addresses.app)) as agenda:
        yield Stage(request.getfixturevalue("postgres_store"), agenda)


def waits(subject: UUID, hours: int) -> Entry:
    """A file whose next reminder falls so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    return Entry(subject, OFFICE, at, "reminder.due", date(2025, 5, 19))


def due(subject: UUID, version: int = 1, day: int = 19) -> Draft:
    """A reminder of a file, with its receipt."""
    by = Signature(Officer("scheduler", OFFICE, Role.SYSTEM), "24-20250101", NOON, NOON, "c")
    says: dict[str, Any] = {"clock": "reply.citizen", "due": date(2025, 5, day)}
    told = {"subject": subject, "to_office": OFFICE, **says}
    fact = DueReminded(**envelope(reminder_stream(subject), version, by), **told)
    return Draft((fact,), Receipt(key_said(fact), b"due", b"{}"))


def reminded(store: FactStore) -> Sequence[str]:
    """The types of all that is stored."""
    return [each.type_name for each in store.read(after=0, limit=100)]


def test_a_new_agenda_stands_at_the_beginning_with_nothing_to_do(stage: Stage) -> None:
    place = stage.agenda.load()
    assert (place.position, place.generation, place.epoch) == (0, 0, 0)
    assert stage.agenda.to_look_at(place, 10) == []
    assert stage.agenda.due(NOON, 10) == []
    assert stage.agenda.figures().files == 0


def test_every_step_is_fenced_by_the_one_before(stage: Stage) -> None:
    old = stage.agenda.take_over(1, 1)
    new = stage.agenda.follow(old, News(7, (A,)))
    assert (new.position, stage.agenda.load()) == (7, new)
    with pytest.raises(Overtaken):
        stage.agenda.follow(old, News(9, (B,)))
    with pytest.raises(Overtaken):
        stage.agenda.keep(old, Looked([waits(A, 1)]))
    with pytest.raises(Overtaken):
        stage.agenda.remind(old, [due(A)], Looked([Entry(A, OFFICE)]))
    assert stage.agenda.to_look_at(new, 10) == [A]
    assert reminded(stage.store) == []


def test_a_later_epoch_fences_an_earlier_one(stage: Stage) -> None:
    first = stage.agenda.take_over(1, 1)
    second = stage.agenda.take_over(2, 1)
    with pytest.raises(Overtaken):
        stage.agenda.follow(first, News(3))
    with pytest.raises(Superseded):
        stage.agenda.take_over(1, 1)
    assert stage.agenda.follow(second, News(3)).epoch == 2


def test_another_edition_of_the_policies_reads_everything_again(stage: Stage) -> None:
    place = stage.agenda.follow(stage.leading(A), News(50))
    assert stage.agenda.take_over(2, 1).position == 50
    place = stage.agenda.take_over(3, 2)
    assert place.position == 0
    assert stage.agenda.to_look_at(place, 10) == [A]


def test_files_are_looked_at_when_they_or_their_office_or_the_world_moved(stage: Stage) -> None:
    place = stage.leading(A, B)
    assert stage.agenda.to_look_at(place, 10) == []
    place = stage.agenda.follow(place, News(1, (B, C)))
    assert sorted(stage.agenda.to_look_at(place, 10)) == [B, C]
    place = stage.agenda.keep(place, Looked([Entry(B, "tnmt-218")], [C]))
    assert stage.agenda.to_look_at(place, 10) == []
    place = stage.agenda.follow(place, News(2, offices=("tnmt-218",)))
    assert stage.agenda.to_look_at(place, 10) == [B]
    place = stage.agenda.follow(place, News(3, everything=True))
    assert sorted(stage.agenda.to_look_at(place, 10)) == [A, B]
    assert len(stage.agenda.to_look_at(place, 1)) == 1
    figures = stage.agenda.figures()
    assert (figures.files, figures.to_look_at) == (2, 2)


def test_a_file_nobody_could_read_is_tried_again_by_the_next_scheduler(stage: Stage) -> None:
    place = stage.leading(A, B)
    place = stage.agenda.keep(place, Looked([Entry(B, "")]))
    assert stage.agenda.figures().unreadable == 1
    assert stage.agenda.to_look_at(place, 10) == []
    assert stage.agenda.to_look_at(stage.agenda.take_over(2, 1), 10) == [B]


def test_what_falls_first_is_due_first(stage: Stage) -> None:
    place = stage.leading(A, B, C)
    stage.agenda.keep(place, Looked([waits(A, 2), waits(B, -3), waits(C, -1)]))
    early, late = NOON - timedelta(hours=3), NOON - timedelta(hours=1)
    assert stage.agenda.due(NOON, 10) == [(early, B), (late, C)]
    assert stage.agenda.due(NOON, 1) == [(early, B)]
    assert [each.subject for each in stage.agenda.waiting(2)] == [B, C]
    assert stage.agenda.waiting(1)[0] == waits(B, -3)
    assert stage.agenda.figures().first_due == early


def test_a_reminder_and_what_its_file_waits_for_next_are_one(stage: Stage) -> None:
    place = stage.leading(A, B)
    place = stage.agenda.keep(place, Looked([waits(A, -2), waits(B, -1)]))
    drafts = [due(A), due(B), due(A, 2, day=20)]
    place = stage.agenda.remind(place, drafts, Looked([waits(A, 5)], [B]))
    told = stage.store.read(after=0, limit=10)
    assert [each.stream for each in told] == [reminder_stream(each) for each in (A, B, A)]
    assert stage.agenda.due(NOON, 10) == []
    assert stage.agenda.figures().files == 1
    assert stage.store.find_receipt(drafts[0].receipt.key) == drafts[0].receipt  # type: ignore[union-attr]
    assert stage.agenda.load() == place


def test_a_reminder_recorded_by_another_moves_nothing(stage: Stage) -> None:
    place = stage.leading(A, B)
    place = stage.agenda.keep(place, Looked([waits(A, -2), waits(B, -1)]))
    stage.store.append(due(A).facts, receipt=due(A).receipt)
    with pytest.raises(Overtaken):
        stage.agenda.remind(place, [due(B), due(A)], Looked([], [A, B]))
    assert reminded(stage.store) == ["reminder.due/1"]
    assert stage.agenda.load() == place
    assert len(stage.agenda.due(NOON, 10)) == 2


def test_nothing_is_recorded_over_news_of_its_file_or_of_the_world(stage: Stage) -> None:
    stream = uuid4()
    place = stage.leading(stream, B)
    place = stage.agenda.keep(place, Looked([waits(stream, -2)]))
    stage.store.append([accepted(stream, 1)])
    with pytest.raises(NewsCame):
        stage.agenda.remind(place, [due(stream)], Looked([waits(stream, 5)]))
    place = stage.agenda.follow(place, News(stage.store.head()))
    stage.store.append([unit("24")])
    with pytest.raises(NewsCame):
        stage.agenda.remind(place, [due(stream)], Looked([waits(stream, 5)]))
    place = stage.agenda.follow(place, News(stage.store.head()))
    stage.store.append([accepted(uuid4(), 1)])
    stage.agenda.remind(place, [due(stream)], Looked([waits(stream, 5)]))
    assert reminded(stage.store).count("reminder.due/1") == 1
