"""A unit as of a day, and what a search found (đơn vị, kết quả tìm)."""

from collections.abc import Sequence
from typing import Final

from domain.chronicle import Begin, Ceded, Change, End, Heir, Note, Says, Withdrawn, holding
from domain.codes import LABELS, SuccessionRelation
from domain.directory import Directory, Office, Unit
from domain.law.calendar import Calendar
from domain.succession import Candidate, former_units
from domain.unit_finding import Found, whereabouts
from projections.answers import InboxItem
from services import access
from services.areas import may_look_over
from services.web.models import EmptyState, Link
from services.web.models.places import OfficeRow, PastLine, SearchPage, UnitHit, UnitPage
from services.web.present.answering import who_answers
from services.web.present.days import AsOf
from services.web.present.frame import Seat, board_of, shell
from services.web.present.petitions import inbox_row
from services.web.present.words import label

LEVELS: Final = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
Places = Sequence[tuple[Unit, Candidate]]


def unit_page(unit: Unit, seat: Seat, seen: AsOf) -> UnitPage:
    """A unit on a day, or as it last stood; the ways to its work for those who look over it."""
    stands = seen.directory.units.on(unit.unit_id, seen.on) is not None
    day = seen.on if stands else (unit.valid_until or seen.on)
    directory = seen.directory
    offices = directory.offices_of(unit.unit_id, day)
    below = directory.children(unit.unit_id, day)
    over = may_look_over(seat.officer, unit.unit_id, seat.directory, seat.today)
    until = f" đến {unit.valid_until:%d/%m/%Y}" if unit.valid_until else ""
    former = former_units(unit.unit_id, directory)
    places = () if stands else whereabouts(unit, directory, seen.on)
    return UnitPage(
        shell=shell(seat, unit.name, here=f"/don-vi/{unit.unit_id}"),
        title=unit.name,
        level=LEVELS.get(unit.level, unit.level),
        code=unit.code,
        validity=f"Từ {unit.valid_from:%d/%m/%Y}{until}",
        parents=tuple(
            Link(up.name, seen.link(up.unit_id))
            for up in reversed(directory.ancestors(unit.unit_id, day))
        ),
        boards=(*_boards(unit, stands=stands), *_to_decide(unit, seat)) if over else (),
        offices=tuple(_office(office, directory, seen) for office in offices),
        below_title=f"Đơn vị trực thuộc ({len(below)})",
        below=tuple(Link(child.name, seen.link(child.unit_id)) for child in below),
        no_offices=None if offices else EmptyState("Chưa có cơ quan nào trong danh bạ."),
        succession_words="" if stands else where_now(unit, places),
        answers="" if stands else who_answers(unit, seat.directory, seat.today),
        succession=tuple(Link(place.name, seen.link(place.unit_id)) for place, _ in places),
        day=seen.pick(f"/don-vi/{unit.unit_id}", asks_known=True),
        former_title=f"Nhận từ ({len(former)})",
        former=tuple(Link(old.name, f"/don-vi/{old.unit_id}") for old in former),
        past=_past(unit, directory),
    )


def where_now(unit: Unit, places: Places) -> str:
    """What became of an old unit, in front of the places themselves."""
    until = f"Đến hết {unit.valid_until:%d/%m/%Y}." if unit.valid_until else ""
    if not places:
        return f"{until} Chưa xác định nay thuộc đơn vị nào."
    if len(places) == 1 and places[0][1].whole:
        sure = "Nay thuộc:" if places[0][1].is_sure else "Nay có thể thuộc, chờ xác nhận:"
        return f"{until} {sure}"
    return f"{until} Nay thuộc một trong các đơn vị:"


def _boards(unit: Unit, *, stands: bool) -> tuple[Link, ...]:
    board, here = board_of(unit) if stands else "", unit.unit_id
    if not stands:
        return (
            Link("Bảng lịch sử: việc còn mở", f"/don-vi/{here}/tong-so"),
            Link("Hồ sơ còn mở từ đơn vị này", f"/ds?don-vi={here}"),
        )
    return (
        *((Link("Bảng điều hành", board),) if board else ()),
        Link("Tổng số theo đơn vị", f"/don-vi/{here}/tong-so"),
        Link("Đang giải quyết", f"/ds?don-vi={here}"),
        Link("Quá hạn", f"/ds?don-vi={here}&hang=qua-han"),
        Link("Chuyển đến chưa nhận", f"/ds?don-vi={here}&hang=chua-nhan"),
        Link("Đoàn đông người", f"/doan-dong-nguoi?don-vi={here}"),
    )


