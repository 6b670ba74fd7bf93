"""Whether somebody waits to be told: what the doctor asks of the scheduler's agenda."""

from collections.abc import Iterator

from domain.ports import StoreUnavailable
from infra.settings import Settings
from services import wiring
from services.findings import Finding, Grade
from services.worker_health import LATE

UP = "is the scheduler up?"


def reminders(settings: Settings) -> Iterator[Finding]:
    """How far the scheduler is behind, by the stack's own clock."""
    agenda = wiring.open_agenda(settings)
    try:
        place, figures = agenda.load(), agenda.figures()
    except StoreUnavailable as down:
        yield Finding(Grade.BAD, "scheduler", str(down), "tiepdan migrate")
        return
    finally:
        agenda.close()
    if place.epoch == 0:
        yield Finding(Grade.WARN, "scheduler", "none ever ran: nobody is reminded", UP)
        return
    if figures.unreadable:
        words = f"{figures.unreadable} files cannot be read: nobody is reminded of them"
        yield Finding(Grade.WARN, "scheduler", words, "run the release that wrote them")
    now = settings.clock().now()
    late = 0.0 if figures.first_due is None else (now - figures.first_due).total_seconds()
    words = f"{figures.files} files wait, followed up to position {place.position}"
    if late > LATE:
        yield Finding(Grade.BAD, "scheduler", f"a reminder is {late:.0f} s late; {words}", UP)
    else:
        yield Finding(Grade.OK, "scheduler", words)
