"""What a reform does, before and after side by side (xem trước phương án sắp xếp)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from domain.directory import Directory
from domain.reform import ReformPlan
from domain.undecided import Doubt, OpenQuestions
from domain.unit_finding import whereabouts
from domain.units import Unit
from projections.asks import Area
from services.reform import ReformOrder
from services.reform.open_work import OpenWork, Touched
from services.reform.preview import imagined
from services.web.formats import number
from services.web.models import EmptyState, Link, Pager
from services.web.models.forms import Choice, Field
from services.web.models.places import ReformPage, ReformRow
from services.web.present.frame import Seat, shell
from services.web.present.undecided import DOUBTS, QUEUE

ADDRESS: Final = "/don-vi/sap-xep"
TITLE: Final = "Xem trước phương án sắp xếp"
ROWS: Final = 100
GOES_ON: Final = "Giữ nguyên"
ENDS: Final = "Kết thúc"
KINDS: Final = {
    "open_petitions": "đơn",
    "open_cases": "vụ việc",
    "open_offers": "đơn chờ nhận",
    "open_crowds": "đoàn đông người",
    "open_missions": "đợt hỗ trợ về",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan, the directory as it would be, and the part of it that is looked at.

    ``top`` is a former unit below no other; ``units`` itself and those below it.
    """

    plan: ReformPlan
    before: Directory
    after: Directory
    steps: int
    recorded: int
    top: Unit
    units: Sequence[Unit]
    work: Touched

    @classmethod
    def of(
        cls, order: ReformOrder, directory: Directory, top: str, work: Callable[[Area], Touched]
    ) -> Self:
        """A reform held against the directory of now.

        Without ``top`` the first former unit of all is looked at. Refuses:
        ``ReformContradicts``, ``UnknownUnit``.
        """
        plan, steps = order.planned(directory)
        eve = plan.last_day
        chosen = directory.get_unit(top or directory.roots(eve)[0].unit_id, eve)
        units = (chosen, *directory.units_under(chosen.unit_id, eve))
        offices = tuple(
            office.office_id for unit in units for office in directory.offices_of(unit.unit_id, eve)
        )
        return cls(
            plan=plan,
            before=directory,
            after=imagined(steps, directory),
            steps=len(steps),
            recorded=sum(step.is_recorded(directory) for step in steps),
            top=chosen,
            units=units,
            work=work(Area(offices, tuple(unit.unit_id for unit in units))),
        )


class Shown(StrEnum):
    """Which of the units are shown, by the word in the address."""

    ALL = ""
    WITH_WORK = "con-viec"
    WAITING = "cho-quyet-dinh"


FILTERS: Final = {
    Shown.ALL: "Tất cả",
    Shown.WITH_WORK: "Có việc đang mở",
    Shown.WAITING: "Chờ người quyết định",
}


def reform_page(seen: Seen, after: str, seat: Seat, only: Shown = Shown.ALL) -> ReformPage:
    """A page of one former top unit; ``after``: the last unit of the page before."""
    questions = OpenQuestions(seen.after, seen.plan.on)
    units = [unit for unit in seen.units if _is_shown(unit, seen, questions, only)]
    ids = [unit.unit_id for unit in units]
    begin = ids.index(after) + 1 if after in ids else 0
    shown = units[begin : begin + ROWS]
    more = begin + ROWS < len(units)
    on = f"{seen.plan.on:%d/%m/%Y}"
    done = seen.recorded == seen.steps
    state = "Đã ghi." if done else f"Đã ghi {seen.recorded} trên {seen.steps} sự kiện."
    return ReformPage(
        shell=shell(seat, TITLE, here=ADDRESS),
        title=f"{TITLE} ngày {on}",
        summary=f"{state} Ghi bằng lệnh: tiepdan units reform.",
        figures=_figures(seen.plan),
        pick=_pick(seen),
        rows=tuple(_row(unit, seen, questions) for unit in shown),
        rows_title=f"{seen.top.name}: {len(seen.units)} đơn vị trước ngày {on}",
        touched=_touched(seen),
        filters=tuple(
            (Link(words, _address(seen, each)), each is only) for each, words in FILTERS.items()
        ),
        queue=Link("Địa bàn chờ quyết định", QUEUE),
        pager=Pager(
            words=f"{begin + 1}-{begin + len(shown)} trên {len(units)}",
            previous_href=_address(seen, only) if begin else "",
            next_href=f"{_address(seen, only)}&sau={shown[-1].unit_id}" if more else "",
        ) if more or begin else None,
        empty=None if shown else EmptyState("Không có đơn vị nào như vậy."),
    )  # fmt: skip


