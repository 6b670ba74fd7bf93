"""The file of a petition and of a case (hồ sơ đơn, hồ sơ vụ việc)."""

from dataclasses import dataclass
from datetime import datetime

from services.web.models.file import Custody, Moment, Why
from services.web.models.marks import DueChip, EmptyState, Link, StateTag
from services.web.models.shell import Fragment, Shell


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of a file or a filter of a list; the address is the view."""

    label: str
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Acts:
    """The one act this reader's role is asked for, and the others it may do.

    Without `main` the reader has nothing to do here; `words` says so, or what `main` brings about.
    """

    words: str
    main: Link | None = None
    others: tuple[Link, ...] = ()
    key: str = "Ctrl Enter"


@dataclass(frozen=True, slots=True)
class ProtectedText:
    """A text of the vault: its name, and either the words, or the way to open it, or why not.

    `opened` says when, by whom and what for, once the text is shown.
    """

    label: str
    text: str = ""
    open: Link | None = None
    opened: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came, masked (danh tính). `sealed`: a denouncer, whose identity nobody opens here."""

    title: str
    words: str
    note: str
    open: Link | None = None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """Something else that belongs to the file: number, what it is, how it stands."""

    number: str
    href: str
    words: str
    state: StateTag | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeWait:
    """That an office only answers until a person decides, and for who decides the way there."""

    words: str
    decide: Link | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of a file under a filter; ids `change-<version>` make new ones stand out."""

    filters: tuple[Tab, ...]
    moments: tuple[Moment, ...]
    more: tuple[Link, ...] = ()
    empty: EmptyState | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the file of a petition and of a case share.

    `title` is the state as a sentence. Exactly one of `timeline`, `texts`, `linked` is what the
    current tab shows; the others are None. `live` fetches the whole file anew; while an opened text
    stands on the page it is None and `news_live` only says that something changed.
    """

    shell: Shell
    crumbs: tuple[Link, ...]
    number: str
    title: str
    state: StateTag
    facts: tuple[str, ...]
    custody: Custody
    acts: Acts
    tabs: tuple[Tab, ...]
    deadlines: tuple[Why, ...]
    timeline: Timeline | None = None
    texts: tuple[ProtectedText, ...] | None = None
    linked: tuple[LinkedRow, ...] | None = None
    no_linked: EmptyState | None = None
    link_act: Link | None = None
    all_deadlines: Link | None = None
    """Every clock of the file and of what belongs to it, of any day."""
    deadline_acts: tuple[Link, ...] = ()
    """What this reader may do about the time the file takes."""
    sealed: str = ""
    """One sentence in the sealed frame, on a denunciation."""
    homes: tuple[HomeWait, ...] = ()
    """Where a person has yet to say which office takes it over."""
    editing: str = ""
    """Who else is at work on it, e.g. "Cán bộ địa chính đang chuyển đơn này."."""
    live: Fragment | None = None
    news: Link | None = None
    news_live: Fragment | None = None


@dataclass(frozen=True, slots=True)
class PetitionFile(Dossier):
    """A petition (hồ sơ đơn)."""

    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """An office on the ladder above a case, and what it knows (bậc)."""

    office: str
    words: str
    state: StateTag | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Direction:
    """A superior's direction (chỉ đạo); what it says is a protected text."""

    office: str
    at: datetime
    due: DueChip | None
    text: ProtectedText


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision, or the end of a case: label and words, line by line."""

    title: str
    lines: tuple[tuple[str, str], ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile(Dossier):
    """A case (hồ sơ vụ việc): who handles it, what superiors know and said, how it ended."""

    handler: str = ""
    handler_note: str = ""
    ladder: tuple[Rung, ...] = ()
    ladder_note: str = ""
    directions: tuple[Direction, ...] = ()
    no_directions: EmptyState | None = None
    outcomes: tuple[Outcome, ...] = ()
