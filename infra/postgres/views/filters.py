"""The conditions of the lists: what is asked for, and what need not be read (điều kiện lọc)."""

from collections.abc import Iterator, Sequence
from typing import Any

from domain.errors import Invalid
from infra.postgres.views.arrays import texts
from projections.asks import Area, CaseFilter, DueWindow, OfferFilter, PetitionFilter, Reach

Condition = tuple[str, dict[str, Any]]

WINDOWS = {
    DueWindow.OVERDUE: "{due} < %(today)s",
    DueWindow.TODAY: "{due} = %(today)s",
    DueWindow.SOON: "{due} BETWEEN %(today)s AND %(soon_until)s",
    DueWindow.LATER: "{due} > %(soon_until)s",
}

HOLDING_PETITION = ("p.in_charge", "p.offered_to", "p.disputed_superior")
TOLD_OF_PETITION = ("p.received_office",)
HOLDING_CASE = ("office",)
TOLD_OF_CASE = ("reported_to", "escalated_to", "directed_by")


def joined(conditions: Iterator[Condition]) -> Condition:
    """All of them as one."""
    found = list(conditions)
    asked = {name: value for _, values in found for name, value in values.items()}
    return " AND ".join(text for text, _ in found), asked


def within(area: Area) -> dict[str, Any]:
    """The parameters of ``in_area``."""
    return {"offices": texts(area.offices), "units": texts(area.units)}


def _reached(
    reach: Reach | None, holding: Sequence[str], told: Sequence[str], kind: str
) -> Iterator[Condition]:
    """Without what its reader could not see in any case."""
    if reach is None:
        return
    if reach.offices is not None:
        named = " OR ".join(f"{column} = ANY(%(reached)s)" for column in (*holding, *told))
        yield f"({named})", {"reached": texts(reach.offices)}
    if not reach.denunciations:
        held = f"%(own)s::text IN ({', '.join(holding)})"
        yield f"({kind} <> 'denunciation' OR {held})", {"own": reach.own}


def of_petitions(ask: PetitionFilter) -> Iterator[Condition]:
    """Of petitions ``p`` and their cases ``c``. Refuses: ``Invalid`` without the days asked by."""
    here = _resting("p.in_charge", "p.formers", "offices", came_from=ask.came_from)
    yield here, {"offices": texts(ask.offices)}
    yield from _reached(ask.reach, HOLDING_PETITION, TOLD_OF_PETITION, "p.kind")
    if not ask.ended:
        yield "p.ended_on IS NULL", {}
    for column, wanted in (("kind", ask.kinds), ("field", ask.fields), ("state", ask.states),
                           ("place", ask.places)):  # fmt: skip
        if wanted:
            yield f"p.{column} = ANY(%({column}s)s)", {f"{column}s": texts(wanted)}
    if ask.number:
        yield "p.number >= %(number)s AND p.number < %(after_number)s", _prefix(ask.number)
    if ask.due is not None:
        yield WINDOWS[ask.due], _window(ask)
    if ask.received_from is not None:
        yield "p.received_on >= %(received_from)s", {"received_from": ask.received_from}
    if ask.received_to is not None:
        yield "p.received_on <= %(received_to)s", {"received_to": ask.received_to}
    if ask.election is not None:
        yield "p.election = %(election)s", {"election": ask.election}


def of_offers(ask: OfferFilter) -> Iterator[Condition]:
    """Of offers ``o`` and their petitions ``p``."""
    here = _resting("o.to_office", "o.formers", "to_offices", came_from=ask.came_from)
    yield here, {"to_offices": texts(ask.to_offices)}
    yield from _reached(ask.reach, HOLDING_PETITION, TOLD_OF_PETITION, "p.kind")
    if ask.from_offices:
        yield "o.from_office = ANY(%(from_offices)s)", {"from_offices": texts(ask.from_offices)}
    if ask.late_on is not None:
        yield "o.reply_due < %(late_on)s", {"late_on": ask.late_on}


def of_cases(ask: CaseFilter) -> Iterator[Condition]:
    """Of cases."""
    here = _resting("office", "formers", "offices", came_from=ask.came_from)
    yield here, {"offices": texts(ask.offices)}
    yield from _reached(ask.reach, HOLDING_CASE, TOLD_OF_CASE, "kind")
    if not ask.closed:
        yield "state <> 'closed'", {}
    for column, wanted in (("kind", ask.kinds), ("field", ask.fields)):
        if wanted:
            yield f"{column} = ANY(%({column}s)s)", {f"{column}s": texts(wanted)}
    if ask.number:
        yield "number >= %(number)s AND number < %(after_number)s", _prefix(ask.number)
    if ask.overdue_on is not None:
        yield "state = 'open' AND settle_due < %(overdue_on)s", {"overdue_on": ask.overdue_on}
    if ask.escalated:
        yield "escalated_to IS NOT NULL", {}


def _resting(office: str, formers: str, asked: str, *, came_from: bool) -> str:
    """At one of the offices asked for, or come from one of them when it was abolished."""
    here = f"{office} = ANY(%({asked})s)"
    came = f"{formers} && %({asked})s AND {formers} <> '{{{{}}}}'"
    return f"({here} OR ({came}))" if came_from else here


def _prefix(number: str) -> dict[str, Any]:
    """A receipt number's beginning as a range: numbers are in capitals, sorted by bytes."""
    start = number.upper()
    return {"number": start, "after_number": start + "\U0010ffff"}


def _window(ask: PetitionFilter) -> dict[str, Any]:
    """The days a due window speaks of. Refuses: ``Invalid`` when one is missing."""
    days = {"today": ask.today, "soon_until": ask.soon_until}
    wanted = {
        name: day
        for name, day in days.items()
        if f"%({name})s" in WINDOWS[DueWindow(ask.due or "")]
    }
    if None in wanted.values():
        raise Invalid("Cần ngày hôm nay và ngày gần hạn để lọc theo hạn.", pointer="/due")
    return wanted
