"""The form of a definition, and how typed values become the fields of a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from domain.codes import LABELS
from domain.codes import Field as Subject
from services.web.models.acts import Picker, Question, Section, Step, Widget
from services.web.models.forms import Choice, Field, FieldError

LONGEST_TEXT: Final = 20_000
"""Characters of a free text; the API takes no more."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a picker shows: the suggestions or hits, and how they came."""

    choices: tuple[Choice, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was sent: what was typed, what is wrong, what the pickers found.

    Keys are field names (`texts.note`). An error of a field that is not on the form is `problem`'s
    business: see :meth:`stray`.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Found] = field(default_factory=dict)

    def field(
        self,
        name: str,
        label: str,
        hint: str = "",
        *,
        required: bool = True,
        choices: tuple[Choice, ...] = (),
        inputmode: str = "",
        kind: str = "text",
        default: str = "",
        unmarked: bool = False,
    ) -> Field:
        """A question with what was typed and what is wrong with it."""
        return Field(
            name=name,
            label=label,
            value=self.values.get(name, default),
            hint=hint,
            error=self.errors.get(name, ""),
            required=required,
            choices=choices,
            inputmode=inputmode,
            kind=kind,
            unmarked=unmarked,
        )

    def summary(self, sections: tuple[Section, ...]) -> tuple[FieldError, ...]:
        """The mistakes in the order of the page, for the summary on top."""
        names = [question.field.name for part in sections for question in part.questions]
        names.append(OCCURRED)
        return tuple(FieldError(name, self.errors[name]) for name in names if self.errors.get(name))

    def stray(self, sections: tuple[Section, ...]) -> tuple[str, ...]:
        """Mistakes whose field is not on this page; they are told as a whole."""
        shown = {error.field for error in self.summary(sections)}
        return tuple(words for name, words in self.errors.items() if name not in shown)


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the field and its page.

    `path` is the last part of the page's address, `api` of the API's. `sections` make the
    questions; `follows` is what the check page says will happen. Without `checked` the form
    records at once: there is nothing to read again.
    """

    name: str
    path: str
    api: str
    title: str
    submit: str
    lead: str
    sections: Callable[[Draft], tuple[Section, ...]]
    follows: tuple[str, ...] = ()
    checked: bool = True

    @property
    def step(self) -> Step:
        """What the form's button asks for."""
        return "check" if self.checked else "record"

    @property
    def form_submit(self) -> str:
        """The words on the form's button."""
        return "Xem lại" if self.checked else self.submit


OCCURRED: Final = "occurred_at"
NEXT: Final = "next"
"""Not of the API: which act an intake's receipt leads to."""


def occurred(draft: Draft) -> Field:
    """The optional moment of every act: what happened before it is recorded."""
    hint = "Ngày, giờ việc xảy ra, ví dụ 12/05/2025 09:15. Để trống nếu vừa xảy ra."
    return draft.field(OCCURRED, "Xảy ra lúc", hint, required=False)


def choices_of(codes: type[StrEnum], hints: Mapping[str, str] | None = None) -> tuple[Choice, ...]:
    """The members of a closed list with their Vietnamese terms."""
    told = hints or {}
    return tuple(Choice(code.value, LABELS[code], told.get(code.value, "")) for code in codes)


def subject(draft: Draft, name: str = "field") -> Question:
    """What it is about: a list that begins with no answer, so that none is given by accident."""
    choices = (Choice("", "Chọn lĩnh vực"), *choices_of(Subject))
    return Question(draft.field(name, "Lĩnh vực", choices=choices), "select")


def picker(
    draft: Draft, name: str, label: str, search: str, hint: str = "", *, required: bool = True
) -> Question:
    """A search box with its hits as choices; works as a plain form."""
    found = draft.found.get(name, Found())
    asked = draft.field(name, label, hint, required=required, choices=found.choices)
    typed = draft.values.get(f"{name}.q", "")
    return Question(asked, "picker", picker=Picker(search, typed, found.words))


def note(draft: Draft, name: str = "texts.note", label: str = "Ghi chú", rows: int = 3) -> Question:
    """An optional text; it goes to the vault."""
    hint = "Được bảo vệ: chỉ cơ quan liên quan mở được, mỗi lần mở được ghi lại."
    return Question(draft.field(name, label, hint, required=False), "area", rows)


def count(draft: Draft, name: str, label: str, hint: str = "", default: str = "") -> Question:
    """A number of people, papers, vehicles."""
    asked = draft.field(name, label, hint, inputmode="numeric", default=default)
    return Question(asked, "count")


def day(draft: Draft, name: str, label: str, hint: str, *, required: bool = True) -> Question:
    """A day in a text box: dd/mm/yyyy."""
    return Question(draft.field(name, label, hint, required=required), "day")


def ask(asked: Field, widget: Widget = "text", *, column: bool = False) -> Question:
    """A question of any other kind."""
    return Question(asked, widget, column=column)


def one(name: str, title: str, *rows: tuple[Question, ...], meta: str = "") -> tuple[Section, ...]:
    """A form of a single section."""
    return (Section(name, title, rows, meta),)


def nothing(_: Draft) -> tuple[Section, ...]:
    """An act that says nothing but that it was done."""
    return ()
