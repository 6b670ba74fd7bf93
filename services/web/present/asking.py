"""What an act asks, and what was answered: from a plain form to the API's own body (hỏi và đáp).

The rules of a value are those of the API's bodies; here stand only the words of the questions
and the ways in which people write days, moments and numbers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import ValidationError

from domain.bounds import FIRST_DAY, LAST_DAY
from domain.codes import LABELS
from domain.commands import Command
from domain.days import VIETNAM
from services.api.bodies.base import Act
from services.api.violations import faults_of
from services.web.models import FieldError
from services.web.models.acts import Widget

Thing = Literal["petition", "case", "gathering", "mission", "calendar"]
Picks = Literal["", "unit", "office", "colleague", "petition", "case"]

DAY_FORM: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})", re.ASCII)
CLOCK_FORM: Final = re.compile(r"(\d{1,2})[:h.](\d{2})?", re.ASCII)
TODAY_WORDS: Final = ("hôm nay", "hom nay")
CENTURY: Final = 2000
OCCURRED: Final = "occurred_at"
ERRORS: Final = {
    "count": "Nhập một số nguyên, ví dụ 3.",
    "day": "Không phải ngày có thật, hoặc sai năm. Gõ ngày/tháng/năm, ví dụ 20/05/2025.",
    "moment": "Gõ ngày và giờ, ví dụ 14/05/2025 09:15.",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. ``codes`` is the closed list to choose from, ``picks`` what to search for."""

    name: str
    label: str
    widget: Widget = "text"
    hint: str = ""
    required: bool = True
    codes: type[StrEnum] | None = None
    picks: Picks = ""
    rows: int = 3
    column: bool = False
    default: str = ""
    unmarked: bool = False
    """Not required, without saying so beside the label."""

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """The closed list: code and term."""
        if self.codes is None:
            return ()
        return [(code.value, LABELS[code]) for code in self.codes]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading, row by row."""

    id: str
    title: str
    rows: tuple[tuple[Ask, ...], ...]
    meta: str = ""
    key: str = ""
    may_seal: bool = False


@dataclass(frozen=True)
class ActKind:
    """One act as a page: its words, its questions, the API's body and the field's command.

    ``about`` is the kind of thing the address names; ``subject`` the command's field for it,
    ``made`` the field for the id of something new.
    """

    slug: str
    about: Thing
    command: type[Command]
    body: type[Act]
    title: str
    submit: str
    said: str
    subject: str = ""
    made: str = ""
    lead: str = ""
    parts: tuple[Part, ...] = ()
    follows: tuple[str, ...] = ()
    in_body: str = ""
    """The body's field that takes the id of the thing, where the API asks for it there."""
    many: tuple[str, ...] = ()
    """Lists of the body that are asked tick by tick: `grounds` by `grounds.foreign`."""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """All questions in their order."""
        return tuple(ask for part in self.parts for row in part.rows for ask in row)

    @property
    def creates(self) -> bool:
        """Whether something new begins, so that there is no version to have read."""
        return bool(self.made)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a form amounts to: the API's body, or what is to be mended."""

    body: Act | None = None
    errors: tuple[FieldError, ...] = ()


@dataclass(slots=True)
class _Reader:
    values: Mapping[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)

    def take(self, ask: Ask, today: date) -> None:
        said = self.values.get(ask.name, "").strip()
        if ask.widget == "check":
            self._put(ask.name, bool(said))
            return
        if not said:
            return
        value = read(ask, said, today)
        if value is None:
            self.errors.append(FieldError(ask.name, f"{ask.label}: {ERRORS[ask.widget]}"))
        else:
            self._put(ask.name, value)

    def _put(self, name: str, value: Any) -> None:
        *path, last = name.split(".")
        spot = self.data
        for step in path:
            spot = spot.setdefault(step, {})
        spot[last] = value


def answered(kind: ActKind, values: Mapping[str, str], today: date, thing: str = "") -> Answered:
    """The body of an act from a form's values, or every place to mend at once."""
    reader = _Reader(values)
    for ask in (*kind.asks, Ask(OCCURRED, "Thời điểm", "moment")):
        reader.take(ask, today)
    if kind.in_body:
        reader.data[kind.in_body] = thing
    for name in kind.many:
        ticks = reader.data.get(name, {})
        reader.data[name] = [code for code, ticked in ticks.items() if ticked]
    try:
        body = kind.body.model_validate(reader.data)
    except ValidationError as broken:
        known = {error.field for error in reader.errors}
        more = (each for each in _faults(kind, broken) if each.field not in known)
        return Answered(errors=(*reader.errors, *more))
    return Answered(errors=tuple(reader.errors)) if reader.errors else Answered(body)


def _faults(kind: ActKind, broken: ValidationError) -> list[FieldError]:
    """The API's own findings at the questions they belong to."""
    labels = {ask.name: ask.label for ask in kind.asks}
    found = []
    located: list[dict[str, Any]] = [
        {**error, "loc": ("body", *error["loc"])} for error in broken.errors()
    ]
    for error, fault in zip(located, faults_of(located), strict=False):
        name = ".".join(str(step) for step in error["loc"][1:])
        name = next((each for each in labels if each == name or each.startswith(f"{name}.")), name)
        words = "chưa trả lời." if error["type"] == "missing" else fault.message
        found.append(FieldError(name, f"{labels.get(name, 'Biểu mẫu')}: {words}"))
    return found


def read(ask: Ask, said: str, today: date) -> Any:
    """A value as the body wants it; None when it cannot be read."""
    match ask.widget:
        case "count":
            return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None
        case "day":
            return day_in(said, today)
        case "moment":
            return moment_in(said, today)
    return said


def day_in(said: str, today: date) -> date | None:
    """``5/2/26``, ``05-02-2026``, ``hôm nay``: day first, always.

    None for what is no day, and for one so far away that its year must be mistyped.
    """
    if said.casefold() in TODAY_WORDS:
        return today
    found = DAY_FORM.fullmatch(said)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        read = date(year + CENTURY if len(found[3]) < len("2025") else year, month, day)
    except ValueError:
        return None
    return read if FIRST_DAY <= read <= LAST_DAY else None


def moment_in(said: str, today: date) -> datetime | None:
    """``14/05/2025 09:15``, in Vietnam."""
    head, _, clock = said.rpartition(" ")
    day, found = day_in(head.strip(), today), CLOCK_FORM.fullmatch(clock)
    if day is None or found is None:
        return None
    try:
        at = time(int(found.group(1)), int(found.group(2) or 0), tzinfo=VIETNAM)
    except ValueError:
        return None
    return datetime.combine(day, at)


def command_of(kind: ActKind, body: Act, **ids: Any) -> Command:
    """The body as the field's command."""
    return body.command(kind.command, **ids)
