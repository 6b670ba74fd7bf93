"""What a reform does, before and after side by side (xem trước phương án sắp xếp)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from domain.directory import Directory
from domain.reform import ReformPlan
from domain.undecided import OpenQuestions
from domain.unit_finding import whereabouts
from domain.units import Unit
from projections.asks import Area
from services.reform import ReformOrder
from services.reform.open_work import OpenWork, Touched
from services.reform.preview import imagined
from services.web.models import Link, Pager
from services.web.models.forms import Choice, Field
from services.web.models.places import ReformPage, ReformRow
from services.web.present.frame import Seat, shell
from services.web.present.undecided import DOUBTS, QUEUE

ADDRESS: Final = "/don-vi/sap-xep"
TITLE: Final = "Xem trước phương án sắp xếp"
ROWS: Final = 100
GOES_ON: Final = "Giữ nguyên"
ENDS: Final = "Kết thúc"


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


def reform_page(seen: Seen, after: str, seat: Seat) -> ReformPage:
    """A page of one former top unit; ``after``: the last unit of the page before."""
    ids = [unit.unit_id for unit in seen.units]
    begin = ids.index(after) + 1 if after in ids else 0
    shown = seen.units[begin : begin + ROWS]
    more = begin + ROWS < len(seen.units)
    questions = OpenQuestions(seen.after, seen.plan.on)
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
        queue=Link("Địa bàn chờ quyết định", QUEUE),
        pager=Pager(
            words=f"{begin + 1}-{begin + len(shown)} trên {len(seen.units)}",
            previous_href=f"{ADDRESS}?tinh={seen.top.unit_id}" if begin else "",
            next_href=f"{ADDRESS}?tinh={seen.top.unit_id}&sau={shown[-1].unit_id}" if more else "",
        ) if more or begin else None,
    )  # fmt: skip


def _figures(plan: ReformPlan) -> tuple[tuple[str, str], ...]:
    figures = (
        ("Thành lập", len(plan.established)),
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
    return tuple((words, f"{number:,}".replace(",", ".")) for words, number in figures)


def _pick(seen: Seen) -> Field:
    tops = seen.before.roots(seen.plan.last_day)
    choices = tuple(Choice(unit.unit_id, unit.name) for unit in tops)
    return Field("tinh", "Đơn vị trước sắp xếp", value=seen.top.unit_id, choices=choices)


def _row(unit: Unit, seen: Seen, questions: OpenQuestions) -> ReformRow:
    goes_on = seen.after.units.on(unit.unit_id, seen.plan.on)
    doubt = None if goes_on else questions.doubt_of(seen.after.units.of(unit.unit_id)[-1])
    after = whereabouts(seen.after.units.of(unit.unit_id)[-1], seen.after, seen.plan.on)
    return ReformRow(
        id=unit.unit_id,
        name=unit.name,
        href=f"/don-vi/{unit.unit_id}",
        words=GOES_ON if goes_on else DOUBTS[doubt] if doubt else ENDS,
        after=tuple(Link(place.name, f"/don-vi/{place.unit_id}") for place, _ in after),
        work=_work(unit, seen),
    )


def _work(unit: Unit, seen: Seen) -> str:
    offices = seen.before.offices_of(unit.unit_id, seen.plan.last_day)
    found = [seen.work.offices.get(office.office_id, OpenWork()) for office in offices]
    counts = (
        (sum(each.petitions for each in found), "đơn"),
        (sum(each.cases for each in found), "vụ việc"),
        (sum(each.offers for each in found), "đơn chờ nhận"),
    )
    return ", ".join(f"{count} {words}" for count, words in counts if count)
