"""The scheduler's work, step by step. Every step may be cut off anywhere and done again.

All it decides comes from the store as it stands; the agenda only says which files to read. A
reminder is recorded together with the agenda's next entry, under a key of its own, and only
if nothing came since about its file, the law or the office tree.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.days import day_of
from domain.directory import Directory
from domain.events.directory import PostFilled, PostLeft
from domain.law.law import Law
from domain.policies.known import Known
from domain.ports import Clock, FactStore, StoredFact
from infra.agenda import Agenda, Looked, News, NewsCame, Overtaken, Superseded
from infra.serial import MalformedRecord, UnknownEventType, decode
from services.scheduler.drafts import Worked, in_turn, work_on
from services.scheduler.files import read_files
from services.scheduler.status import SchedulerStatus

log = logging.getLogger(__name__)

EDITION: Final = 3
"""Of the policies: with another number the whole log is read again. What was said stays said."""

FOLLOW_AT_ONCE: Final = 1_000
LOOK_AT_ONCE: Final = 200
REMIND_AT_ONCE: Final = 100

FILES: Final = ("petition.", "case.", "gathering.", "return_mission.")
POSTS: Final = ("office.post_filled/", "office.post_left/")
WORLD: Final = ("calendar.", "rulebook.", "unit.", "office.")
"""Facts by which any file may have other clocks, or other superiors."""


@dataclass(frozen=True)
class World:
    """What files are looked at by. ``law`` and ``directory`` ask anew at each call."""

    store: FactStore
    agenda: Agenda
    law: Callable[[], Law]
    directory: Callable[[], Directory]
    clock: Clock

    def known(self) -> Known:
        """Law and office tree as the store has them now."""
        return Known(self.law(), self.directory(), day_of(self.clock.now()))


class Scheduler:
    """One that leads, under the epoch of its lease. Raises ``Superseded`` when taken over."""

    def __init__(self, world: World, epoch: int, status: SchedulerStatus | None = None) -> None:
        self._world = world
        self._epoch = epoch
        self.status = status or SchedulerStatus()
        self._place = world.agenda.take_over(epoch, EDITION)

    def step(self) -> bool:
        """Do the next thing there is to do; False when there is nothing.

        News first, then files to look at, and only when there are none what fell.
        Raises ``Superseded``, ``StoreUnavailable``.
        """
        try:
            done = self._follow() or self._look() or self._remind()
        except (Overtaken, NewsCame):
            self._find_place()
            return True
        self.status.position = self._place.position
        return done

    def run_out(self) -> None:
        """Step until there is nothing to do."""
        while self.step():
            pass

    def _find_place(self) -> None:
        self._place = self._world.agenda.load()
        if self._place.epoch != self._epoch:
            raise Superseded(f"epoch {self._epoch} is over")

    def _follow(self) -> bool:
        """Take in the next facts of the log: which files, which offices they touch."""
        records = self._world.store.read(after=self._place.position, limit=FOLLOW_AT_ONCE)
        if not records:
            return False
        self._place = self._world.agenda.follow(self._place, news_of(records))
        self.status.followed += len(records)
        return True

    def _look(self) -> bool:
        """Work out what the next files wait for; what has lost its reason is settled."""
        subjects = self._world.agenda.to_look_at(self._place, LOOK_AT_ONCE)
        if not subjects:
            return False
        self._keep(self._worked(subjects, self._world.clock.now()))
        self.status.looked += len(subjects)
        return True

    def _remind(self) -> bool:
        """Record what fell, the earliest first, up to the last file of this step."""
        now = self._world.clock.now()
        due = self._world.agenda.due(now, REMIND_AT_ONCE)
        if not due:
            return False
        horizon = now if len(due) < REMIND_AT_ONCE else due[-1][0]
        self._keep(self._worked([subject for _, subject in due], now, horizon))
        return True

    def _worked(
        self, subjects: Sequence[UUID], now: datetime, horizon: datetime | None = None
    ) -> Sequence[Worked]:
        """What is to be done about some files, read anew."""
        known = self._world.known()
        files = read_files(self._world.store, subjects, known)
        return [work_on(file, known, now, horizon) for file in files]

    def _keep(self, worked: Sequence[Worked]) -> None:
        entries = [each.entry for each in worked if each.entry is not None]
        drafts = in_turn(worked)
        looked = Looked(entries, [each.subject for each in worked if each.entry is None])
        if not drafts:
            self._place = self._world.agenda.keep(self._place, looked)
            return
        self._place = self._world.agenda.remind(self._place, drafts, looked)
        kinds = Counter(type(fact).TOPIC for each in drafts for fact in each.facts)
        self.status.reminded.update(kinds)
        log.info("reminded of %d files: %s", len(worked), dict(kinds))


def news_of(records: Sequence[StoredFact]) -> News:
    """What a stretch of the log means for the agenda."""
    subjects = {each.stream: None for each in records if each.type_name.startswith(FILES)}
    everything, offices = False, dict[str, None]()
    for record in records:
        if record.type_name.startswith(POSTS):
            office = _office_of(record)
            offices |= {} if office is None else {office: None}
            everything = everything or office is None
        elif record.type_name.startswith(WORLD):
            everything = True
    return News(records[-1].position, tuple(subjects), tuple(offices), everything)


def _office_of(record: StoredFact) -> str | None:
    """Whose posts changed; None where only a newer release can tell."""
    try:
        fact = decode(record.type_name, record.body)
    except (MalformedRecord, UnknownEventType):
        return None
    return fact.office_id if isinstance(fact, PostFilled | PostLeft) else None
