"""The books the release carries."""

from datetime import date, timedelta

from domain.law.terms import Condition
from infra.law import carried_edition

EDITION = carried_edition()
BOOK = EDITION.book
ONE_DAY = timedelta(days=1)
RECEPTION, COMPLAINTS, DENUNCIATIONS = date(2014, 7, 1), date(2012, 7, 1), date(2019, 1, 1)
TWO_TIERS, REPORTS, DATA_LAW, AMENDED = (
    date(2025, 7, 1),
    date(2025, 9, 30),
    date(2026, 1, 1),
    date(2026, 7, 1),
)

BOUNDARIES = [
    day
    for first in (TWO_TIERS, REPORTS, DATA_LAW, AMENDED)
    for day in (first - ONE_DAY, first, first + ONE_DAY)
]
"""The last day of each regime, the first of the next, and the day after it."""

KN, TC = Condition.COMPLAINT, Condition.DENUNCIATION
