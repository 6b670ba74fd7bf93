"""The facts of a reform in the order they are recorded (các bước ghi phương án sắp xếp).

Whatever is recorded last, the tree is sane: new units come first, each after the one above
it, then the parents of those that go on, then who succeeded whom, and what ends ends from
the bottom up. Until the last day of an old unit is recorded its work stays with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from domain import notes
from domain.chronicle import Begin, Note, Says
from domain.directory import Directory
from domain.events import directory as facts
from domain.events.base import OfficeEvent, envelope
from domain.names import short_name
from domain.reform import Continued, ReformPlan
from domain.streams import office_stream, unit_stream
from domain.units import COMMITTEE, Office, Unit, committee_id_of, committee_name
from domain.values import Signature

UNIT_FIELDS: Final = ("unit_id", "code", "name", "level", "parent", "valid_from")


class Stage(IntEnum):
    """What is recorded when."""

    ESTABLISH = 1
    CONTINUE = 2
    SUCCEED = 3
    ABOLISH = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One fact to record: about which unit or office, and what it says but for its envelope."""

    stage: Stage
    event: type[OfficeEvent]
    unit: str
    said: Mapping[str, Any]

    @property
    def of_unit(self) -> bool:
        """Whether it is about the unit itself, not about an office of it."""
        return self.event in notes.OF_UNITS

    @property
    def thing(self) -> str:
        """The id of the unit or office it is about."""
        name: str = self.said["unit_id" if self.of_unit else "office_id"]
        return name

    @property
    def stream(self) -> UUID:
        """Where it is recorded."""
        return unit_stream(self.thing) if self.of_unit else office_stream(self.thing)

    @property
    def says(self) -> Says:
        """What it notes about its thing."""
        table = notes.OF_UNITS if self.of_unit else notes.OF_OFFICES
        return table[self.event](SimpleNamespace(**self.said))

    def fact(self, version: int, by: Signature) -> OfficeEvent:
        """The fact at a place of its stream, signed."""
        return self.event(**envelope(self.stream, version, by), **self.said)

    def is_recorded(self, directory: Directory) -> bool:
        """Whether the directory has this note, even if somebody withdrew it since."""
        says = self.says
        return any(note.says == says for note in self._notes(directory))

    def contradicts(self, directory: Directory) -> bool:
        """Whether its thing began as something else than this beginning says."""
        says = self.says
        begun = (n.says for n in self._notes(directory) if isinstance(n.says, Begin))
        return any(each != says for each in begun)

    def _notes(self, directory: Directory) -> tuple[Note, ...]:
        things = directory.units if self.of_unit else directory.offices
        return things.notes_of(self.thing)


Steps = Iterator[Step]


def entered(unit: Unit, superior: str | None) -> tuple[Step, Step]:
    """A new unit and its People's Committee, which another office directs."""
    said = {field: getattr(unit, field) for field in UNIT_FIELDS}
    seat = {
        "office_id": committee_id_of(unit.unit_id), "type": COMMITTEE,
        "name": committee_name(unit.name), "of_unit": unit.unit_id, "superior": superior,
        "fields": (), "valid_from": unit.valid_from,
    }  # fmt: skip
    return (
        Step(Stage.ESTABLISH, facts.UnitEstablished, unit.unit_id, said),
        Step(Stage.ESTABLISH, facts.OfficeEstablished, unit.unit_id, seat),
    )


def steps_of(plan: ReformPlan, directory: Directory, basis: str) -> tuple[Step, ...]:
    """Every fact of a plan. The same plan gives the same steps, however much is recorded."""
    makers = _Makers(plan, directory, basis)
    return (
        *makers.established(),
        *makers.continued(),
        *makers.succeeded(),
        *makers.abolished(),
    )


