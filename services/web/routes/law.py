"""The rulebook: what is in force on a day, a rule's versions, the test box (quy định)."""

from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query, Response
from starlette.datastructures import QueryParams

from domain.law.law import Law
from domain.law.terms import Condition
from services.calendar_months import Owner, owner_of
from services.law_answers import versions_of
from services.web.present.asking import day_in
from services.web.present.days import AsOf
from services.web.present.law import ADDRESS, Looked, law_page, rule_page
from services.web.present.trial import ALSO, USUAL, Wanted, trial_of, typed_day
from services.web.routes.clocks import TypedKnown
from services.web.routes.door import TheVisit, Visit, go
from services.web.routes.page_route import pages
from services.web.routes.places import TypedDay

router = pages()

HITS: Final = 6
CHOSEN: Final = ("loai", "lan", "muc")
CONDITIONS: Final = frozenset(each.value for each in Condition)


@router.get(ADDRESS)
def read_law(
    visit: TheVisit,
    day: TypedDay = "",
    known: TypedKnown = "",
    book: Annotated[str, Query(alias="so", max_length=80)] = "",
) -> Response:
    """The rules in force on a day, by the edition known on a day, and the test box."""
    looked = Looked(_as_of(visit, day, known), book)
    law = _law(visit, looked.day)
    wanted = _wanted(visit, looked.day)
    words = (("so", book), ("ngay", day), ("biet", known))
    keep = tuple((name, said) for name, said in words if said)
    trial = trial_of(wanted, law, visit.seat, keep)
    return visit.page("law.html", law_page(law, looked, visit.seat, trial))


@router.get(f"{ADDRESS}/{{rule}}")
def read_rule(
    rule: Annotated[str, Path(pattern=r"^[a-z0-9_.]{1,80}$")],
    visit: TheVisit,
    day: TypedDay = "",
    known: TypedKnown = "",
) -> Response:
    """Every version of a rule, or of a list's entries. Refuses: ``UnknownRule``."""
    seen = _as_of(visit, day, known)
    law = _law(visit, seen)
    page = rule_page(versions_of(law.book, rule), law, seen, visit.seat)
    return visit.page("rule.html", page)


@router.get("/law")
def by_its_english_name(visit: TheVisit, at: Annotated[str, Query(max_length=10)] = "") -> Response:
    """The same page by the name that programs know it by."""
    try:
        on = date.fromisoformat(at) if at else visit.reading.today
    except ValueError:
        on = visit.reading.today
    return go(Looked(AsOf(visit.directory, on, None, visit.reading.today)).link())


def _as_of(visit: Visit, day: str, known: str) -> AsOf:
    return AsOf.typed(day, known, visit.directory, visit.reading.today)


def _law(visit: Visit, day: AsOf) -> Law:
    law = visit.parts.law()
    return law if day.known is None else law.known_on(day.known)


def _wanted(visit: Visit, day: AsOf) -> Wanted:
    """What the box is asked; before anything was, the usual clock from the day looked at."""
    words, today = visit.request.query_params, visit.reading.today
    typed = words.get("tu", "").strip()[:20]
    clock = words.get("dong-ho", "")[:80]
    start = day_in(typed, today) if typed else day.on
    owners = _owners(visit, words.get("noi", "").strip()[:100], start or today)
    return Wanted(
        clock=clock or USUAL,
        start=start,
        typed=typed or typed_day(day.on),
        when=_conditions(words),
        owner=owners[0],
        place=words.get("noi", "").strip()[:100],
        others=owners[1:],
        asked=bool(clock),
    )


def _conditions(words: QueryParams) -> frozenset[Condition]:
    said = {*words.getlist("khi"), *(words.get(name, "") for name in CHOSEN)}
    said |= {each.value for each in ALSO if words.get(f"co-{each.value}")}
    return frozenset(Condition(each) for each in said & CONDITIONS)


def _owners(visit: Visit, place: str, on: date) -> tuple[Owner, ...]:
    """Whose calendars a place may mean, the likeliest first; one's own when nothing is like it."""
    own, today, directory = visit.reading.officer.office, visit.reading.today, visit.directory
    mine = owner_of(directory, own, today, on)
    if not place:
        return (mine,)
    unit = directory.find_unit(place, on) or directory.find_unit(place, today)
    if unit is not None:
        return (Owner("", unit.unit_id),)
    office = directory.find_office(place, on) or directory.find_office(place, today)
    if office is not None:
        return (Owner(office.office_id, office.unit),)
    found = directory.search(place, on, HITS)
    return tuple(Owner("", each.unit_id) for each in found) or (mine,)