def _to_decide(unit: Unit, seat: Seat) -> tuple[Link, ...]:
    """What waits for the head of an office of this very unit."""
    if seat.unit.unit_id != unit.unit_id or seat.officer.role not in access.HEADS:
        return ()
    return (
        Link("Hồ sơ chờ quyết định nơi nhận", "/ho-so-cho-quyet-dinh"),
        Link("Việc phải bàn giao", "/viec-ban-giao"),
    )


def _office(office: Office, directory: Directory, seen: AsOf) -> OfficeRow:
    day = min(seen.on, office.valid_until or seen.on)
    superior = None if office.superior is None else directory.find_office(office.superior, day)
    words = ", ".join(label(each) for each in office.fields) or "Mọi lĩnh vực của đơn vị"
    places = directory.posts.reception_places(office.office_id, day)
    if places:
        words += f" · tiếp công dân tại {', '.join(place.location for place in places)}"
    link = None if superior is None else Link(superior.name, seen.link(superior.unit))
    return OfficeRow(office.name, words, link)


def _past(unit: Unit, directory: Directory) -> tuple[PastLine, ...]:
    notes = directory.units.notes_of(unit.unit_id)
    kept = {note.version for note in holding(notes)}
    told = (note for note in notes if not isinstance(note.says, Withdrawn))
    return tuple(_line(note, directory, withdrawn=note.version not in kept) for note in told)


def _line(note: Note, directory: Directory, *, withdrawn: bool) -> PastLine:
    since, words = _said(note.says, directory)
    return PastLine(since, words, f"{note.recorded_on:%d/%m/%Y}", withdrawn)


def _said(says: Says, directory: Directory) -> tuple[str, str]:
    """From when, and what."""
    match says:
        case Begin(thing=thing):
            return f"{thing.valid_from:%d/%m/%Y}", f"Thành lập {thing.name}"
        case Change(since=since, feature="parent", value=None):
            return f"{since:%d/%m/%Y}", "Không còn trực thuộc đơn vị nào"
        case Change(since=since, feature="parent", value=value):
            return f"{since:%d/%m/%Y}", f"Trực thuộc {_name(str(value), directory)}"
        case Change(since=since, value=value):
            return f"{since:%d/%m/%Y}", f"Tên là {value}"
        case End(last_day=last_day):
            return f"đến {last_day:%d/%m/%Y}", "Ngày cuối cùng"
        case Heir(heir=heir, relation=relation, match=match, since=since):
            part = "" if relation == SuccessionRelation.WHOLE else "một phần "
            words = f"Nhập {part}vào {_name(heir, directory)} ({LABELS[match].lower()})"
            return f"{since:%d/%m/%Y}", words
        case Ceded(to=to, since=since):
            return f"{since:%d/%m/%Y}", f"Chuyển một phần sang {_name(to, directory)}"
        case Withdrawn(version=version):
            return "", f"Đính chính bản ghi {version}"


def _name(unit_id: str, directory: Directory) -> str:
    known = directory.units.of(unit_id)
    return known[-1].name if known else unit_id


def search_page(
    query: str, units: Sequence[Found], petitions: Sequence[InboxItem], seat: Seat,
    calendar: Calendar, seen: AsOf,
) -> SearchPage:  # fmt: skip
    """Petitions by the beginning of a number, units by name; never people."""
    found = len(units) + len(petitions)
    return SearchPage(
        shell=shell(seat, "Tìm", query=query),
        query=query,
        title=f"Tìm “{query}”" if query else "Tìm",
        summary=f"{found} kết quả" if query else "",
        petitions=tuple(inbox_row(item, seat, calendar, where=True) for item in petitions),
        petitions_title=f"Đơn ({len(petitions)})",
        units=tuple(_hit(unit, seen) for unit in units),
        units_title=f"Đơn vị ({len(units)})",
        empty=None if found else EmptyState(
            "Không tìm thấy gì.", "Hồ sơ không thuộc phần việc của bạn không được tìm thấy."),
        hints=(
            "Số biên nhận gõ từ đầu, ví dụ 07456-25-0002.",
            "Tên đơn vị gõ có dấu hay không dấu đều được; tên cũ cũng tìm được.",
        ),
        day=seen.pick("/tim", keep=(("q", query),)) if query else None,
    )  # fmt: skip


def _hit(found: Found, seen: AsOf) -> UnitHit:
    unit = found.unit
    above = seen.directory.ancestors(unit.unit_id, min(seen.on, unit.valid_until or seen.on))
    path = ", ".join(each.name for each in above)
    notes = [] if found.by_name == unit.name else [f"Tên khác: {found.by_name}."]
    if not found.stands:
        names = ", ".join(place.name for place, _ in found.places)
        notes.append(f"{where_now(unit, found.places)} {names}")
    return UnitHit(unit.name, seen.link(unit.unit_id), path, " ".join(notes).strip())
