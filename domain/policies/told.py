"""Who is told of a reminder on a day, and until when that stays so (ai được nhắc)."""

from collections.abc import Sequence
from datetime import date

from domain.policies.known import Known
from domain.policies.waiting import Waiting
from domain.units import Office


def told_office(waiting: Waiting, known: Known) -> Office | None:
    """Who is told on a day: so many steps up, past the office complained of; None above the top.

    For an office that stands no longer, who answers in its place.
    """
    line, _ = _line(waiting, known)
    return line[waiting.rung] if waiting.rung < len(line) else None


def told_until(waiting: Waiting, known: Known) -> date | None:
    """The last day on which that is so, as far as it is known; None for no end."""
    _, above = _line(waiting, known)
    told = told_office(waiting, known)
    if told is None:
        return None
    met = above[: above.index(told) + 1]
    return min((each.valid_until for each in met if each.valid_until is not None), default=None)


def _line(waiting: Waiting, known: Known) -> tuple[Sequence[Office], Sequence[Office]]:
    """Who may be told, from the bottom up; and the same with whoever is passed over."""
    offices = known.offices
    barred = frozenset() if waiting.accused is None else offices.in_place_of(waiting.accused)
    first = known.directory.offices.on(waiting.told, known.today)
    if first is None:
        home = offices.home_of(waiting.told, barred=barred)
        first = None if home is None else home.office
    if first is None:
        return (), ()
    above = known.directory.superiors_of(first.office_id, known.today)
    fit = (office for office in above if office.office_id not in barred)
    return (first, *fit), (first, *above)
