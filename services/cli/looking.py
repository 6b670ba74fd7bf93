"""``units show|search|history``: what the directory knows of a unit, on any day."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from domain.directory import Directory, Unit
from domain.unit_finding import Found, find_units, whereabouts
from services.cli.opened import AtDay, KnownAt, look
from services.cli.state import DEFAULT, Json, State, settings_of
from services.units.answers import FoundUnit, Successors, UnitHistory
from services.units.deciding import former_unit

Ref = Annotated[str, typer.Argument(help="A unit's id, or its bare code as of the day.")]


def show(
    unit: Ref,
    at: AtDay = None,
    known_at: KnownAt = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Show a unit on a day: what stands above and below, its offices, where an old one is."""
    seen = look(settings_of(state), at, known_at)
    found = former_unit(seen.directory, unit, seen.on, pointer="unit")
    where = Successors.of(found, seen.directory, seen.on)
    day = seen.on if where.stands else (found.valid_until or seen.on)
    above = seen.directory.ancestors(found.unit_id, day)
    below = seen.directory.children(found.unit_id, day)
    offices = seen.directory.offices_of(found.unit_id, day)
    if as_json:
        _print({
            **where.model_dump(mode="json"),
            "above": [up.unit_id for up in above],
            "below": [down.unit_id for down in below],
            "offices": [office.office_id for office in offices],
        })  # fmt: skip
        return
    print(f"{found.unit_id}  {found.name}  {_span(found)}")
    print(f"  trực thuộc: {', '.join(up.name for up in above) or '-'}")
    print(f"  cơ quan: {', '.join(office.name for office in offices) or '-'}")
    print(f"  đơn vị trực thuộc: {len(below)}")
    if not where.stands:
        places = whereabouts(found, seen.directory, seen.on)
        names = [place.name for place, _ in places]
        print(f"  nay: {_places(names, sure=all(each.is_sure for _, each in places))}")


def search(
    text: str,
    at: AtDay = None,
    known_at: KnownAt = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Find units by present and former names, with or without marks; old ones too."""
    seen = look(settings_of(state), at, known_at)
    found = find_units(text, seen.directory, seen.on, limit)
    if as_json:
        _print([_hit(each) for each in found])
        return
    for each in found:
        print(_line(each, seen.directory))


def history(
    unit: Ref,
    at: AtDay = None,
    known_at: KnownAt = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Tell a unit's periods, the facts about it with their versions, and whom it took over."""
    seen = look(settings_of(state), at, known_at)
    found = former_unit(seen.directory, unit, seen.on, pointer="unit")
    told = UnitHistory.of(found.unit_id, seen.directory)
    if as_json:
        _print(told.model_dump(mode="json"))
        return
    for period in seen.directory.units.of(found.unit_id):
        print(f"{_span(period)}  {period.name}")
    for note in told.notes:
        said = ", ".join(f"{name}={value}" for name, value in note.says.items())
        mark = "  (đã đính chính)" if note.withdrawn else ""
        print(f"  {note.version}. {note.recorded_on:%d/%m/%Y} {note.what}: {said}{mark}")
    if told.former:
        print(f"  từ: {', '.join(unit.name for unit in told.former)}")


def _hit(found: Found) -> dict[str, Any]:
    told = FoundUnit.of(found).model_dump(mode="json")
    return {"unit_id": found.unit.unit_id, "name": found.unit.name, **told}


def _line(found: Found, directory: Directory) -> str:
    unit = found.unit
    above = directory.ancestors(unit.unit_id, unit.valid_until or unit.valid_from)
    line = f"{unit.unit_id}  {unit.name}"
    if above:
        line += f", {', '.join(up.name for up in above)}"
    if found.by_name != unit.name:
        line += f"  (tên cũ: {found.by_name})"
    if not found.stands:
        names = [place.name for place, _ in found.places]
        where = _places(names, sure=all(candidate.is_sure for _, candidate in found.places))
        line += f"  (đến {unit.valid_until:%d/%m/%Y}; nay: {where})"
    return line


def _places(names: Sequence[str], *, sure: bool) -> str:
    if not names:
        return "chưa xác định"
    return names[0] if sure and len(names) == 1 else f"một trong {', '.join(names)}"


def _span(unit: Unit) -> str:
    until = "" if unit.valid_until is None else f" đến {unit.valid_until:%d/%m/%Y}"
    return f"từ {unit.valid_from:%d/%m/%Y}{until}"


def _print(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False))
