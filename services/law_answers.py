"""What is answered about the rulebook (trả lời về quy định): rules, their versions, a trial."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from domain.errors import NotFound, RuleViolated
from domain.law.deadlines import Deadline, deadline
from domain.law.explanation import reasons, sentence
from domain.law.law import Law
from domain.law.provisions import Provision, Rule
from domain.law.reading import COMMON, line_of
from domain.law.rulebook import NoRule, Rulebook
from domain.law.terms import Condition, DayUnit
from domain.law.wording import says
from services.calendar_months import Owner

SHARED: Final = frozenset({*COMMON, "sort"})
"""What every line has; the rest is said by its sort alone."""


class UnknownRule(NotFound):
    """No edition known names such a rule."""

    code = "unknown_rule"
    title = "Không có quy định này"


class NoRuleThen(RuleViolated):
    """On that day the law, as it is known, sets no such limit for such a file."""

    code = "no_rule_then"
    title = "Không có quy định áp dụng"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule between its former and its next one (một phiên bản)."""

    provision: Provision
    former: Provision | None
    next: Provision | None


class RuleAnswer(BaseModel):
    """One version of a rule: what it says, by which article, in which days (quy định).

    ``line`` is what its sort says besides: days and their unit, conditions, people.
    ``former_from`` and ``next_from`` are the first days of the versions beside it.
    """

    id: str
    sort: str
    term: str
    says: str
    article: str
    book: str
    valid_from: date
    valid_until: date | None
    in_force: bool
    verified: bool
    note: str
    ended_by: str
    line: dict[str, Any]
    former_from: date | None
    next_from: date | None

    @classmethod
    def of(cls, version: Version, on: date) -> "RuleAnswer":
        """From the book, as of a day."""
        one, line = version.provision, line_of(version.provision)
        return cls(
            id=name_of(one), sort=line["sort"], term=one.term, says=says(one),
            article=one.article, book=one.book, valid_from=one.valid_from,
            valid_until=one.valid_until, in_force=one.holds_on(on), verified=one.verified,
            note=one.note, ended_by=one.ended_by,
            line={key: value for key, value in line.items() if key not in SHARED},
            former_from=None if version.former is None else version.former.valid_from,
            next_from=None if version.next is None else version.next.valid_from,
        )  # fmt: skip


class RulesPage(BaseModel):
    """Rules in force on a day by one edition; edition 0 is what the release carries."""

    edition: int
    at: date
    items: list[RuleAnswer]
    next: str | None


class RuleVersions(BaseModel):
    """Every version of a rule, or of a list's entries, the oldest first."""

    edition: int
    at: date
    items: list[RuleAnswer]


class TrialAnswer(BaseModel):
    """A limit tried out on a day and an office: the day it is due, and why (tính thử)."""

    rule: RuleAnswer
    start: date
    due: date
    provisional: bool
    told: list[str]
    skipped: list[dict[str, str | None]]

    @classmethod
    def of(cls, limit: Deadline, book: Rulebook) -> "TrialAnswer":
        """From the count."""
        rule = RuleAnswer.of(version_of(book, limit.rule), limit.start)
        return cls(
            rule=rule, start=limit.start, due=limit.due, provisional=limit.provisional,
            told=[sentence(limit), *reasons(limit)],
            skipped=[
                {
                    "day": each.day.isoformat(), "why": each.why.value,
                    "name": None if each.entry is None else each.entry.name,
                    "basis": None if each.entry is None else each.entry.source,
                }
                for each in limit.skipped
            ],
        )  # fmt: skip


def name_of(provision: Provision) -> str:
    """A rule's id; of a list's entry the list's and its own."""
    return "/".join(provision.place)


def version_of(book: Rulebook, provision: Provision) -> Version:
    """A version with the ones right before and after it."""
    beside = _of_one_place(book, provision)
    at = beside.index(provision)
    former = beside[at - 1] if at else None
    return Version(provision, former, beside[at + 1] if at + 1 < len(beside) else None)


def versions_of(book: Rulebook, rule_id: str) -> tuple[Version, ...]:
    """Every version of a rule, or of a list's entries. Refuses: :class:`UnknownRule`."""
    found = book.versions(rule_id)
    if not found:
        raise UnknownRule(
            f"Bộ quy tắc (ấn bản {book.edition}) không có quy định {rule_id}.",
            mend="Xem danh sách quy định để lấy đúng mã.",
        )
    return tuple(version_of(book, each) for each in found)


def tried(
    law: Law, clock: str, start: date, conditions: Collection[Condition], owner: Owner
) -> Deadline:
    """A clock's limit for a made-up file, counted on an owner's calendar (tính thử thời hạn).

    Refuses: :class:`NoRuleThen`.
    """
    try:
        rule = law.book.limit_for(clock, start, conditions)
    except NoRule as none:
        raise NoRuleThen(
            f"Ngày {start:%d/%m/%Y} không có quy định “{clock}” cho trường hợp này.",
            mend="Chọn loại đơn, lần giải quyết hoặc ngày khác.",
        ) from none
    return deadline(rule, start, law.calendar_of(owner.office, owner.unit))


def clocks_of(book: Rulebook) -> Mapping[str, str]:
    """Every limit that can be tried, by its clock: the plainest of its rules' terms."""
    found: dict[str, str] = {}
    for each in book.provisions:
        if isinstance(each, Rule):
            known = found.get(each.runs, each.term)
            found[each.runs] = min(known, each.term, key=len)
    return found


def unit_words(rule: Rule) -> str:
    """How long it is: ``10 ngày làm việc``."""
    return f"{rule.days} {DayUnit(rule.unit).term}"


def _of_one_place(book: Rulebook, provision: Provision) -> Sequence[Provision]:
    same = (each for each in book.versions(provision.rule_id) if each.place == provision.place)
    return sorted(same, key=lambda each: each.valid_from)
