"""What the scheduler records of files it looked at (sự kiện nhắc việc cần ghi)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid5

from domain.codes import Role
from domain.policies.known import Known
from domain.policies.told import told_office
from domain.policies.waiting import Waiting
from domain.ports import Draft, Receipt
from domain.reminder_record import ACTOR
from domain.streams import NAMESPACE
from domain.values import Officer, Signature
from services.scheduler.files import UNREAD, Followed

NOBODY: Final = "system"
"""Who answers for a file that no office has any more."""


def fallen(
    files: Iterable[Followed], known: Known, horizon: datetime, now: datetime
) -> Iterator[Draft]:
    """The reminders that fell, in the order in which they did, each to be saved by itself."""
    waiting = [
        (each.falls_at, each.rung, each.key, each, file)
        for file in files
        for each in file.unsaid()
        if each.falls_at <= horizon
    ]
    for *_, each, file in sorted(waiting, key=lambda one: one[:3]):
        told = told_office(each, known)
        if told is not None:
            unit = known.unit_of(each.answerable)
            file.record.remind(each, unit=unit, to_office=told.office_id, now=now)
            yield Draft(tuple(file.record.collect_events()), _receipt(each.key))


def settled(files: Iterable[Followed], known: Known, now: datetime) -> Iterator[Draft]:
    """Where what was said is no longer to be told, or to another office."""
    for file in files:
        if file.office == UNREAD and not file.over:
            continue
        said = file.record.version
        file.record.rest_with(
            _told_now(file.standing(), known), _by(file, known, now), file.subject
        )
        facts = tuple(file.record.collect_events())
        if facts:
            key = uuid5(NAMESPACE, f"reminder.rests/{file.record.id}/{said}")
            yield Draft(facts, _receipt(key))


def _told_now(standing: Sequence[Waiting], known: Known) -> dict[str, str]:
    told = ((each.matter, told_office(each, known)) for each in standing)
    return {matter: office.office_id for matter, office in told if office is not None}


def _by(file: Followed, known: Known, now: datetime) -> Signature:
    """The system; because of the file's newest fact, unless something was said since."""
    office = file.office or (file.newest.office if file.newest is not None else NOBODY)
    newest, said = file.newest, file.record.newest
    fresh = newest is not None and (said is None or newest.timestamp >= said.timestamp)
    return Signature(
        Officer(ACTOR, office, Role.SYSTEM),
        known.unit_of(office),
        occurred_at=now,
        recorded_at=now,
        correlation=ACTOR if newest is None else newest.correlation,
        causation=newest.fact_id if newest is not None and fresh else None,
    )


def _receipt(key: UUID) -> Receipt:
    return Receipt(key, sha256(key.bytes).digest(), b"{}")
