"""What a new stack knows of the working calendar before anybody enters anything (lịch làm việc).

Facts of a year go straight to the store, all of it or nothing, as the first of the year's
stream: a year that has facts of its own is left alone, and a second time records nothing.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid5

from domain.codes import Role
from domain.events.calendar import CalendarFact
from domain.law.almanac import FILLER
from domain.law.public_holidays import YEARS, facts_of
from domain.ports import Clock, FactStore, KeyTaken, Receipt, VersionTaken
from domain.streams import NAMESPACE, calendar_stream
from domain.values import Officer, Signature
from infra.serial import encode

OFFICE = "system"


def fill_calendar(store: FactStore, clock: Clock) -> tuple[int, ...]:
    """Record what the release knows of each year that has no facts; the years recorded."""
    return tuple(year for year in YEARS if _fill(year, store, clock))


def _fill(year: int, store: FactStore, clock: Clock) -> bool:
    if store.last_version(calendar_stream(year)):
        return False
    now = clock.now()
    by = Signature(
        officer=Officer(FILLER, OFFICE, Role.SYSTEM),
        unit="",
        occurred_at=now,
        recorded_at=now,
        correlation=f"calendar-{year}",
    )
    facts = tuple(facts_of(year, by))
    try:
        store.append(facts, receipt=_receipt(year, facts))
    except (KeyTaken, VersionTaken):
        return False
    return True


def _receipt(year: int, facts: Sequence[CalendarFact]) -> Receipt:
    """One key a year: two that fill at once are one filling."""
    asked = sha256(b"".join(map(encode, facts))).digest()
    answer = json.dumps({"facts": len(facts), "year": year}).encode()
    return Receipt(uuid5(NAMESPACE, f"calendar/carried/{year}"), asked, answer)
