"""The scheduler as processes on the real Postgres: killed, overtaken, drained."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.codes import PetitionKind
from domain.events.petition import CitizenGuided, PetitionReceived
from domain.events.reminder import Reminder
from domain.policies.waiting import key_said
from infra.local.ports import wait_until
from infra.postgres.agenda import PostgresAgenda
from infra.postgres.fact_store import PostgresFactStore
from infra.serial import decode
from services.lifetime import Exit
from tests.builders import CAM_LY, fact
from tests.domain.directory_facts import FACTS
from tests.services.conftest import Program
from tests.services.naive_reminders import should_be_told, told_by
from tests.stores import Addresses

SCHEDULER = "tests.services.scheduler_process"
MAY = datetime(2025, 5, 5, 2, 0, tzinfo=UTC)
AUGUST = datetime(2025, 8, 1, 2, 0, tzinfo=UTC)
PETITIONS = 400
REMINDERS_EACH = 5
PAGE = 20_000
LONG = 240
"""Seconds: a busy machine starts a process in half a minute."""


@dataclass
class Stage:
    """A store full of petitions nobody answered, and who looks after them."""

    store: PostgresFactStore
    agenda: PostgresAgenda
    dsn: str
    ahead: timedelta
    before: int = 0

    def fill(self) -> None:
        """Petitions of a month; every seventh was answered, so nobody is told of it."""
        facts = list(FACTS)
        for number in range(PETITIONS):
            stream, at = UUID(int=number + 1), MAY + timedelta(hours=number % 720)
            kind = PetitionKind.PROPOSAL
            facts.append(fact(PetitionReceived, CAM_LY, stream, kind=kind).recorded(1, at))
            if number % 7 == 0:
                facts.append(fact(CitizenGuided, CAM_LY, stream).recorded(2, at))
        self.store.append(facts)
        self.before = len(facts)

    @property
    def expected(self) -> int:
        """How many reminders there must be in August."""
        return (PETITIONS - len(range(0, PETITIONS, 7))) * REMINDERS_EACH

    def all_told(self) -> bool:
        """Whether as many facts came as there must be reminders."""
        return len(self.store.read(after=0, limit=PAGE)) >= self.before + self.expected

    def reminders(self) -> list[Reminder]:
        """All that was recorded, in order."""
        return [each for each in self.facts() if isinstance(each, Reminder)]

    def facts(self) -> list[object]:
        """The whole log."""
        told = self.store.read(after=0, limit=PAGE)
        return [decode(each.type_name, each.body) for each in told]


@pytest.fixture
def stage(postgres_store: PostgresFactStore, addresses: Addresses) -> Iterator[Stage]:
    with closing(PostgresAgenda(addresses.app)) as agenda:
        ahead = AUGUST - datetime.now(UTC)
        stage = Stage(postgres_store, agenda, addresses.app, ahead)
        stage.fill()
        yield stage


def begun(stage: Stage, start: Callable[..., Program]) -> Program:
    """One more scheduler."""
    return start(SCHEDULER, stage.dsn, str(stage.ahead.total_seconds()))


def test_schedulers_killed_in_the_middle_of_their_work_tell_everybody_once(
    stage: Stage, start: Callable[..., Program]
) -> None:
    chance = random.Random(41)
    first_reminder = stage.store.head()
    moments = [
        lambda: stage.agenda.load().position > 0,
        lambda: stage.store.head() > first_reminder,
        lambda: stage.store.head() > first_reminder + stage.expected // 3,
    ]
    leading, standby = begun(stage, start), begun(stage, start)
    for moment in moments:
        assert wait_until(moment, within=LONG)
        time.sleep(chance.random() / 10)
        leading.kill()
        leading.wait()
        leading, standby = standby, begun(stage, start)
    assert wait_until(stage.all_told, within=LONG)
    said = stage.reminders()
    assert len({key_said(each) for each in said}) == len(said) == stage.expected
    now = max(each.timestamp for each in said)
    assert {told_by(each) for each in said} == should_be_told(stage.facts(), now)
    fell = [each.occurred_at for each in said]
    assert fell == sorted(fell)


def test_a_scheduler_told_to_stop_ends_cleanly_and_the_next_goes_on(
    stage: Stage, start: Callable[..., Program]
) -> None:
    first_reminder = stage.store.head()
    first = begun(stage, start)
    assert wait_until(lambda: stage.store.head() > first_reminder, within=LONG)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=20) == Exit.CLEAN
    last = begun(stage, start)
    assert wait_until(stage.all_told, within=LONG)
    said = stage.reminders()
    assert len({key_said(each) for each in said}) == len(said) == stage.expected
    last.send_signal(signal.SIGTERM)
    assert last.wait(timeout=20) == Exit.CLEAN
