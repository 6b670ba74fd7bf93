"""The live boards of a province and a district (bảng điều hành)."""

from dataclasses import dataclass
from datetime import datetime

from services.web.models.hexes import HexMap
from services.web.models.marks import Ago, Alert, DueChip, EmptyState, Link, StateTag
from services.web.models.shell import Fragment, Shell


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the strip, its last fourteen days, and the list it opens.

    `days` ends with today. `ago` stands before `trend` and turns absolute on stale data; `steady`
    says that `trend` holds on stale data too ("1 so với 1 giờ trước" does not).
    """

    label: str
    number: int
    href: str
    days: tuple[int, ...]
    trend: str
    ago: Ago | None = None
    urgent: bool = False
    steady: bool = True
    just_changed: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A column of a unit table; numbers stand right."""

    label: str
    number: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a unit table: a number that opens its cases, words, or a due chip."""

    value: int | None = None
    words: str = ""
    href: str = ""
    due: DueChip | None = None
    urgent: bool = False
    warn: bool = False
    just_changed: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: str
    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    title: str
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Figures per unit; a group without a title has no heading row."""

    title: str
    note: str
    first: str
    headers: tuple[Header, ...]
    groups: tuple[UnitGroup, ...]
    total: UnitRow | None = None


@dataclass(frozen=True, slots=True)
class GatheringCard:
    """A crowd (đoàn đông người): where, how many, who must receive. No name, no photo, no path."""

    id: str
    place: str
    href: str
    state: StateTag
    people: str
    counted: str
    ago: Ago | None = None
    issue: str = ""
    must: str = ""
    must_label: str = "Phải tiếp"
    also: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that changed in the last hour; `lead` is the office, printed bold."""

    id: str
    at: datetime
    lead: str
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What both boards share. `as_of` is the moment the data is true for."""

    shell: Shell
    title: str
    summary: str
    as_of: datetime
    live: Fragment | None
    alerts: tuple[Alert, ...]
    figures: tuple[Figure, ...]
    units: UnitTable
    gatherings: tuple[GatheringCard, ...]
    gatherings_note: str
    no_gatherings: EmptyState | None
    stale_advice: str = ""
    """What to do while the page is not live, e.g. whom to call."""
    ways: tuple[tuple[Link, bool], ...] = ()
    """By which units open work is counted: of now, or of then."""


@dataclass(frozen=True, slots=True)
class ProvinceBoard(Board):
    """The whole province (bảng điều hành toàn tỉnh); `?man-hinh-lon=1` is its wall variant."""

    map: HexMap | None = None
    changes: tuple[ChangeLine, ...] = ()
    changes_more: Link | None = None
    no_changes: EmptyState | None = None
    viewing: str = ""
    view_href: str = ""
    wall_href: str = ""
    wall_units: UnitTable | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A fact line of the chair's next reception (phiên tiếp dân); `warn` is what is missing."""

    label: str
    words: str
    strong: bool = False
    warn: str = ""


@dataclass(frozen=True, slots=True)
class TodoEntry:
    """Something that waits for this level's decision."""

    title: str
    href: str
    words: str
    due: DueChip | None = None


@dataclass(frozen=True, slots=True)
class DistrictBoard(Board):
    """One district: what needs a look first, then its communes alphabetically."""

    session_title: str = ""
    session: tuple[Session, ...] = ()
    decisions_title: str = ""
    decisions: tuple[TodoEntry, ...] = ()
    no_decisions: EmptyState | None = None
    tools: tuple[Link, ...] = ()
