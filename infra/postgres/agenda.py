"""The scheduler's agenda, moved in the same transaction as what it records."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.ports import Draft
from infra.agenda import (
    Entry,
    Figures,
    Looked,
    News,
    NewsCame,
    Overtaken,
    Place,
    Superseded,
)
from infra.postgres.batches import APPEND, arguments_of
from infra.postgres.connections import PatientConnection, open_pool
from infra.postgres.database import Database
from infra.postgres.group_commit import Save
from infra.postgres.views.arrays import COLUMN_TYPES, Column, register, uuids
from infra.serial import EventMapper

T = TypeVar("T")

PLACE: Final = "position, generation, epoch, moves"
LOAD: Final = f"SELECT {PLACE} FROM store.agenda_place"  # noqa: S608
TAKE: Final = f"""
UPDATE store.agenda_place SET epoch = %s, edition = %s, moves = moves + 1,
    position = CASE WHEN edition = %s THEN position ELSE 0 END,
    generation = generation + (edition <> %s)::int, moved_at = clock_timestamp()
WHERE epoch <= %s RETURNING {PLACE}
"""  # noqa: S608
MOVE: Final = f"""
UPDATE store.agenda_place
SET position = %s, generation = %s, moves = moves + 1, moved_at = clock_timestamp()
WHERE epoch = %s AND moves = %s RETURNING {PLACE}
"""  # noqa: S608
MARK: Final = """
INSERT INTO store.agenda (subject) SELECT DISTINCT unnest(%b::uuid[])
ON CONFLICT (subject) DO UPDATE SET generation = -1
"""
MARK_OFFICES: Final = "UPDATE store.agenda SET generation = -1 WHERE office = ANY (%b::text[])"
TRY_AGAIN: Final = "UPDATE store.agenda SET generation = -1 WHERE office = ''"
TO_LOOK: Final = """
SELECT subject FROM store.agenda WHERE generation < %s ORDER BY generation, subject LIMIT %s
"""
WRITE: Final = """
UPDATE store.agenda AS a SET generation = %b, office = w.office, next_at = w.next_at,
    policy = w.policy, due = w.due
FROM unnest(%b::uuid[], %b::text[], %b::timestamptz[], %b::text[], %b::date[])
    AS w (subject, office, next_at, policy, due)
WHERE a.subject = w.subject
"""
DROP: Final = "DELETE FROM store.agenda WHERE subject = ANY (%b::uuid[])"
DUE: Final = """
SELECT next_at, subject FROM store.agenda WHERE next_at <= %s ORDER BY next_at, subject LIMIT %s
"""
NEWS: Final = """
SELECT EXISTS (
    SELECT FROM store.stored_events WHERE originator_id = ANY (%b::uuid[]) AND notification_id > %b
) OR EXISTS (
    SELECT FROM store.stored_events
    WHERE (topic LIKE 'calendar.%%' OR topic LIKE 'rulebook.%%') AND notification_id > %b
) OR EXISTS (
    SELECT FROM store.stored_events
    WHERE (topic LIKE 'unit.%%' OR topic LIKE 'office.%%') AND notification_id > %b
)
"""
FIGURES: Final = """
SELECT count(*), count(*) FILTER (WHERE a.generation < p.generation),
    count(*) FILTER (WHERE a.office = '' AND a.generation >= 0), min(next_at)
