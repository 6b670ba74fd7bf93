"""Facts that offices are reminded of, and days of May 2025."""

from datetime import date

from domain.codes import ClosureScope, PetitionKind
from domain.events import calendar, case, gathering, petition
from domain.streams import place_calendar_stream
from tests.builders import CAM_LY, LUC_NAM, Draft, fact

PROPOSAL = fact(petition.PetitionReceived, CAM_LY, kind=PetitionKind.PROPOSAL)
"""Received on Monday 5/5/2025: only the citizen's reply has a clock, due on 19/5."""

OPENED = fact(case.CaseOpened, CAM_LY)
"""Opened on Monday 5/5/2025: to be settled by 4/6."""

JUNE = date(2025, 6, 1)
CROWD = fact(gathering.GatheringReported, LUC_NAM)


def may(day: int) -> date:
    """A day of May 2025."""
    return date(2025, 5, day)


def june(day: int) -> date:
    """A day of June 2025."""
    return date(2025, 6, day)


def storm(first: int, last: int) -> Draft:
    """An office closed for some days of May."""
    stream = place_calendar_stream(ClosureScope.OFFICE, CAM_LY)
    return fact(calendar.OfficeClosed, CAM_LY, stream, first_day=may(first), last_day=may(last))
