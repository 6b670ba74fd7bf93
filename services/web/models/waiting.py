"""Files that wait for a decision, and cases whose handler has left (việc kế thừa, bàn giao)."""

from dataclasses import dataclass

from services.web.models.acts import Post
from services.web.models.desk import Pager
from services.web.models.forms import Field
from services.web.models.marks import DueChip, EmptyState, Link
from services.web.models.shell import Shell


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A file that waits; `current` is the one beside the list."""

    id: str
    name: str
    href: str
    words: str
    former: str
    due: DueChip | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """The file beside the list: what it is, the candidates with reasons, the decision.

    `facts` hold nothing personal. Without `post` the reader may only look.
    """

    name: str
    href: str
    facts: tuple[tuple[str, str], ...]
    due: tuple[tuple[str, DueChip], ...]
    clocks: Link | None
    find: Field
    choices: Field
    hidden: tuple[tuple[str, str], ...] = ()
    post: Post | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Files an office answers for until somebody decides (hồ sơ chờ quyết định nơi nhận)."""

    shell: Shell
    title: str
    summary: str
    action: str
    filters: tuple[tuple[Link, bool], ...]
    rows: tuple[WaitingRow, ...]
    form: WaitingForm | None
    pager: Pager | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True, slots=True)
class LeaverRow:
    """A case whose handler holds no post in the office any more, and to whom it may be given."""

    id: str
    number: str
    href: str
    words: str
    handler: str
    left: str
    due: DueChip | None
    post: Post | None
    choices: Field


@dataclass(frozen=True, slots=True)
class LeaversPage:
    """Cases to be handed on (việc phải bàn giao)."""

    shell: Shell
    title: str
    summary: str
    rows: tuple[LeaverRow, ...]
    problem: str = ""
    pager: Pager | None = None
    empty: EmptyState | None = None
