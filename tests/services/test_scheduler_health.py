"""What the scheduler tells of itself, to a health check, to Prometheus and to the doctor."""

from collections import Counter
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest
from typer.testing import CliRunner

from domain.days import day_of
from infra.agenda import Entry, Figures, Looked, News
from infra.memory.clocks import FixedClock
from infra.postgres.agenda import PostgresAgenda
from infra.settings import Settings
from services.cli import app
from services.doctor_agenda import reminders
from services.findings import Grade
from services.scheduler.health import SchedulerHealth
from services.scheduler.status import SchedulerStatus
from tests.services.test_worker_health import NOW, door_of
from tests.stores import Addresses

OFFICE = "ubnd-24-20250101"


def leading(figures: Figures, *, beat: float = 100.0) -> SchedulerStatus:
    """A scheduler at work."""
    status = SchedulerStatus(active=True, epoch=3, position=40, followed=12, looked=5, beat=beat)
    status.figures, status.reminded = figures, Counter({"reminder.due": 2})
    return status


def health(status: SchedulerStatus, beat: float = 101.0) -> SchedulerHealth:
    """Asked a second after its last step."""
    return SchedulerHealth(status, FixedClock(NOW), lambda: beat)


def test_a_scheduler_that_goes_on_is_ready_and_tells_its_figures() -> None:
    later = NOW + timedelta(hours=1)
    with door_of(health(leading(Figures(7, 1, 0, later)))) as door:
        assert door.ready() == 200
        figures = door.figures()
    assert figures["scheduler_files",] == 7
    assert figures["scheduler_position",] == 40
    assert figures["scheduler_reminders_total", "due"] == 2
    assert figures["scheduler_oldest_due_seconds",] == 0


def test_a_standby_is_ready() -> None:
    assert health(SchedulerStatus(), beat=10_000.0).condition().status == "ready"


def test_a_reminder_that_waits_and_a_file_nobody_can_read_call_for_attention() -> None:
    found = health(leading(Figures(7, 0, 2, NOW - timedelta(minutes=5)))).condition()
    assert (found.status, found.lag) == ("degraded", 300.0)
    assert [each.words for each in found.troubles] == [
        "2 files cannot be read: nobody is reminded of them",
        "the oldest reminder has waited 300 s to be recorded",
    ]


def test_a_scheduler_without_a_step_for_a_minute_is_down_and_says_why() -> None:
    status = leading(Figures())
    status.away = "StoreUnavailable: no answer"
    found = health(status, beat=170.0).condition()
    assert found.status == "down"
    assert "no answer" in found.troubles[0].words


@pytest.fixture
def settings(addresses: Addresses) -> Settings:
    """A program that may use the store."""
    return Settings.read({"TIEPDAN_STORE_DSN": addresses.app})


def with_a_file(settings: Settings, minutes: int) -> None:
    """A scheduler ran, and a file's reminder falls so many minutes from now."""
    at = settings.clock().now() + timedelta(minutes=minutes)
    with closing(PostgresAgenda(settings.secret("store_dsn"))) as agenda:
        place = agenda.follow(agenda.take_over(1, 1), News(5, [UUID(int=1)]))
        entry = Entry(UUID(int=1), OFFICE, at, "reminder.due", day_of(at))
        agenda.keep(place, Looked([entry]))


def test_the_doctor_says_when_no_scheduler_ever_ran(settings: Settings) -> None:
    (found,) = reminders(settings)
    assert (found.grade, found.what) == (Grade.WARN, "scheduler")


def test_the_doctor_is_content_with_reminders_to_come_and_not_with_late_ones(
    settings: Settings,
) -> None:
    with_a_file(settings, 10)
    (found,) = reminders(settings)
    assert found.grade is Grade.OK
    with_a_file(settings, -10)
    (found,) = reminders(settings)
    assert found.grade is Grade.BAD
    assert "late" in found.words


def test_the_command_line_says_what_waits(addresses: Addresses, settings: Settings) -> None:
    with_a_file(settings, 10)
    told = CliRunner().invoke(app, ["scheduler"], env={"TIEPDAN_STORE_DSN": addresses.app})
    assert told.exit_code == 0, told.output
    assert "at position 5: 1 files wait" in told.output
    assert f"{OFFICE}  {UUID(int=1)}" in told.output
