"""An act as pages: the form, the answers to check (biểu mẫu, xem lại)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain.codes import PetitionKind, Site
from domain.law.law import Law
from domain.law.timeline import Timeline
from services.web.models import (
    Answer,
    Choice,
    Custody,
    Field,
    FieldError,
    Holder,
    Link,
    Why,
)
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
from services.web.present.asking import OCCURRED, ActKind, Ask, Part, moment_in
from services.web.present.beginning import Beginning
from services.web.present.frame import Seat, shell
from services.web.present.petition_acts import INTAKE, TRANSFER
from services.web.present.pickers import picker, said
from services.web.present.places import sites_on
from services.web.present.settling import after, lawful
from services.web.present.texts import ID_NUMBER, masked
from services.web.site import Colleague

MAX_LINE: Final = 500
MAX_AREA: Final = 20_000
IDENTITY: Final = frozenset({"texts.name", "texts.address", "texts.id_number", "texts.phone"})


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act on one thing, with what was typed so far."""

    kind: ActKind
    seat: Seat
    action: str
    key: str
    law: Law
    back: Link
    version: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    subject: Subject | None = None
    colleagues: Sequence[Colleague] = ()
    found: Sequence[Choice] = ()
    near: Sequence[str] = ()
    """Offices the file speaks of, offered first."""
    petition: PetitionKind | None = None
    """What sort of petition the act is about, where it is about one."""
    case: Timeline | None = None
    """What the clocks of the case go by, where the act is about one."""

    @property
    def is_denunciation(self) -> bool:
        """Whether what is taken in is a denunciation, whose sender is sealed."""
        return self.values.get("kind") == PetitionKind.DENUNCIATION

    def value(self, ask: Ask) -> str:
        """What was answered, or what is the usual answer before anything was."""
        return self.values.get(ask.name, "" if self.values else ask.default)

    def options(self, ask: Ask) -> Sequence[tuple[str, str]]:
        """The closed list, without what law or country does not know on the day."""
        if ask.codes is Site:
            there = sites_on(self.seat.directory, happened_on(self))
            return [each for each in ask.options if each[0] in there]
        if self.case is None:
            return ask.options
        fit = lawful(self.kind, self.case, self.law, self.values, self.seat.today).get(ask.name)
        return [each for each in ask.options if fit is None or each[0] in fit]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all values that belong to this act."""
        return (*(ask.name for ask in self.kind.asks), OCCURRED)


def form(page: ActPage, errors: Sequence[FieldError] = (), problem: str = "") -> ActForm:
    """The form, with what was typed and what is to be mended."""
    kind, wrong = page.kind, {error.field: error.words for error in errors}
    return ActForm(
        shell=shell(page.seat, kind.title, here=_section(page)),
        title=kind.title,
        post=Post(page.action, page.key, page.version),
        sections=tuple(_section_of(page, part, wrong) for part in kind.parts),
        submit="Xem lại" if kind.asks else kind.submit,
        cancel=Link(f"Bỏ, về {'hồ sơ' if page.subject else 'hộp việc'}", page.back.href),
        lead=kind.lead,
        crumbs=(page.back,),
        subject=page.subject,
        asides=_asides(page),
        errors=tuple(errors),
        problem=problem,
        occurred=_occurred(page, wrong),
        submit_step="check" if kind.asks else "record",
    )


def check(page: ActPage, problem: str = "") -> ActCheck:
    """What will be recorded, read once more; everything answered rides along."""
    kind, reason = page.kind, _why(page)
    return ActCheck(
        shell=shell(page.seat, f"Xem lại: {kind.title}", here=_section(page)),
        title=f"Xem lại: {kind.title}",
        post=Post(page.action, page.key, page.version, _kept(page)),
        groups=tuple(
            AnswerGroup(part.title, _answers(page, part), part.may_seal and page.is_denunciation)
            for part in kind.parts
        ),
        submit=kind.submit,
        crumbs=(page.back,),
        subject=page.subject,
        follows=kind.follows,
        why=reason,
        custody=_custody(page),
        problem=problem,
    )


def mine(page: ActPage) -> tuple[Answer, ...]:
    """Everything that was answered, for a page that keeps it."""
    return tuple(answer for part in page.kind.parts for answer in _answers(page, part))


def _kept(page: ActPage) -> tuple[tuple[str, str], ...]:
    return tuple((name, page.values[name]) for name in page.names if page.values.get(name))


def kept_post(page: ActPage) -> Post:
    """A form that carries all that was answered, unseen."""
    return Post(page.action, page.key, page.version, _kept(page))


def _section(page: ActPage) -> str:
    return "/tiep-nhan" if page.kind is INTAKE else "/hop-viec"


def _section_of(page: ActPage, part: Part, wrong: Mapping[str, str]) -> Section:
    return Section(
        id=part.id,
        title=part.title,
        rows=tuple(tuple(_question(page, ask, wrong) for ask in row) for row in part.rows),
        meta=part.meta,
        key=part.key,
        sealed=part.may_seal and page.is_denunciation,
        may_seal=part.may_seal,
    )


def _question(page: ActPage, ask: Ask, wrong: Mapping[str, str]) -> Question:
    value, box = page.value(ask), Picker()
    choices = tuple(Choice(code, term) for code, term in page.options(ask))
    if ask.widget == "select":
        choices = (Choice("", "Chọn"), *choices)
    if ask.picks:
        if not page.values and ask.picks == "unit":
            value = page.seat.unit.unit_id
        query = page.values.get(f"{ask.name}.q", "").strip()
        box, choices = picker(ask, query, value, page.seat, page.colleagues, page.found, page.near)
    asked = Field(
        name=ask.name,
        label=ask.label,
        value=value,
        hint=ask.hint,
        error=wrong.get(ask.name, ""),
        required=ask.required,
        choices=choices,
        inputmode="numeric" if ask.widget == "count" else "",
        maxlength=MAX_AREA if ask.widget == "area" else MAX_LINE,
        unmarked=ask.unmarked,
    )
    return Question(asked, ask.widget, ask.rows, ask.column, box)


def _occurred(page: ActPage, wrong: Mapping[str, str]) -> Field:
    return Field(
        OCCURRED, "Xảy ra lúc", page.values.get(OCCURRED, ""), "Ví dụ 14/05/2025 09:15",
        wrong.get(OCCURRED, ""), required=False,
    )  # fmt: skip


def _answers(page: ActPage, part: Part) -> tuple[Answer, ...]:
    found = []
    for ask in (ask for row in part.rows for ask in row):
        value = page.value(ask)
        terms = dict(ask.options)
        words = terms.get(value, value)
        if ask.picks and value:
            words = said(ask, value, page.seat, page.found)
        if ask.widget == "check":
            words = "Có" if value else "Không"
        if ask.name == ID_NUMBER:
            words = masked(value)
        if words or ask.required:
            found.append(Answer(ask.label, words, edit_href=f"#{ask.name}"))
    return tuple(found)


def happened_on(page: ActPage) -> date:
    """The day on which it is said to have happened; today where that is not said."""
    moment = moment_in(page.values.get(OCCURRED, "").strip(), page.seat.today)
    return page.seat.today if moment is None else moment.date()


def _begins(page: ActPage) -> Beginning:
    return Beginning(page.law, page.seat, happened_on(page))


def _why(page: ActPage) -> Why | None:
    """The deadline this act sets going, if it does."""
    values = page.values
    if page.kind is INTAKE and values.get("kind") in set(PetitionKind):
        return _begins(page).reply(PetitionKind(values["kind"]))
    if page.kind is TRANSFER and page.petition and not values.get("reply_due"):
        return _begins(page).offer(page.petition, values.get("to_office", ""))
    if page.case is None:
        return None
    moved = after(page.kind, page.case, values, page.seat.today)
    return None if moved is None else _begins(page).settlement(moved)


def _custody(page: ActPage) -> Custody | None:
    """Who answers, before and after a transfer is accepted."""
    receiver = page.values.get("to_office", "")
    if page.kind is not TRANSFER or not receiver:
        return None
    names = page.seat.names
    now = Holder(names.office(page.seat.officer.office), "cho đến khi nơi nhận bấm Nhận đơn")
    return Custody(now, Holder(names.office(receiver)))


def _asides(page: ActPage) -> tuple[Aside, ...]:
    return tuple(_begins(page).asides()) if page.kind is INTAKE else ()
