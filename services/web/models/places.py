"""A unit, what a search found, and help (đơn vị, kết quả tìm, trợ giúp)."""

from dataclasses import dataclass

from services.web.models.acts import Post
from services.web.models.desk import InboxRow, Pager
from services.web.models.forms import Field
from services.web.models.marks import EmptyState, Link
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of a unit: its name, what it deals with, to whom it answers."""

    name: str
    words: str
    superior: Link | None = None


@dataclass(frozen=True, slots=True)
class DayPick:
    """The day a page is about, to be changed by a plain form: `ngay`, and `biet` where asked.

    Days are typed dd/mm/yyyy. `keep` are other values of the address; `wrong` says that what was
    typed is no day.
    """

    action: str
    day: str
    known: str = ""
    asks_known: bool = False
    keep: tuple[tuple[str, str], ...] = ()
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class PastLine:
    """A fact about a unit: when it holds, what it says, when it was recorded."""

    since: str
    words: str
    note: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class UnitPage:
    """An administrative unit as of a day (đơn vị).

    `validity` says since when and until when; `succession` what became of it, `former` where it
    came from, `past` every fact about it.
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
    answers: str = ""
    no_offices: EmptyState | None = None
    day: DayPick | None = None
    former_title: str = ""
    former: tuple[Link, ...] = ()
    past: tuple[PastLine, ...] = ()


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
    day: DayPick | None = None


@dataclass(frozen=True, slots=True)
class UndecidedRow:
    """An old unit that waits for a decision; `current` is the one on the right."""

    id: str
    name: str
    href: str
    place: str
    doubt: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class UndecidedForm:
    """The old unit on the right: what is known, the candidates, and the form of the decision.

    `choices` are suggestions; none is chosen beforehand. Without `post` the reader may only look.
    """

    name: str
    href: str
    why: str
    candidates: tuple[Link, ...]
    find: Field
    choices: Field
    relation: Field
    basis: Field
    facts: tuple[tuple[str, str], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    post: Post | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class UndecidedPage:
    """The queue of old units and one of them, side by side (địa bàn chờ quyết định)."""

    shell: Shell
    title: str
    summary: str
    filters: tuple[tuple[Link, bool], ...]
    rows: tuple[UndecidedRow, ...]
    form: UndecidedForm | None
    pager: Pager | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True, slots=True)
class ReformRow:
    """An old unit beside what becomes of it, and the open work of its offices."""

    id: str
    name: str
    href: str
    words: str
    after: tuple[Link, ...]
    work: str = ""


@dataclass(frozen=True, slots=True)
class ReformPage:
    """What a reform does, before and after side by side (xem trước phương án).

    `figures` are of the whole country, `rows` of one former unit, `touched` is the open work there.
    """

    shell: Shell
    title: str
    summary: str
    figures: tuple[tuple[str, str], ...]
    pick: Field
    rows: tuple[ReformRow, ...]
    rows_title: str
    queue: Link
    pager: Pager | None = None
    touched: str = ""
    filters: tuple[tuple[Link, bool], ...] = ()
    empty: EmptyState | None = None


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
