"""The real acts' questions with invented answers: forms and check pages for the samples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.web.models import Answer, Choice, Field, FieldError, Link, Shell
from services.web.models.acts import (
    ActCheck,
    ActForm,
    AnswerGroup,
    Aside,
    Picker,
    Post,
    Question,
    Section,
    Subject,
)
from services.web.present.asking import OCCURRED, ActKind, Ask, Part
from services.web.present.pickers import SEARCHES
from services.web.present.texts import ID_NUMBER, masked

HINT: Final = "Ngày, giờ việc xảy ra, ví dụ 12/05/2025 09:15. Để trống nếu vừa xảy ra."


@dataclass(frozen=True, slots=True)
class Found:
    """What a picker shows, and how it came."""

    choices: tuple[Choice, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was sent, by field name."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Found] = field(default_factory=dict)

    @property
    def sealed(self) -> bool:
        return self.values.get("kind") == "denunciation"

    def value(self, ask: Ask) -> str:
        return self.values.get(ask.name, ask.default)


def form(
    kind: ActKind,
    draft: Draft,
    shell: Shell,
    post: Post,
    *,
    cancel: Link,
    subject: Subject | None = None,
    asides: tuple[Aside, ...] = (),
    crumbs: tuple[Link, ...] = (),
    meta: str = "",
    problem: str = "",
) -> ActForm:
    """The page that asks."""
    moment = Field(
        OCCURRED, "Xảy ra lúc", draft.values.get(OCCURRED, ""), HINT,
        draft.errors.get(OCCURRED, ""), required=False,
    )  # fmt: skip
    names = [ask.name for ask in kind.asks]
    return ActForm(
        shell=shell,
        title=kind.title,
        post=post,
        sections=tuple(section(part, draft) for part in kind.parts),
        submit="Xem lại" if kind.asks else kind.submit,
        cancel=cancel,
        lead=kind.lead,
        meta=meta,
        crumbs=crumbs,
        subject=subject,
        asides=asides,
        errors=tuple(FieldError(n, draft.errors[n]) for n in names if n in draft.errors),
        problem=problem,
        occurred=moment,
        submit_step="check" if kind.asks else "record",
    )


def check(kind: ActKind, draft: Draft, shell: Shell, post: Post) -> ActCheck:
    """The page that reads everything once more."""
    return ActCheck(
        shell=shell,
        title="Xem lại rồi ghi",
        meta=kind.title,
        post=Post(post.action, post.key, post.version, tuple(draft.values.items())),
        groups=tuple(
            AnswerGroup(part.title, answers(part, draft), part.may_seal and draft.sealed)
            for part in kind.parts
        ),
        submit=kind.submit,
        follows=kind.follows,
    )


def section(part: Part, draft: Draft) -> Section:
    sealed = part.may_seal and draft.sealed
    rows = tuple(tuple(question(ask, draft) for ask in row) for row in part.rows)
    return Section(part.id, part.title, rows, part.meta, part.key, sealed, part.may_seal)


def question(ask: Ask, draft: Draft) -> Question:
    found = draft.found.get(ask.name, Found())
    choices = found.choices or tuple(Choice(code, term) for code, term in ask.options)
    if ask.widget == "select":
        choices = (Choice("", "Chọn"), *choices)
    search = SEARCHES[ask.picks] if ask.picks else ""
    return Question(
        Field(
            ask.name, ask.label, draft.value(ask), ask.hint, draft.errors.get(ask.name, ""),
            ask.required, choices, inputmode="numeric" if ask.widget == "count" else "",
            unmarked=ask.unmarked,
        ),
        ask.widget,
        ask.rows,
        ask.column,
        Picker(search, draft.values.get(f"{ask.name}.q", ""), found.words),
    )  # fmt: skip


def answers(part: Part, draft: Draft) -> tuple[Answer, ...]:
    asked = (ask for row in part.rows for ask in row)
    said = ((ask, words(ask, draft)) for ask in asked)
    return tuple(Answer(ask.label, told, edit_href=f"#{ask.name}") for ask, told in said if told)


def words(ask: Ask, draft: Draft) -> str:
    """An answer in words; of an identity number the last three digits."""
    value = draft.value(ask)
    if ask.widget == "check":
        return "Có" if value else "Không"
    labels = {choice.value: choice.label for choice in question(ask, draft).field.choices}
    if ask.name == ID_NUMBER:
        return masked(value)
    return labels.get(value, value)
