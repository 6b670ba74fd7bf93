"""What a fact of the directory notes about its unit or office (sự kiện danh bạ thành ghi chú)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from domain.chronicle import Begin, Ceded, Change, End, Heir, Note, Noted, Says, Withdrawn
from domain.days import day_of
from domain.events import directory as facts
from domain.events.base import OfficeEvent
from domain.held_once import one_day, one_name
from domain.units import Office, Unit

Notes = Iterator[Noted]


def _heir(fact: facts.UnitSucceeded | facts.OfficeSucceeded) -> Heir:
    return Heir(one_name(fact.successor), fact.relation, fact.match, one_day(fact.valid_from))


OF_UNITS: Final[Mapping[type[OfficeEvent], Callable[[Any], Says]]] = {
    facts.UnitEstablished: lambda fact: Begin(Unit.established(fact)),
    facts.UnitRenamed: lambda fact: Change(fact.valid_from, "name", fact.name),
    facts.UnitKindChanged: lambda fact: Change(fact.valid_from, "name", fact.name),
    facts.UnitParentChanged: lambda fact: Change(fact.valid_from, "parent", fact.parent),
    facts.UnitAbolished: lambda fact: End(one_day(fact.last_day)),
    facts.UnitSucceeded: _heir,
    facts.UnitPartMoved: lambda fact: Ceded(fact.to_unit, fact.valid_from),
    facts.UnitFactWithdrawn: lambda fact: Withdrawn(fact.withdrawn),
}
OF_OFFICES: Final[Mapping[type[OfficeEvent], Callable[[Any], Says]]] = {
    facts.OfficeEstablished: lambda fact: Begin(Office.established(fact)),
    facts.OfficeRenamed: lambda fact: Change(fact.valid_from, "name", fact.name),
    facts.OfficeSuperiorChanged: lambda fact: Change(fact.valid_from, "superior", fact.superior),
    facts.OfficeFieldsChanged: lambda fact: Change(fact.valid_from, "fields", tuple(fact.fields)),
    facts.OfficeAbolished: lambda fact: End(one_day(fact.last_day)),
    facts.OfficeSucceeded: _heir,
    facts.OfficeFactWithdrawn: lambda fact: Withdrawn(fact.withdrawn),
}


def of_units(news: Iterable[OfficeEvent]) -> Notes:
    """The notes about units among these facts, with the unit's id."""
    return _noted(news, OF_UNITS, "unit_id")


def of_offices(news: Iterable[OfficeEvent]) -> Notes:
    """The notes about offices among these facts, with the office's id."""
    return _noted(news, OF_OFFICES, "office_id")


def _noted(
    news: Iterable[OfficeEvent],
    table: Mapping[type[OfficeEvent], Callable[[Any], Says]],
    name: str,
) -> Notes:
    for fact in news:
        says = table.get(type(fact))
        if says is not None:
            recorded = one_day(day_of(fact.timestamp))
            yield getattr(fact, name), Note(fact.originator_version, recorded, says(fact))
