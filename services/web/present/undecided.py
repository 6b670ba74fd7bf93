"""The queue of old units, and one of them beside it (địa bàn chờ quyết định)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from domain.codes import LABELS, SuccessionRelation
from domain.commands.directory import NameUnitSuccessor
from domain.directory import Unit
from domain.homes import OfficesOn
from domain.undecided import Doubt, OpenQuestions, Undecided, Why
from services import access
from services.web.models import EmptyState, Link, Pager
from services.web.models.acts import Post
from services.web.models.forms import Choice, Field
from services.web.models.places import UndecidedForm, UndecidedPage, UndecidedRow
from services.web.present.frame import Seat, shell

QUEUE: Final = "/don-vi/cho-quyet-dinh"
TITLE: Final = "Địa bàn chờ quyết định"
ROWS: Final = 30
DOUBTS: Final = {
    Doubt.UNPLACED: "Chưa rõ nhập vào đâu",
    Doubt.GUESSED: "Suy đoán, cần xác nhận",
    Doubt.SPLIT: "Chia nhiều nơi",
    Doubt.LEVEL_GONE: "Không còn cấp này",
}
ASKED: Final = {
    Doubt.UNPLACED: "Danh sách không ghi đơn vị này nhập vào đâu.",
    Doubt.GUESSED: "Danh sách đoán theo tên; có thể sai.",
    Doubt.SPLIT: "Địa bàn chia cho nhiều đơn vị. Chọn nơi giải quyết tiếp công việc của UBND cũ.",
    Doubt.LEVEL_GONE: "Chọn nơi giải quyết tiếp công việc của UBND cũ.",
}
WHYS: Final = {
    Why.LISTED: "theo danh sách",
    Why.GUESSED: "danh sách đoán",
    Why.SAME_NAME: "cùng tên",
    Why.NAMESAKE: "nhận một đơn vị trùng tên",
    Why.UNCLAIMED: "chưa rõ thành lập từ đâu",
    Why.BELOW: "nhận xã trực thuộc",
    Why.BESIDE: "nhận xã bên cạnh",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says: of which sort, after which unit, which one is open, what is looked
    for; and what was answered and refused.
    """

    doubt: Doubt | None = None
    after: str = ""
    chosen: str = ""
    find: str = ""
    problem: str = ""
    said: dict[str, str] = field(default_factory=dict)

    def link(self, **other: str) -> str:
        """The address of the queue with some of it changed."""
        asked = {"vi-sao": self.doubt or "", "sau": self.after, **other}
        words = urlencode({name: value for name, value in asked.items() if value})
        return f"{QUEUE}?{words}" if words else QUEUE


def undecided_page(
    waiting: Sequence[Undecided], asked: Asked, questions: OpenQuestions, seat: Seat
) -> UndecidedPage:
    """A page of the queue; ``waiting`` has one more than is shown when there is more."""
    shown = waiting[:ROWS]
    chosen = next((each for each in shown if each.unit.unit_id == asked.chosen), None)
    current = chosen or (shown[0] if shown else None)
    more = len(waiting) > ROWS
    return UndecidedPage(
        shell=shell(seat, TITLE, here=QUEUE),
        title=TITLE,
        summary="Gợi ý chỉ để tham khảo; trong lúc chờ, cấp trên trực tiếp chịu trách nhiệm.",
        filters=tuple(_filters(asked)),
        rows=tuple(_row(each, asked, seat, current=each is current) for each in shown),
        form=None if current is None else _form(current, asked, questions, seat),
        pager=Pager(
            words="",
            previous_href=asked.link(sau="") if asked.after else "",
            next_href=asked.link(sau=shown[-1].unit.unit_id) if more else "",
        ) if more or asked.after else None,
        empty=None if shown else EmptyState("Không còn địa bàn nào chờ quyết định."),
    )  # fmt: skip


def _filters(asked: Asked) -> list[tuple[Link, bool]]:
    every = Asked()
    links = [(Link("Tất cả", every.link()), asked.doubt is None)]
    for doubt, words in DOUBTS.items():
        links.append((Link(words, Asked(doubt).link()), asked.doubt is doubt))
    return links


def _row(each: Undecided, asked: Asked, seat: Seat, *, current: bool) -> UndecidedRow:
    unit = each.unit
    return UndecidedRow(
        id=unit.unit_id,
        name=unit.name,
        href=f"{asked.link(chon=unit.unit_id)}#chosen",
        place=_place(unit, seat),
        doubt=DOUBTS[each.doubt],
        current=current,
    )


def _place(unit: Unit, seat: Seat) -> str:
    above = seat.directory.ancestors(unit.unit_id, unit.valid_until or seat.today)
    return ", ".join(up.name for up in above)


def _form(each: Undecided, asked: Asked, questions: OpenQuestions, seat: Seat) -> UndecidedForm:
    unit = each.unit
    choices = _choices(each, asked, questions, seat)
    may = access.may(NameUnitSuccessor, seat.officer.role)
    kept = (("vi-sao", asked.doubt or ""), ("sau", asked.after), ("chon", unit.unit_id))
    whole = SuccessionRelation.WHOLE.value
    return UndecidedForm(
        name=unit.name,
        href=f"/don-vi/{unit.unit_id}",
        why=ASKED[each.doubt],
        candidates=tuple(Link(f"{c.label} ({c.hint})", f"/don-vi/{c.value}") for c in choices),
        find=Field("tim", "Tìm đơn vị khác", value=asked.find, required=False, unmarked=True),
        choices=Field(
            "successor", "Đơn vị kế thừa", value=asked.said.get("successor", ""), choices=choices
        ),
        relation=Field(
            "relation",
            "Phần kế thừa",
            value=asked.said.get("relation", whole),
            choices=tuple(Choice(r.value, LABELS[r]) for r in SuccessionRelation),
        ),
        basis=Field(
            "basis",
            "Số văn bản",
            value=asked.said.get("basis", ""),
            hint="Ví dụ 202/2025/QH15",
            required=False,
            maxlength=60,
        ),
        facts=tuple(_facts(unit, seat)),
        hidden=tuple((name, value) for name, value in kept if value),
        post=Post(f"/don-vi/{unit.unit_id}/ke-thua", uuid4().hex, "", kept) if may else None,
        problem=asked.problem,
    )


def _facts(unit: Unit, seat: Seat) -> Iterator[tuple[str, str]]:
    """The old unit as it last stood, and who answers for its committee's work."""
    directory, until = seat.directory, unit.valid_until or seat.today
    yield "Mã", unit.code
    yield "Thuộc", _place(unit, seat) or "không có cấp trên"
    yield "Kết thúc", f"{until:%d/%m/%Y}"
    below = directory.children(unit.unit_id, until)
    if below:
        yield "Đơn vị trực thuộc", str(len(below))
    committee = directory.find_office(unit.unit_id, until)
    home = (
        None if committee is None else OfficesOn(directory, seat.today).home_of(committee.office_id)
    )
    yield "Nay trả lời thay", "chưa có cơ quan nào" if home is None else home.office.name


def _choices(
    each: Undecided, asked: Asked, questions: OpenQuestions, seat: Seat
) -> tuple[Choice, ...]:
    """What is suggested, and what was looked for by name."""
    found = {
        choice.unit.unit_id: Choice(choice.unit.unit_id, choice.unit.name, WHYS[choice.why])
        for choice in questions.choices(each.unit)
    }
    looked = seat.directory.search(asked.find, seat.today, ROWS) if asked.find else ()
    for unit in looked:
        found.setdefault(unit.unit_id, Choice(unit.unit_id, unit.name, _place(unit, seat)))
    return tuple(found.values())
