"""A history replayed event by event (tua lại hồ sơ)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.web.models.forms import Field
from services.web.models.marks import Link, StateTag
from services.web.models.shell import Shell

Change = Literal["changed", "added", "gone", "kept"]


@dataclass(frozen=True, slots=True)
class Tick:
    """An event under the slider, in the order of recording. `mark`: "ghi muộn", "sửa sự kiện 4"."""

    n: int
    day: str
    label: str
    href: str
    legal: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class StateLine:
    """An item of the file as the chosen role saw it then; `hidden` when that role did not."""

    item: str
    value: str
    changed: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DiffLine:
    """What the event did to one item."""

    kind: Change
    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MetaLine:
    """A fact about the event itself; a link follows the words, a mark stands last."""

    label: str
    words: str
    link: Link | None = None
    mark: StateTag | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """A file as it stood after event `n` of `total`; never live.

    The slider is the field `n` of a GET to `href`; `keep` are the parameters that go with it
    (role, purpose receipt). `said` is the slider's spoken value: "sự kiện 7/11, ghi 12/05/2025
    16:48, chuyển đơn". `role` is a select. `go_to` is a text box for a day.
    """

    shell: Shell
    title: str
    href: str
    keep: tuple[tuple[str, str], ...]
    purpose: str
    n: int
    total: int
    act: str
    recorded: datetime
    said: str
    ticks: tuple[Tick, ...]
    first: str
    previous: str
    next: str
    last: str
    role: Field
    go_to: Field
    state: tuple[StateLine, ...]
    state_note: str
    diff: tuple[DiffLine, ...]
    meta: tuple[MetaLine, ...]
    proof: Link | None = None
    verdict: StateTag | None = None
    crumbs: tuple[Link, ...] = ()

    @property
    def dense(self) -> bool:
        """Too many events to name each under the slider."""
        return self.total > MOST_NAMED_TICKS


MOST_NAMED_TICKS = 12