def _address(seen: Seen, only: Shown) -> str:
    kept = f"&loc={only.value}" if only.value else ""
    return f"{ADDRESS}?tinh={seen.top.unit_id}{kept}"


def _is_shown(unit: Unit, seen: Seen, questions: OpenQuestions, only: Shown) -> bool:
    match only:
        case Shown.WITH_WORK:
            return bool(_work(unit, seen))
        case Shown.WAITING:
            return _doubt(unit, seen, questions) is not None
    return True


def _touched(seen: Seen) -> str:
    """All the open work that the reform touches below the unit looked at."""
    totals = seen.work.totals
    counts = ((totals[kind], words) for kind, words in KINDS.items())
    found = ", ".join(f"{number(count)} {words}" for count, words in counts if count)
    return f"Việc đang mở bị ảnh hưởng: {found}." if found else "Không có việc đang mở."


def _figures(plan: ReformPlan) -> tuple[tuple[str, str], ...]:
    figures = (
        ("Đơn vị thành lập mới", len(plan.established)),
        ("Giữ nguyên", len(plan.continued)),
        ("Trong đó đổi tên", sum(each.renamed for each in plan.continued)),
        ("Trong đó đổi cấp trên", sum(each.moved for each in plan.continued)),
        ("Nhận từ nhiều đơn vị", len(plan.merged)),
        ("Chia nhiều nơi", len(plan.split)),
        ("Kết thúc", len(plan.ended)),
        ("Chưa rõ nhập vào đâu", len(plan.unplaced)),
        ("Quan hệ suy đoán", len(plan.guessed)),
        ("Đơn vị mới chưa rõ từ đâu", len(plan.unexplained)),
    )
    return tuple((words, number(count)) for words, count in figures)


def _pick(seen: Seen) -> Field:
    tops = seen.before.roots(seen.plan.last_day)
    choices = tuple(Choice(unit.unit_id, unit.name) for unit in tops)
    return Field("tinh", "Đơn vị trước sắp xếp", value=seen.top.unit_id, choices=choices)


def _row(unit: Unit, seen: Seen, questions: OpenQuestions) -> ReformRow:
    goes_on = seen.after.units.on(unit.unit_id, seen.plan.on)
    doubt = _doubt(unit, seen, questions)
    done = seen.recorded == seen.steps
    after = whereabouts(seen.after.units.of(unit.unit_id)[-1], seen.after, seen.plan.on)
    return ReformRow(
        id=unit.unit_id,
        name=unit.name,
        href=f"/don-vi/{unit.unit_id}",
        words=GOES_ON if goes_on else DOUBTS[doubt] if doubt else ENDS,
        after=tuple(
            Link(place.name, f"/don-vi/{place.unit_id}" if done else "") for place, _ in after
        ),
        work=_work(unit, seen),
    )


def _doubt(unit: Unit, seen: Seen, questions: OpenQuestions) -> Doubt | None:
    """What a person must decide about a unit that ends."""
    if seen.after.units.on(unit.unit_id, seen.plan.on) is not None:
        return None
    return questions.doubt_of(seen.after.units.of(unit.unit_id)[-1])


def _work(unit: Unit, seen: Seen) -> str:
    offices = seen.before.offices_of(unit.unit_id, seen.plan.last_day)
    found = [seen.work.offices.get(office.office_id, OpenWork()) for office in offices]
    counts = (
        (sum(each.petitions for each in found), "đơn"),
        (sum(each.cases for each in found), "vụ việc"),
        (sum(each.offers for each in found), "đơn chờ nhận"),
    )
    return ", ".join(f"{count} {words}" for count, words in counts if count)
