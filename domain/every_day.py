"""Whether a tree holds on every day, not only on the day an act names (cây trên mọi ngày).

Facts come in any order: a last day may be known before what stands below is entered, a move
of a later day before one of an earlier, and a withdrawal brings back what was before.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from domain.chronicle import ONE_DAY, Chronicle, Dated, stands
from domain.directory import Directory
from domain.refusals.directory import NotStanding, OverlappingUnits
from domain.units import Unit

Above = Callable[[str, date], Iterable[str]]
"""The ids of what stands above a thing on a day."""


def first_gap(lived: Iterable[Dated], since: date, until: date | None) -> date | None:
    """The first day from ``since`` until ``until`` (None: for good) on which it stands not."""
    day = since
    for period in sorted(lived, key=lambda each: each.valid_from):
        if stands(period, day):
            if period.valid_until is None:
                return None
            day = period.valid_until + ONE_DAY
    return day if until is None or day <= until else None


def unit_must_last(
    unit: Unit, since: date, until: date | None, directory: Directory, pointer: str
) -> None:
    """What is entered in a unit or below it stands no longer than it. Refuses: ``NotStanding``."""
    gap = first_gap(directory.units.of(unit.unit_id), since, until)
    if gap is not None:
        raise NotStanding(
            f"Từ ngày {gap:%d/%m/%Y} không còn {unit.name} ({unit.unit_id}).",
            pointer=pointer,
            mend="Chọn đơn vị còn tồn tại, hoặc đính chính ngày cuối cùng của đơn vị đó trước.",
        )


def unit_comes_below(
    inner: str, outer: str, directory: Directory, since: date, until: date | None
) -> bool:
    """Whether a unit is another or stands below it, on some day from ``since`` until then."""

    def above(name: str, on: date) -> Iterable[str]:
        return (unit.unit_id for unit in directory.ancestors(name, on))

    return _comes_below(inner, outer, directory.units, above, since, until)


def office_comes_below(
    inner: str, outer: str, directory: Directory, since: date, until: date | None
) -> bool:
    """Whether an office is another or directed by it, on some day from ``since`` until then."""

    def above(name: str, on: date) -> Iterable[str]:
        return (office.office_id for office in directory.superiors_of(name, on))

    return _comes_below(inner, outer, directory.offices, above, since, until)


def _comes_below(
    inner: str, outer: str, things: Chronicle[Any], above: Above, since: date, until: date | None
) -> bool:
    days, seen = [since], set[date]()
    while days:
        day = days.pop()
        if day in seen or (until is not None and day > until) or things.on(inner, day) is None:
            continue
        seen.add(day)
        line = (inner, *above(inner, day))
        if outer in line:
            return True
        later = (period for name in line for period in things.of(name))
        days += [period.valid_from for period in later if period.valid_from > day]
    return False


def below_after(unit_id: str, last_day: date, directory: Directory) -> list[str]:
    """The names of all that stands right below a unit, or in it, on a day after its last."""
    late = {
        name: period.name
        for name, period in directory.ever_below(unit_id)
        if period.valid_until is None or period.valid_until > last_day
    }
    return list(late.values())


def code_must_be_free(
    unit: Unit, since: date, until: date | None, directory: Directory, pointer: str
) -> None:
    """No other unit of its level bears its code on these days. Refuses: ``OverlappingUnits``."""
    for other in directory.of_code(unit.code):
        ended = other.valid_until is not None and other.valid_until < since
        begins_later = until is not None and other.valid_from > until
        if ended or begins_later or other.level != unit.level or other.unit_id == unit.unit_id:
            continue
        day = max(since, other.valid_from)
        raise OverlappingUnits(
            f"Ngày {day:%d/%m/%Y} mã {unit.code} đang là của {other.name}.",
            pointer=pointer,
            mend="Ghi ngày cuối cùng của đơn vị đó trước, hoặc chọn ngày khác.",
        )