@dataclass(frozen=True, slots=True)
class _Makers:
    plan: ReformPlan
    directory: Directory
    basis: str

    def established(self) -> Steps:
        """New units with their People's Committees, those above before those below."""
        depths = _depths(self.plan)
        for new in sorted(self.plan.established, key=lambda each: depths[each.code]):
            parent = None if new.parent is None else self.plan.ids[new.parent]
            unit_id = self.plan.ids[new.code]
            unit = Unit(unit_id, new.code, new.name, new.level, parent, self.plan.on)
            yield from entered(unit, self._seat(parent))

    def continued(self) -> Steps:
        """Other parents, names and kinds of what goes on, its committee along with it."""
        for each in self.plan.continued:
            unit_id = each.unit.unit_id
            seat = self.directory.find_office(unit_id, self.plan.last_day)
            if each.moved:
                yield self._changed(
                    facts.UnitParentChanged, unit_id, unit_id=unit_id, parent=each.parent
                )
            if each.renamed:
                name = each.listed.name
                yield self._changed(_renaming(each), unit_id, unit_id=unit_id, name=name)
            if seat is not None:
                yield from self._seat_changed(each, seat)

    def _seat_changed(self, each: Continued, seat: Office) -> Steps:
        superior, name = self._seat(each.parent), committee_name(each.listed.name)
        here, office = each.unit.unit_id, seat.office_id
        if seat.superior != superior:
            yield self._changed(
                facts.OfficeSuperiorChanged, here, office_id=office, superior=superior
            )
        if each.renamed and seat.name != name:
            yield self._changed(facts.OfficeRenamed, here, office_id=office, name=name)

    def succeeded(self) -> Steps:
        """Who took over whom, pair by pair."""
        for each in self.plan.successions:
            yield self._changed(
                facts.UnitSucceeded, each.unit_id, Stage.SUCCEED, unit_id=each.unit_id,
                successor=each.successor, relation=each.relation, match=each.match,
            )  # fmt: skip

    def abolished(self) -> Steps:
        """Last days, from the bottom up: the offices of a unit, then the unit."""
        last = {"last_day": self.plan.last_day, "basis": self.basis}
        for unit_id in _deepest_first(self.plan, self.directory):
            for office in self.directory.offices_of(unit_id, self.plan.last_day):
                said = {"office_id": office.office_id, **last}
                yield Step(Stage.ABOLISH, facts.OfficeAbolished, unit_id, said)
            said = {"unit_id": unit_id, **last}
            yield Step(Stage.ABOLISH, facts.UnitAbolished, unit_id, said)

    def _changed(
        self, event: type[OfficeEvent], unit: str, stage: Stage = Stage.CONTINUE, /, **said: Any
    ) -> Step:
        return Step(stage, event, unit, {**said, "valid_from": self.plan.on, "basis": self.basis})

    def _seat(self, unit_id: str | None) -> str | None:
        """The committee of a unit from the day of the reform on."""
        if unit_id is None:
            return None
        standing = self.directory.find_office(unit_id, self.plan.last_day)
        return committee_id_of(unit_id) if standing is None else standing.office_id


def _renaming(each: Continued) -> type[OfficeEvent]:
    """Another kind under the same bare name, or another name (even in its spelling alone)."""
    same = short_name(each.unit.name) == short_name(each.listed.name)
    return facts.UnitKindChanged if same else facts.UnitRenamed


def _depths(plan: ReformPlan) -> Mapping[str, int]:
    above: dict[str, str | None] = {each.code: each.parent for each in plan.established}
    above |= {each.listed.code: each.listed.parent for each in plan.continued}
    return {code: _depth(code, above) for code in above}


def _depth(code: str, above: Mapping[str, str | None]) -> int:
    parent = above[code]
    return 0 if parent is None else 1 + _depth(parent, above)


def _deepest_first(plan: ReformPlan, directory: Directory) -> list[str]:
    depths = {
        unit.unit_id: len(directory.ancestors(unit.unit_id, plan.last_day)) for unit in plan.ended
    }
    return sorted(depths, key=lambda name: (-depths[name], name))
