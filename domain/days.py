"""Days as offices count them: Vietnam's own, seven hours ahead of UTC (ngày theo giờ Việt Nam)."""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "ICT")


def day_of(moment: datetime) -> date:
    """The day in Vietnam on which an aware moment falls."""
    return moment.astimezone(VIETNAM).date()
