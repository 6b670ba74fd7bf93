"""A unit, what a search found, and help (đơn vị, kết quả tìm, trợ giúp)."""

from dataclasses import dataclass

from services.web.models.desk import InboxRow, Pager
from services.web.models.marks import EmptyState, Link
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of a unit: its name, what it deals with, to whom it answers."""

    name: str
    words: str
    superior: Link | None = None


@dataclass(frozen=True, slots=True)
class UnitPage:
    """An administrative unit as of a day (đơn vị).

    `validity` says since when and until when; `succession` what became of it or where it came from.
    """

    shell: Shell
    title: str
    level: str
    code: str
    validity: str
    parents: tuple[Link, ...]
    boards: tuple[Link, ...]
    offices: tuple[OfficeRow, ...]
    below_title: str = ""
    below: tuple[Link, ...] = ()
    succession: tuple[Link, ...] = ()
    succession_words: str = ""
    no_offices: EmptyState | None = None


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that matches; `note` when it was found by an old name or is no more."""

    name: str
    href: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found (kết quả tìm)."""

    shell: Shell
    query: str
    title: str
    summary: str
    petitions: tuple[InboxRow, ...] = ()
    petitions_title: str = ""
    units: tuple[UnitHit, ...] = ()
    units_title: str = ""
    empty: EmptyState | None = None
    hints: tuple[str, ...] = ()
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class KeyLine:
    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: what for, who, and how to reach them."""

    what: str
    who: str
    reach: Link | None = None


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Keys by place, words with what they mean, contacts (trợ giúp)."""

    shell: Shell
    title: str
    keys: tuple[tuple[str, tuple[KeyLine, ...]], ...]
    words: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    contacts: tuple[Contact, ...]
