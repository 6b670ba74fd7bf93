"""What a reform would do, told before anything is recorded (xem trước phương án).

The steps are taken in by a copy of the directory in memory, so what is shown of the day after
is asked of the same directory that would be there.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from domain.codes import SuccessionMatch
from domain.directory import Directory
from domain.reform import ReformPlan, Succession
from domain.reform_steps import Step
from domain.undecided import Choice, Doubt, OpenQuestions, Undecided
from domain.units import Office, Unit
from projections.asks import Area
from services.reform.open_work import Touched
from services.reform.order import ReformOrder
from services.units.recording import signed

BEFORE_ALL: Final = datetime(1, 1, 1, tzinfo=UTC)
"""When what is only imagined was recorded."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An old unit of which a person must decide, and what may be the answer."""

    unit: Unit
    doubt: Doubt
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class ReformPreview:
    """Everything a reform changes, to be looked at before it is recorded."""

    plan: ReformPlan
    after: Directory
    steps: int
    waiting: Sequence[Waiting]
    adrift: Sequence[Office]
    """Offices that go on while the office that directs them does not."""
    work: Touched
    """Open work of the offices and in the units that end."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each."""
        plan = self.plan
        doubts = Counter(each.doubt for each in self.waiting)
        return {
            "established": len(plan.established),
            "continued": len(plan.continued),
            "renamed": sum(each.renamed for each in plan.continued),
            "moved": sum(each.moved for each in plan.continued),
            "merged_into": len(plan.merged),
            "split": len(plan.split),
            "abolished": len(plan.ended),
            "unexplained": len(plan.unexplained),
            "adrift": len(self.adrift),
            "facts": self.steps,
            **{f"undecided_{doubt}": doubts[doubt] for doubt in Doubt},
            **self.work.totals,
        }

    def as_data(self) -> dict[str, Any]:
        """For ``--json``."""
        plan = self.plan
        return {
            "on": f"{plan.on:%Y-%m-%d}",
            "counts": dict(self.counts),
            "established": [_new(plan.ids[u.code], u.name) for u in plan.established],
            "continued": [
                {
                    **_named(each.unit),
                    "new_name": each.listed.name if each.renamed else None,
                    "new_parent": each.parent if each.moved else None,
                }
                for each in plan.continued
            ],
            "abolished": [_named(unit) for unit in plan.ended],
            "merged": [{"unit_id": new, "from": list(old)} for new, old in plan.merged.items()],
            "successions": [_pair(each) for each in plan.successions],
            "undecided": [_waiting(each) for each in self.waiting],
            "unexplained": [_new(plan.ids[u.code], u.name) for u in plan.unexplained],
            "adrift": [{"office_id": o.office_id, "name": o.name} for o in self.adrift],
            "open_work": {
                office: {"petitions": w.petitions, "cases": w.cases, "offers": w.offers}
                for office, w in sorted(self.work.offices.items())
            },
        }


def preview(order: ReformOrder, directory: Directory, work: Touched | None = None) -> ReformPreview:
    """What the reform would do to this directory. Refuses: ``ReformContradicts``."""
    plan, steps = order.planned(directory)
    after = imagined(steps, directory)
    questions = OpenQuestions(after, plan.on)
    return ReformPreview(
        plan=plan,
        after=after,
        steps=sum(not step.is_recorded(directory) for step in steps),
        waiting=tuple(_of_this(plan, questions)),
        adrift=tuple(_adrift(plan, after)),
        work=work or Touched(),
    )


def ending(order: ReformOrder, directory: Directory) -> Area:
    """The units that end, and their offices: whose open work a preview counts."""
    plan, _ = order.planned(directory)
    return Area(
        offices=tuple(
            office.office_id
            for unit in plan.ended
            for office in directory.offices_of(unit.unit_id, plan.last_day)
        ),
        units=tuple(unit.unit_id for unit in plan.ended),
    )


def imagined(steps: Sequence[Step], directory: Directory) -> Directory:
    """The directory as it would be with these steps; nothing is recorded."""
    new = [step for step in steps if not step.is_recorded(directory)]
    places: dict[str, int] = {}
    facts = []
    for step in new:
        things = directory.units if step.of_unit else directory.offices
        notes = things.notes_of(step.thing)
        known = max((note.version for note in notes), default=0)
        places[step.thing] = places.get(step.thing, known) + 1
        by = signed(step.unit, "preview", BEFORE_ALL)
        facts.append(step.fact(places[step.thing], by))
    return directory.with_facts(facts)


def _of_this(plan: ReformPlan, questions: OpenQuestions) -> Sequence[Waiting]:
    ended = {unit.unit_id for unit in plan.ended}
    found: list[Undecided] = [each for each in questions.waiting() if each.unit.unit_id in ended]
    return [Waiting(each.unit, each.doubt, questions.choices(each.unit)) for each in found]


def _adrift(plan: ReformPlan, after: Directory) -> Sequence[Office]:
    kept = (each.unit.unit_id for each in plan.continued)
    return [
        office
        for unit_id in kept
        for office in after.offices_of(unit_id, plan.on)
        if office.superior is not None and after.find_office(office.superior, plan.on) is None
    ]


def _new(unit_id: str, name: str) -> dict[str, str]:
    return {"unit_id": unit_id, "name": name}


def _named(unit: Unit) -> dict[str, str]:
    return {"unit_id": unit.unit_id, "name": unit.name, "level": unit.level}


def _pair(each: Succession) -> dict[str, Any]:
    return {
        "unit_id": each.unit_id,
        "successor": each.successor,
        "relation": each.relation.value,
        "guessed": each.match is SuccessionMatch.GUESSED,
    }


def _waiting(each: Waiting) -> dict[str, Any]:
    return {
        **_named(each.unit),
        "doubt": each.doubt.value,
        "choices": [{**_named(choice.unit), "why": choice.why.value} for choice in each.choices],
    }
