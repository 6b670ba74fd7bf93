"""The test box: a limit for a made-up file, with its reasons (tính thử thời hạn)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from domain.codes import PetitionKind
from domain.errors import Refusal
from domain.law.law import Law
from domain.law.terms import DEGREES, INSTANCES, Condition
from services.calendar_months import Owner
from services.law_answers import clocks_of, tried
from services.web import formats
from services.web.models import Choice, Field, Link
from services.web.models.acts import Question
from services.web.models.law import Trial
from services.web.present.calendar import name_of
from services.web.present.deadlines import why
from services.web.present.frame import Seat
from services.web.present.law import ADDRESS

USUAL: Final = "reply.citizen"
KINDS: Final = tuple(Choice(kind.value, Condition(kind.value).term) for kind in PetitionKind)
ONCE: Final = tuple(Choice(each.value, each.term) for each in Condition if each in INSTANCES)
DEGREE: Final = (
    Choice("", "Không phức tạp"),
    *(Choice(each.value, each.term) for each in Condition if each in DEGREES),
)
ALSO: Final = (
    Condition.REMOTE, Condition.SEVERAL_PLACES, Condition.DISCIPLINE, Condition.DISMISSAL,
)  # fmt: skip
NO_DAY: Final = "Không phải ngày có thật. Gõ ngày/tháng/năm, ví dụ 14/05/2025."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be tried: which clock, from which day, what is so, on whose calendar."""

    clock: str
    start: date | None
    typed: str
    when: frozenset[Condition]
    owner: Owner
    place: str = ""
    others: Sequence[Owner] = ()
    asked: bool = False

    def link(self, owner: Owner) -> str:
        """The same tried on another calendar."""
        words = [("dong-ho", self.clock), ("tu", self.typed), ("noi", owner.office or owner.unit)]
        so = [("khi", each.value) for each in sorted(self.when)]
        return f"{ADDRESS}?{urlencode([*words, *so])}#thu"


def trial_of(wanted: Wanted, law: Law, seat: Seat, keep: tuple[tuple[str, str], ...]) -> Trial:
    """The box, and what came out where something was asked."""
    box = Trial(_questions(wanted, law), keep)
    if not wanted.asked:
        return box
    if wanted.start is None:
        return replace(box, problem=NO_DAY)
    try:
        limit = tried(law, wanted.clock, wanted.start, wanted.when, wanted.owner)
    except Refusal as none:
        return replace(box, problem=f"{none.reason} {none.mend or ''}".strip())
    calendar = law.calendar_of(wanted.owner.office, wanted.owner.unit)
    return replace(
        box,
        why=replace(why(limit, seat.today, calendar), open=True),
        whose=f"Tính theo lịch của {name_of(wanted.owner, seat)}.",
        rule=Link(limit.rule.article, f"{ADDRESS}/{limit.rule.rule_id}"),
        others=tuple(Link(name_of(each, seat), wanted.link(each)) for each in wanted.others),
    )


def _questions(wanted: Wanted, law: Law) -> tuple[Question, ...]:
    clocks = sorted(clocks_of(law.book).items(), key=lambda each: each[1])
    chosen = {each.value for each in wanted.when}

    def one_of(choices: Sequence[Choice], otherwise: str) -> str:
        return next((each.value for each in choices if each.value in chosen), otherwise)

    return (
        Question(
            Field("dong-ho", "Thời hạn", value=wanted.clock,
                  choices=tuple(Choice(clock, term) for clock, term in clocks)), "select",
        ),
        Question(
            Field("tu", "Tính từ ngày", value=wanted.typed, hint="Ngày này chưa tính",
                  inputmode="numeric", maxlength=10), "day",
        ),
        Question(
            Field("loai", "Loại đơn", value=one_of(KINDS, PetitionKind.COMPLAINT), choices=KINDS),
            "select",
        ),
        Question(Field("lan", "Lần", value=one_of(ONCE, ONCE[0].value), choices=ONCE), "select"),
        Question(Field("muc", "Mức độ", value=one_of(DEGREE, ""), choices=DEGREE), "select"),
        *(
            Question(Field(f"co-{each.value}", each.term[0].upper() + each.term[1:],
                           value="1" if each.value in chosen else "", required=False), "check")
            for each in ALSO
        ),
        Question(
            Field("noi", "Theo lịch của", value=wanted.place, hint="Tên hoặc mã đơn vị; để trống"
                  " là cơ quan mình", required=False, unmarked=True, maxlength=100),
        ),
    )  # fmt: skip


def typed_day(day: date) -> str:
    """A day as the box shows it."""
    return formats.day(day)
