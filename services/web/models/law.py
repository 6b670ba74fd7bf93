"""The rulebook for people: rules in force, their versions, a limit tried out (quy định)."""

from dataclasses import dataclass

from services.web.models.acts import Question
from services.web.models.file import Why
from services.web.models.marks import EmptyState, Link
from services.web.models.places import DayPick
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One version of a rule: what it says, when, by which article, and whether that was read.

    `beside` are its former and next versions in words; `current` is the version in force.
    """

    term: str
    says: str
    article: str
    validity: str
    read: str
    unread: bool = False
    href: str = ""
    notes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    current: bool = False
    attempt: Link | None = None


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of a book, or the entries of a list."""

    id: str
    title: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The test box: what is asked, and what came out.

    `whose` says on which calendar it was counted; `others` are places of a like name.
    """

    questions: tuple[Question, ...]
    hidden: tuple[tuple[str, str], ...] = ()
    why: Why | None = None
    whose: str = ""
    rule: Link | None = None
    others: tuple[Link, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LawPage:
    """What is in force on a day (quy định có hiệu lực).

    `regimes` are the days on which something changed, `books` what to look at.
    """

    shell: Shell
    title: str
    summary: str
    day: DayPick
    regimes: tuple[tuple[Link, bool], ...]
    books: tuple[tuple[Link, bool], ...]
    groups: tuple[RuleGroup, ...]
    trial: Trial
    empty: EmptyState | None = None


@dataclass(frozen=True, slots=True)
class RulePage:
    """Every version of one rule, or of a list's entries."""

    shell: Shell
    crumbs: tuple[Link, ...]
    title: str
    code: str
    summary: str
    groups: tuple[RuleGroup, ...]
