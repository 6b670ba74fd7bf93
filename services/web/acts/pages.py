"""From a definition and a draft to the page models: the form, and the answers to check."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from services.web.acts.base import OCCURRED, Act, Draft, occurred
from services.web.models.acts import (
    ActCheck,
    ActForm,
    AnswerGroup,
    Aside,
    Post,
    Question,
    Section,
    Subject,
)
from services.web.models.forms import Answer
from services.web.models.marks import Link
from services.web.models.shell import Shell

OPEN_DIGITS: Final = 3
MASKED: Final = frozenset({"texts.id_number"})
"""Fields whose answer is shown by its last digits only: the citizen sits opposite."""


def form(
    act: Act,
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
    sections = act.sections(draft)
    return ActForm(
        shell=shell,
        title=act.title,
        post=post,
        sections=sections,
        submit=act.form_submit,
        cancel=cancel,
        lead=act.lead,
        meta=meta,
        crumbs=crumbs,
        subject=subject,
        asides=asides,
        errors=draft.summary(sections),
        problem=" ".join(filter(None, (problem, *draft.stray(sections)))),
        occurred=occurred(draft),
        submit_step=act.step,
    )


def groups(act: Act, draft: Draft, *, edit: bool = True) -> tuple[AnswerGroup, ...]:
    """What was answered, section by section; questions left empty are left out."""
    parts = [
        AnswerGroup(section.title, said, section.sealed)
        for section in act.sections(draft)
        if (said := _answers(section, draft.values, edit=edit))
    ]
    moment = draft.values.get(OCCURRED, "")
    if moment:
        at = Answer("Xảy ra lúc", moment, edit_href="#occurred_at" if edit else "")
        parts.append(AnswerGroup("Thời điểm", (at,)))
    return tuple(parts)


def carried(act: Act, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Everything answered, for the hidden fields of the check page and the conflict page."""
    asked = [question.field for part in act.sections(draft) for question in part.questions]
    said = {field.name: draft.values.get(field.name, field.value) for field in asked}
    said[OCCURRED] = draft.values.get(OCCURRED, "")
    return tuple((name, value) for name, value in said.items() if value)


def check(act: Act, draft: Draft, shell: Shell, post: Post) -> ActCheck:
    """The page that reads everything once more; due day and paper come by `replace`."""
    return ActCheck(
        shell=shell,
        title="Xem lại rồi ghi",
        meta=act.title,
        post=replace(post, hidden=(*post.hidden, *carried(act, draft))),
        groups=groups(act, draft),
        submit=act.submit,
        follows=act.follows,
    )


def _answers(section: Section, values: Mapping[str, str], *, edit: bool) -> tuple[Answer, ...]:
    said = ((question, answer_to(question, values)) for question in section.questions)
    return tuple(
        Answer(
            question.field.label,
            words,
            edit_href=f"#{question.field.name}" if edit else "",
        )
        for question, words in said
        if words
    )


def answer_to(question: Question, values: Mapping[str, str]) -> str:
    """An answer in words: the label of a choice, yes for a ticked box, or what was typed."""
    field = question.field
    value = values.get(field.name, field.value).strip()
    if question.widget == "check":
        return "Có" if value else ""
    if field.choices:
        labels = {choice.value: choice.label for choice in field.choices}
        return labels.get(value, value)
    if field.name in MASKED and len(value) > OPEN_DIGITS:
        return "•" * (len(value) - OPEN_DIGITS) + value[-OPEN_DIGITS:]
    return value
