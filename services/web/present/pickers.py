"""What can be picked in a form: units, offices, officers (tìm và chọn)."""

from collections.abc import Iterable, Sequence
from typing import Final

from domain.directory import Office
from domain.names import fold_key
from services.web.models import Choice
from services.web.models.acts import Picker
from services.web.present.asking import Ask
from services.web.present.frame import Seat
from services.web.site import Colleague

MOST: Final = 12
UNASKED: Final = 6
"""Offices offered before anybody searches."""
UNITS: Final = 8
SEARCHES: Final = {
    "unit": "Tìm xã, phường, tỉnh theo tên",
    "office": "Tìm cơ quan theo tên, hoặc tên đơn vị",
    "colleague": "",
    "petition": "Tìm theo số biên nhận",
    "case": "Tìm theo số biên nhận",
}


def picker(
    ask: Ask,
    query: str,
    chosen: str,
    seat: Seat,
    colleagues: Sequence[Colleague] = (),
    found: Sequence[Choice] = (),
    near: Sequence[str] = (),
) -> tuple[Picker, tuple[Choice, ...]]:
    """The search box and the choices; what was chosen before stays among them.

    Where nothing need be picked, nothing is offered before somebody searches.
    """
    choices: list[Choice] = list(found)
    if ask.picks == "unit":
        choices = list(_units(query, seat))
    elif ask.picks == "office":
        offices = _offices(query, seat, near) if query or ask.required else ()
        choices = [_office_choice(office, seat) for office in offices]
    elif ask.picks == "colleague":
        choices = [Choice(each.account, each.words, each.account) for each in colleagues]
    if chosen and all(choice.value != chosen for choice in choices):
        choices.insert(0, Choice(chosen, said(ask, chosen, seat, found)))
    words = ""
    if query:
        words = f"{len(choices)} kết quả" if choices else "Không tìm thấy. Thử tên khác."
    return Picker(SEARCHES[ask.picks], query, words), tuple(choices)


def said(ask: Ask, chosen: str, seat: Seat, found: Sequence[Choice] = ()) -> str:
    """What was picked, in words; of a file its number, among what was ``found``."""
    if ask.picks == "unit":
        return seat.names.unit(chosen)
    if ask.picks == "office":
        return seat.names.office(chosen)
    return next((each.label for each in found if each.value == chosen), chosen)


def _units(query: str, seat: Seat) -> Iterable[Choice]:
    directory, on = seat.directory, seat.today
    units = directory.search(query, on, UNITS) if query else (seat.unit,)
    for unit in units:
        above = ", ".join(each.name for each in directory.ancestors(unit.unit_id, on))
        yield Choice(unit.unit_id, unit.name, above)


def _offices(query: str, seat: Seat, near: Sequence[str]) -> Sequence[Office]:
    """Without a query: those the file speaks of, then a few around the reader's own office."""
    directory, on = seat.directory, seat.today
    own = directory.get_office(seat.officer.office, on)
    parents = directory.ancestors(own.unit, on)
    if not query:
        around = [own.unit, *(unit.unit_id for unit in parents[:1])]
        named = [directory.find_office(each, on) for each in near]
        around_it = [office for unit in around for office in directory.offices_of(unit, on)]
        first = {each.office_id: each for each in (*named, *around_it) if each is not None}
        first.pop(own.office_id, None)
        return list(first.values())[:UNASKED]
    words = fold_key(query).split()
    top = parents[-1].unit_id if parents else own.unit
    matching = [
        office
        for office in directory.offices_under(top, on)
        if all(word in fold_key(office.name) for word in words)
    ]
    units = directory.search(query, on, UNITS)
    here = [office for unit in units for office in directory.offices_of(unit.unit_id, on)]
    return list({office.office_id: office for office in (*matching, *here)}.values())[:MOST]


def _office_choice(office: Office, seat: Seat) -> Choice:
    above = seat.directory.ancestors(office.unit, seat.today)
    return Choice(office.office_id, office.name, ", ".join(unit.name for unit in above))
