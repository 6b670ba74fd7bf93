"""What the scheduler records of files it looked at (sự kiện nhắc việc cần ghi)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from operator import itemgetter
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
from infra.agenda import Entry
from projections.batch import FOLD_FAULTS
from services.scheduler.files import UNREAD, Followed, set_aside

Turn = tuple[datetime, int, UUID]
"""When a reminder fell, how high it goes, its key: reminders are recorded in this order."""

NOBODY: Final = "system"
"""Who answers for a file that no office has any more."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of looking at a file. ``fell``: the reminders to record, each with its turn.

    ``entry`` is what the agenda keeps of it; none of a file that is over.
    """

    subject: UUID
    entry: Entry | None
    fell: Sequence[tuple[Turn, Draft]] = ()
    settled: Sequence[Draft] = ()


def work_on(file: Followed, known: Known, now: datetime, horizon: datetime | None = None) -> Worked:
    """What is to be recorded of a file by now; what fell only up to a ``horizon``, if there is one.

    Nothing that lies in a file keeps another one waiting: it is set aside instead.
    """
    try:
        return _worked(file, known, now, horizon)
    except FOLD_FAULTS as fault:
        aside = set_aside(file.subject, file.record.id, fault)
        return _worked(aside, known, now, None)


def _worked(file: Followed, known: Known, now: datetime, horizon: datetime | None) -> Worked:
    fell = () if horizon is None else tuple(_fallen(file, known, horizon, now))
    settled = tuple(_settled(file, known, now))
    waiting = file.unsaid() if horizon is None else file.later(horizon)
    return Worked(file.subject, None if file.over else file.entry(waiting, known), fell, settled)


def in_turn(worked: Sequence[Worked]) -> list[Draft]:
    """What to record of all of them: what fell in the order in which it did, then the rest."""
    fell = sorted((each for one in worked for each in one.fell), key=itemgetter(0))
    return [*(draft for _, draft in fell), *(draft for one in worked for draft in one.settled)]


def _fallen(
    file: Followed, known: Known, horizon: datetime, now: datetime
) -> Iterator[tuple[Turn, Draft]]:
    """The reminders that fell, the first before all, each to be saved by itself."""
    waiting = [(_turn(each), each) for each in file.unsaid() if each.falls_at <= horizon]
    for turn, each in sorted(waiting, key=itemgetter(0)):
        told = told_office(each, known)
        if told is not None:
            unit = known.unit_of(each.answerable)
            file.record.remind(each, unit=unit, to_office=told.office_id, now=now)
            yield turn, Draft(tuple(file.record.collect_events()), _receipt(each.key))


def _turn(waiting: Waiting) -> Turn:
    return waiting.falls_at, waiting.rung, waiting.key


def _settled(file: Followed, known: Known, now: datetime) -> Iterator[Draft]:
    """Where what was said is no longer to be told, or to another office."""
    if file.office == UNREAD and not file.over:
        return
    said = file.record.version
    file.record.rest_with(_told_now(file.standing(), known), _by(file, known, now), file.subject)
    facts = tuple(file.record.collect_events())
    if facts:
        yield Draft(facts, _receipt(uuid5(NAMESPACE, f"reminder.rests/{file.record.id}/{said}")))


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
