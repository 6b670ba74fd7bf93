"""The law as it is known: every provision, asked by day (bộ quy tắc).

A rule holds for work that starts between its first and its last day, both included. A book
never changes; a later edition is another book (:mod:`domain.law.editions`). It is written by
lawyers in ``infra/law/books`` and handed in: nothing here reads a file.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from domain.law.provisions import (
    Choice,
    Competence,
    Extension,
    Measure,
    Provision,
    Representatives,
    Rule,
    Transition,
)
from domain.law.terms import Condition, Official, Question, Topic

P = TypeVar("P", bound=Provision)


class NoRule(LookupError):
    """No rule of this id holds on that day: a gap in the rulebook, not a mistake of a user."""


class Rulebook:
    """Every provision of one edition. ``edition`` 0 is what the release carries."""

    __slots__ = ("_by_id", "_clocks", "_sorts", "edition", "provisions")

    def __init__(self, provisions: Iterable[Provision], edition: int = 0) -> None:
        self.provisions = tuple(provisions)
        self.edition = edition
        by_id: defaultdict[str, list[Provision]] = defaultdict(list)
        clocks: defaultdict[str, list[Rule]] = defaultdict(list)
        sorts: defaultdict[type[Provision], list[Provision]] = defaultdict(list)
        for each in self.provisions:
            by_id[each.rule_id].append(each)
            sorts[type(each)].append(each)
            if isinstance(each, Rule):
                clocks[each.runs].append(each)
        self._by_id: Mapping[str, list[Provision]] = dict(by_id)
        self._clocks: Mapping[str, list[Rule]] = dict(clocks)
        self._sorts: Mapping[type[Provision], list[Provision]] = dict(sorts)

    def versions(self, rule_id: str) -> tuple[Provision, ...]:
        """Every version of a rule, or of a list's entries, as the book has them."""
        return tuple(self._by_id.get(rule_id, ()))

    def holding_on(self, day: date) -> tuple[Provision, ...]:
        """All that is in force on a day, in the book's order."""
        return tuple(each for each in self.provisions if each.holds_on(day))

    def measure_on(self, rule_id: str, day: date) -> Measure:
        """The measure in force on a day. Refuses: :class:`NoRule`."""
        return self._on(Measure, rule_id, day)

    def rules_for(
        self, clock: str, day: date, conditions: Collection[Condition] = ()
    ) -> tuple[Rule, ...]:
        """The limits of a clock that a file under these conditions meets, most special first."""
        so = frozenset(conditions)
        fit = [r for r in self._clocks.get(clock, ()) if r.when <= so and r.holds_on(day)]
        return tuple(sorted(fit, key=lambda rule: rule.precedence, reverse=True))

    def limit_for(self, clock: str, day: date, conditions: Collection[Condition] = ()) -> Rule:
        """The one limit that applies, the most special. Refuses: :class:`NoRule`."""
        fit = self.rules_for(clock, day, conditions)
        if not fit:
            raise NoRule(f"no limit of {clock} on {day.isoformat()} for {sorted(conditions)}")
        return fit[0]

    def extension_for(
        self, rule_id: str, day: date, conditions: Collection[Condition]
    ) -> Extension | None:
        """By how much a limit may be extended in writing; None where it may not."""
        so = frozenset(conditions)
        fit = [e for e in self._of(Extension, day) if e.of == rule_id and e.when <= so]
        return max(fit, key=lambda each: len(each.when), default=None)

    def choices_on(self, list_id: str, day: date) -> tuple[Choice, ...]:
        """The entries of a closed list in force on a day, in the book's order."""
        versions = self._by_id.get(list_id, ())
        return tuple(c for c in versions if isinstance(c, Choice) and c.holds_on(day))

    def competent(
        self, matter: Condition, about: Official, question: Question, day: date
    ) -> Competence | None:
        """Who decides about somebody's act; None where the book names nobody."""
        asked = (matter, about, question)
        found = (
            each
            for each in self._of(Competence, day)
            if (each.matter, each.about, each.question) == asked
        )
        return next(found, None)

    def representatives_for(self, people: int, day: date) -> Representatives | None:
        """How many speak for a group; None for a group that the law leaves as it is."""
        fit = (each for each in self._of(Representatives, day) if each.speaks_for(people))
        return next(fit, None)

    def governing_day(self, topic: Topic, accepted_on: date, today: date) -> date:
        """The day whose law decides about a file: that of its acceptance.

        Unless a transition in force says that for this topic files accepted before a day
        follow the law of today.
        """
        for each in self._of(Transition, today):
            if topic in each.topics and accepted_on < each.accepted_before:
                return today
        return accepted_on

    def _of(self, sort: type[P], day: date) -> tuple[P, ...]:
        every = self._sorts.get(sort, ())
        return tuple(each for each in every if isinstance(each, sort) and each.holds_on(day))

    def _on(self, sort: type[P], rule_id: str, day: date) -> P:
        for each in self._by_id.get(rule_id, ()):
            if isinstance(each, sort) and each.holds_on(day):
                return each
        raise NoRule(f"no rule {rule_id} on {day.isoformat()}")
