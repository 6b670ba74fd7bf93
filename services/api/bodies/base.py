"""The base of every body, and the value types the bodies share."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    field_validator,
)
from pydantic_core import PydanticCustomError

from domain.bounds import FIRST_DAY, LAST_DAY
from domain.commands import Command

C = TypeVar("C", bound=Command)

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
MAX_TEXT = 20_000
"""Characters of one free text; about eight pages."""
MAX_COUNT = 1_000_000
NUL = "\0"


def _iso_day(value: Any) -> Any:
    """Only ``2025-05-20``: no timestamp number, no time of day."""
    if isinstance(value, date) or (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("date_text", "not an ISO date")


def _iso_moment(value: Any) -> Any:
    """Only ``2025-05-20T09:30:00+07:00``: with a zone, never a number."""
    if isinstance(value, datetime) or (isinstance(value, str) and ISO_MOMENT.fullmatch(value)):
        return value
    raise PydanticCustomError("moment_text", "not an ISO moment with a zone")


def _countable(day: date) -> date:
    """Only a day that can be counted on from, in both directions."""
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise PydanticCustomError("day_reach", "a day that nobody counts from")


def _of_a_day(moment: datetime) -> datetime:
    """Only a moment of such a day, in whatever zone."""
    _countable(moment.date())
    return moment


Day = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_countable)]
"""A day in Vietnam, ``2025-05-20``."""

Moment = Annotated[AwareDatetime, BeforeValidator(_iso_moment), AfterValidator(_of_a_day)]
"""A moment with its zone, ``2025-05-20T09:30:00+07:00``."""

Count = Annotated[int, Strict(), Field(ge=0, le=MAX_COUNT)]
"""A number of people, papers, vehicles."""

Flag = Annotated[bool, Strict()]

Ref = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z][0-9A-Za-z._:-]*$")
]
"""An office, a unit or an account: an id, or the bare code of a unit."""

Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
"""A free text; it goes to the vault and never into an event."""


class Body(BaseModel):
    """A JSON object with these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Body):
    """Texts that are sealed in the vault (nội dung được bảo vệ)."""

    def written(self) -> Mapping[str, str]:
        """The texts that were given, by field."""
        return self.model_dump(exclude_none=True)


class Part(Body):
    """A part of a body that the field knows as a value of its own."""

    def value(self) -> Any:
        """The field's value."""
        raise TypeError(f"{type(self).__name__} names no value")


class Act(Body):
    """What every act may say: when it happened, if earlier than now (ngày thực hiện)."""

    occurred_at: Moment | None = None

    @field_validator("*")
    @classmethod
    def no_nul(cls, value: Any) -> Any:
        """Postgres takes no text with U+0000; what is sealed is looked at as a text."""
        if isinstance(value, str) and NUL in value:
            raise PydanticCustomError("nul", "U+0000 in a text")
        return value

    def command(self, kind: type[C], **ids: UUID | str) -> C:
        """This body as a command: its fields have the command's names, which a test compares."""
        said = {**vars(self)}
        said.pop("occurred_at")
        texts = said.pop("texts", None)
        facts = {
            name: each.value() if isinstance(each, Part) else each for name, each in said.items()
        }
        return kind(**ids, **facts, texts=texts.written() if isinstance(texts, Texts) else {})


class PlainAct(Act):
    """An act that says nothing but that it was done."""
