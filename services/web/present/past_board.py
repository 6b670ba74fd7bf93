"""The board of a unit that has ended (bảng đã là lịch sử): since when, who took over, what is left.

Its work is counted by the units as they stood on its last day, wherever it lies now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.directory import Unit
from domain.homes import OfficesOn
from domain.placing import Placing
from domain.succession import places_now
from projections.answers import Freshness
from projections.open_work import OpenAt, OpenSums
from services.web.models import Cell, Fragment, Header, Link, UnitGroup, UnitRow, UnitTable
from services.web.models.past import PastBoard
from services.web.present.frame import Seat, age_of, board_of, shell
from services.web.present.sums import sums_address
from services.web.present.words import local

HEADERS: Final = (
    Header("Đang\ngiải quyết"),
    Header("Quá\nhạn"),
    Header("Hạn trong\n3 ngày"),
    Header("Chuyển đến\nchưa nhận"),
    Header("Chờ người\nquyết định"),
    Header("Nay thuộc", number=False),
)
OWN: Final = "Cơ quan của {}"
MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class PastFacts:
    """What the views say of a former unit's work. ``today`` is the real one, not its last day."""

    unit: Unit
    last: date
    today: date
    open: Sequence[OpenAt]
    placing: Placing
    freshness: Freshness


def past_board(facts: PastFacts, seat: Seat) -> PastBoard:
    """A former unit's board at one moment."""
    unit, here = facts.unit, board_of(facts.unit)
    children = seat.directory.children(unit.unit_id, facts.last)
    age = age_of(facts.freshness, seat.now)
    sums = _sums(facts, [child.unit_id for child in children])
    return PastBoard(
        shell=shell(
            seat,
            unit.name,
            here=here,
            age=None if seat.until else age,
            stream="" if seat.until else "/truc-tiep",
        ),
        title=f"{unit.name} (đã kết thúc)",
        summary=f"{len(children)} đơn vị trực thuộc vào ngày {facts.last:%d/%m/%Y}",
        as_of=age.at or local(seat.now),
        live=None if seat.until else Fragment(f"{here}/phan/bang", "board"),
        words=" ".join(_words(facts)),
        links=(*_links(facts), *(() if seat.until else (_by_now(unit),))),
        units=UnitTable(
            title="Việc còn mở, theo đơn vị khi ấy",
            note="Việc nay nằm ở cơ quan kế thừa",
            first="Đơn vị",
            headers=HEADERS,
            groups=(
                UnitGroup("", tuple(
                    _row(child.unit_id, child.name, sums[child.unit_id], _now(child, facts))
                    for child in children
                )),
                UnitGroup("", (_own_row(facts, sums[unit.unit_id]),)),
            ),
            total=_row("total", "Tổng", OpenSums.of(sums.values()), ""),
        ),
    )  # fmt: skip


def _words(facts: PastFacts) -> Iterable[str]:
    unit, tree = facts.unit, _today(facts)
    yield f"{unit.name} kết thúc hoạt động hết ngày {facts.last:%d/%m/%Y}; bảng này là lịch sử."
    seat = tree.directory.committee_of(unit.unit_id, facts.last)
    home = tree.home_of(seat.office_id)
    if home is None:
        yield "Chưa xác định cơ quan tiếp nhận việc đang mở."
    elif home.interim:
        yield (
            f"Việc đang mở của cơ quan cấp huyện do {home.office.name} trả lời cho đến khi có "
            "người quyết định; việc của từng xã đã sang xã kế thừa."
        )
    else:
        yield f"Việc đang mở do {home.office.name} tiếp nhận."


def _links(facts: PastFacts) -> Iterable[Link]:
    tree = _today(facts)
    seat = tree.directory.committee_of(facts.unit.unit_id, facts.last)
    home = tree.home_of(seat.office_id)
    if home is not None:
        unit = tree.directory.get_unit(home.office.unit, tree.day)
        yield Link(unit.name, f"/don-vi/{unit.unit_id}")
    yield Link("Lịch sử của đơn vị này", f"/don-vi/{facts.unit.unit_id}")


def _by_now(unit: Unit) -> Link:
    return Link("Xem theo đơn vị hiện nay", f"{sums_address(unit.unit_id)}?theo=nay")


def _today(facts: PastFacts) -> OfficesOn:
    return OfficesOn(facts.placing.directory, facts.today)


def _sums(facts: PastFacts, children: Sequence[str]) -> Mapping[str, OpenSums]:
    """By unit right below, and what lay at the unit's own offices. Each piece counts once."""
    own = facts.unit.unit_id
    lying: dict[str, list[OpenSums]] = {each: [] for each in (*children, own)}
    for each in facts.open:
        place = facts.placing.place(each.office, each.formers).unit
        if place is None or not facts.placing.lies_in(place, own):
            continue
        line = (place, *facts.placing.above(place))
        lying[next((name for name in line if name in lying), own)].append(each.sums)
    return {name: OpenSums.of(sums) for name, sums in lying.items()}


def _now(unit: Unit, facts: PastFacts) -> str:
    """Where a unit of then is today, a split one by its candidates."""
    places = places_now(unit.unit_id, facts.placing.directory, facts.today)
    names = [place.name for place, _ in places[:MOST_NAMED]]
    more = f" và {len(places) - MOST_NAMED} đơn vị khác" if len(places) > MOST_NAMED else ""
    return ", ".join(names) + more if names else "chưa xác định"


def _own_row(facts: PastFacts, sums: OpenSums) -> UnitRow:
    name = facts.unit.name
    return _row("own", OWN.format(f"{name[:1].lower()}{name[1:]}"), sums, "")


def _row(key: str, name: str, sums: OpenSums, now: str) -> UnitRow:
    numbers = (
        sums.petitions + sums.cases, sums.overdue, sums.due_soon, sums.offers, sums.undecided
    )  # fmt: skip
    href = "" if key in ("own", "total") else f"/don-vi/{key}"
    return UnitRow(key, name, href, (*map(Cell, numbers), Cell(words=now)))
