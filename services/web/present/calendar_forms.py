"""The forms beside the month: which one is open, what it asks and carries (ghi vào lịch)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from domain.codes import ClosureScope
from services import access
from services.calendar_months import MonthShown, Owner
from services.web.models import Choice, Field, Link
from services.web.models.acts import Post, Question
from services.web.models.calendar import CalendarForm
from services.web.present import calendar_acts as acts
from services.web.present.asking import ActKind, Ask
from services.web.present.frame import Seat

if TYPE_CHECKING:
    from services.web.present.calendar import Asked

LONGEST: Final = 60
OF_A_PLACE: Final = (acts.CLOSURE, acts.HOURS, acts.CLOSURE_WITHDRAWN)


def may_write(kind: ActKind, owner: Owner, seat: Seat) -> bool:
    """Whether the reader may do this on the calendar being looked at."""
    if not access.may(kind.command, seat.officer.role):
        return False
    keeps = seat.officer.role in access.SYSTEM
    return keeps or kind not in OF_A_PLACE or owner.office == seat.officer.office


def offered(asked: "Asked", seat: Seat) -> Iterator[tuple[Link, bool]]:
    """The acts that stand beside the month; none on a calendar as it was known once."""
    if asked.known is None:
        for kind in acts.OFFERED:
            if may_write(kind, asked.owner, seat):
                yield Link(kind.title, f"{asked.link(viec=kind.slug)}#ghi"), asked.act == kind.slug


def form_of(asked: "Asked", seat: Seat, shown: MonthShown) -> CalendarForm | None:
    """The form that is open, with what was typed and what is to be mended."""
    kind = acts.BY_SLUG.get(asked.act)
    if kind is None or asked.known is not None or not may_write(kind, asked.owner, seat):
        return None
    wrong = {error.field: error.words for error in asked.errors}
    values = {**_carried(kind, asked, shown), **asked.said}
    unseen = tuple((name, values[name]) for name in acts.HIDDEN if values.get(name))
    return CalendarForm(
        title=kind.title,
        lead=kind.lead,
        submit=kind.submit,
        post=Post(f"/lich/{kind.slug}", uuid4().hex, "", (*asked.kept, *unseen)),
        questions=tuple(
            _question(ask, asked.said, wrong) for ask in kind.asks if ask.name not in acts.HIDDEN
        ),
        problem=asked.problem,
    )


def suggested(
    asked: "Asked", seat: Seat, suggestions: Sequence[tuple[date, str, dict[str, str]]]
) -> Iterator[Link]:
    """Days the package thinks of; each opens the form with the day filled in, to be confirmed."""
    if asked.known is not None or not may_write(acts.DAY_OFF, asked.owner, seat):
        return
    for day, words, said in suggestions:
        href = asked.link(viec=acts.DAY_OFF.slug, thang=f"{day:%Y-%m}", **said)
        yield Link(f"{day:%d/%m/%Y}: {words}", f"{href}#ghi")


def _carried(kind: ActKind, asked: "Asked", shown: MonthShown) -> dict[str, str]:
    """What the form is about without asking: whose calendar, which year."""
    owner = asked.owner
    if kind in OF_A_PLACE:
        scope = ClosureScope.OFFICE if owner.office else ClosureScope.UNIT
        return {"scope": scope.value, "place": owner.office or owner.unit}
    return {acts.YEAR: str(shown.first.year)} if kind is acts.YEAR_IN else {}


def _question(ask: Ask, said: dict[str, str], wrong: dict[str, str]) -> Question:
    return Question(
        Field(
            ask.name,
            ask.label,
            value=said.get(ask.name, "" if said else ask.default),
            hint=ask.hint,
            error=wrong.get(ask.name, ""),
            required=ask.required,
            choices=tuple(Choice(code, term) for code, term in ask.options),
            maxlength=LONGEST,
        ),
        ask.widget,
    )
