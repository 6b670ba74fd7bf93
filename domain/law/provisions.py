"""What a rulebook is made of: provisions, each with its article and its days (quy định).

One provision is one version of a rule: what holds from a day on, until a last day or for
good; the next version of the same id takes over. ``verified`` says that the primary text was
read; the others are to be confirmed before they are relied on (law.md 12). A rule that ends
for good says in ``ended_by`` what ended it.
"""

from dataclasses import dataclass
from datetime import date

from domain.law.terms import (
    Act,
    Condition,
    Counted,
    DayUnit,
    Direction,
    Matter,
    Official,
    Pace,
    Quantity,
    Question,
    Start,
    Topic,
)

Conditions = frozenset[Condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One version of a rule (một phiên bản của quy định). Both days are included."""

    rule_id: str
    term: str
    article: str
    valid_from: date
    valid_until: date | None = None
    verified: bool = True
    note: str = ""
    ended_by: str = ""
    book: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def place(self) -> tuple[str, ...]:
        """What no two versions of one day may share. A list's choices share the list's id."""
        return (self.rule_id,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Provision):
    """A time limit (thời hạn). Of several for one ``clock`` the most special one applies.

    ``when`` must all be so of the file. A limit before its day (``Direction.BEFORE``) says
    by when a notice must be out.
    """

    days: int
    unit: DayUnit
    start: Start
    clock: str = ""
    when: Conditions = frozenset()
    direction: Direction = Direction.AFTER

    @property
    def starts(self) -> str:
        """What starts it, in words: ``ngày tiếp nhận``."""
        return self.start.term

    @property
    def runs(self) -> str:
        """The clock it is a rule for; its own id where nothing else is said."""
        return self.clock or self.rule_id

    @property
    def precedence(self) -> tuple[bool, int]:
        """Greater is more special. Rules on discipline go before all others."""
        return Condition.DISCIPLINE in self.when, len(self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Provision):
    """How often and by how much a limit may be extended, in writing (gia hạn)."""

    of: str
    days: int
    unit: DayUnit
    times: int
    when: Conditions = frozenset()

    @property
    def at_most(self) -> int:
        """All extensions together."""
        return self.days * self.times


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Provision):
    """From how many people on a rule of the field applies (ngưỡng số người)."""

    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Provision):
    """A number that is no limit in days: hours, years kept, criteria met (số đo)."""

    amount: int
    unit: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Provision):
    """One entry of a closed list: an outcome, a ground, a criterion (mục của danh mục).

    ``rule_id`` is the list's, ``code`` the entry's. ``form`` is the form it is written on,
    ``written_notice`` says that words alone do not do.
    """

    code: str
    list_term: str
    form: str = ""
    written_notice: bool = False
    counted_as: Counted | None = None

    @property
    def place(self) -> tuple[str, ...]:
        return (self.rule_id, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(Provision):
    """Who decides about whose act (thẩm quyền)."""

    matter: Condition
    about: Official
    question: Question
    decides: Official


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Provision):
    """What a head must do again and again: receive citizens in person (lịch trực tiếp tiếp dân)."""

    official: Official
    times: int
    per: Pace
    act: Act = Act.RECEIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Representatives(Provision):
    """How many speak for a group of so many people (người đại diện)."""

    people_from: int
    people_to: int | None = None
    at_least: int
    at_most: int

    def speaks_for(self, people: int) -> bool:
        """Whether this is the rule for a group of that size."""
        return self.people_from <= people and (self.people_to is None or people <= self.people_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Provision):
    """Files accepted before a day follow the new rules in some things (chuyển tiếp)."""

    accepted_before: date
    topics: frozenset[Topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Provision):
    """Which documents are the law of a matter (văn bản áp dụng)."""

    matter: Matter