FROM store.agenda a, store.agenda_place p
"""
WAITING: Final = """
SELECT subject, office, next_at, policy, due FROM store.agenda
WHERE next_at IS NOT NULL ORDER BY next_at, subject LIMIT %s
"""


class PostgresAgenda:
    """A :class:`infra.agenda.Agenda`. Threads may share it; close it at the end."""

    def __init__(self, dsn: str) -> None:
        pool = open_pool(dsn, "tiepdan agenda", largest=2, configure=_configured)
        self._database = Database(pool)
        self._mapper = EventMapper()

    def load(self) -> Place:
        return Place(*self._database.rows(LOAD)[0])

    def take_over(self, epoch: int, edition: int) -> Place:
        def take(connection: PatientConnection) -> Place:
            asked = [epoch, edition, edition, edition, epoch]
            row = connection.execute(TAKE, asked).fetchone()
            if row is None:
                raise Superseded(f"epoch {epoch} is over")
            connection.execute(TRY_AGAIN)
            return Place(*row)

        return self._step(take)

    def follow(self, was: Place, news: News) -> Place:
        def take_in(connection: PatientConnection) -> Place:
            generation = was.generation + news.everything
            now = _moved(connection, was, position=news.position, generation=generation)
            if news.subjects:
                connection.execute(MARK, [uuids(news.subjects)])
            if news.offices:
                connection.execute(MARK_OFFICES, [Column(COLUMN_TYPES[str], list(news.offices))])
            return now

        return self._step(take_in)

    def to_look_at(self, was: Place, limit: int) -> Sequence[UUID]:
        return [subject for (subject,) in self._database.rows(TO_LOOK, [was.generation, limit])]

    def keep(self, was: Place, looked: Looked) -> Place:
        def write(connection: PatientConnection) -> Place:
            now = _moved(connection, was)
            _write(connection, was, looked)
            return now

        return self._step(write)

    def due(self, now: datetime, limit: int) -> Sequence[tuple[datetime, UUID]]:
        return [(at, subject) for at, subject in self._database.rows(DUE, [now, limit])]

    def remind(self, was: Place, drafts: Sequence[Draft], looked: Looked) -> Place:
        saves = [Save(self._stored(draft), draft.receipt, draft.traceparent) for draft in drafts]

        def record(connection: PatientConnection) -> Place:
            now = _moved(connection, was)
            _write(connection, was, looked)
            if saves:
                _append(connection, saves)
                _refuse_news(connection, was, looked)
            return now

        return self._step(record)

    def figures(self) -> Figures:
        return Figures(*self._database.rows(FIGURES)[0])

    def waiting(self, limit: int) -> Sequence[Entry]:
        return [Entry(*row) for row in self._database.rows(WAITING, [limit])]

    def close(self) -> None:
        self._database.close()

    def _stored(self, draft: Draft) -> Any:
        return [self._mapper.to_stored_event(fact) for fact in draft.facts]

    def _step(self, do: Callable[[PatientConnection], T]) -> T:
        """One transaction. Done twice it is refused the second time, by the place's moves."""

        def whole(connection: PatientConnection) -> T:
            with connection.transaction():
                return do(connection)

        return self._database.run(whole)


def _configured(connection: PatientConnection) -> None:
    register(connection.adapters)


def _moved(
    connection: PatientConnection,
    was: Place,
    *,
    position: int | None = None,
    generation: int | None = None,
) -> Place:
    """Take the place's row first: two schedulers stand in line there, and one is refused."""
    to = was.position if position is None else position
    of = was.generation if generation is None else generation
    row = connection.execute(MOVE, [to, of, was.epoch, was.moves]).fetchone()
    if row is None:
        raise Overtaken(f"no longer at epoch {was.epoch}, move {was.moves}")
    return Place(*row)


def _write(connection: PatientConnection, was: Place, looked: Looked) -> None:
    entries = looked.entries
    if entries:
        connection.execute(
            WRITE,
            [
                was.generation,
                uuids(entry.subject for entry in entries),
                Column(COLUMN_TYPES[str], [entry.office for entry in entries]),
                Column(COLUMN_TYPES[datetime], [entry.next_at for entry in entries]),
                Column(COLUMN_TYPES[str], [entry.policy for entry in entries]),
                Column(COLUMN_TYPES[date], [entry.due for entry in entries]),
            ],
        )
    if looked.over:
        connection.execute(DROP, [uuids(looked.over)])


def _append(connection: PatientConnection, saves: Sequence[Save]) -> None:
    """Through the one way in. It takes the append turn, which is then ours until the commit."""
    row = connection.execute(APPEND, arguments_of(saves), binary=True).fetchone()
    if row is None or row[1]:
        raise Overtaken("some of these reminders were recorded by another scheduler")


def _refuse_news(connection: PatientConnection, was: Place, looked: Looked) -> None:
    """Asked with the append turn in hand: nothing can come between this look and the commit."""
    files = [*looked.over, *(entry.subject for entry in looked.entries)]
    asked = [uuids(files), was.position, was.position, was.position]
    row = connection.execute(NEWS, asked).fetchone()
    if row != (False,):
        raise NewsCame(f"since {was.position}")
