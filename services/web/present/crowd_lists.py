"""The lists of crowds and of missions of an area (danh sách đoàn, danh sách hỗ trợ về)."""

from typing import Final

from domain.names import in_running_text
from projections.answers import Freshness, Page
from projections.asks import CrowdState
from projections.gatherings import GatheringRow
from projections.return_missions import MissionRow
from services import access
from services.web.models import EmptyState, Fragment, Link, Pager
from services.web.models.crowds import CrowdList, CrowdRow
from services.web.models.dossier import Tab
from services.web.present.area import crowd_state, who_receives
from services.web.present.crowd_acts import CROWD
from services.web.present.frame import Seat, age_of, shell
from services.web.present.mission import mission_state
from services.web.present.places import place_words
from services.web.present.words import ago, label, moment_words, people

CROWD_TABS: Final[dict[str, tuple[CrowdState, str]]] = {
    "": (CrowdState.GOING_ON, "Đang diễn ra"),
    "chua-tiep": (CrowdState.NOT_RECEIVED, "Chưa ai tiếp"),
    "ket-thuc": (CrowdState.OVER, "Đã kết thúc"),
}
MISSION_TABS: Final = {"": "Đang hỗ trợ", "tat-ca": "Tất cả"}
CROWD_HEADERS: Final = ("Nơi", "Việc gì, từ đâu", "Ai tiếp", "Số người")
MISSION_HEADERS: Final = ("Đưa về", "Từ đâu", "Đến đâu rồi", "Số người")


def crowd_list(
    page: Page[GatheringRow], unit: str, shown: str, freshness: Freshness, seat: Seat
) -> CrowdList:
    """Crowds in a unit, from it, or that it must receive."""
    here = "/doan-dong-nguoi"
    rows = tuple(_crowd(row, seat) for row in page.items)
    may_report = access.may(CROWD.command, seat.officer.role)
    return CrowdList(
        shell=shell(
            seat, "Đoàn đông người", here=here, age=age_of(freshness, seat.now), alarm=True,
            stream=f"/truc-tiep?don-vi={unit}",
        ),
        title="Đoàn đông người",
        summary=f"{seat.names.unit(unit)} · {len(rows)} đoàn trên trang này",
        tabs=_tabs(here, unit, shown, {word: words for word, (_, words) in CROWD_TABS.items()}),
        headers=CROWD_HEADERS,
        rows=rows,
        empty=None if rows else EmptyState("Không có đoàn nào."),
        act=Link("Báo đoàn mới", f"{here}/bao") if may_report else None,
        pager=_pager(here, unit, shown, page.next, len(rows)),
        live=Fragment(f"{here}/phan/danh-sach?don-vi={unit}&loc={shown}", "crowds"),
    )  # fmt: skip


def mission_list(
    page: Page[MissionRow], unit: str, shown: str, freshness: Freshness, seat: Seat
) -> CrowdList:
    """Missions of help home of a unit."""
    here = "/ho-tro-ve"
    rows = tuple(_mission(row, seat) for row in page.items)
    return CrowdList(
        shell=shell(
            seat, "Hỗ trợ công dân về", here=here, age=age_of(freshness, seat.now),
            stream=f"/truc-tiep?don-vi={unit}",
        ),
        title="Hỗ trợ công dân về",
        summary=f"{seat.names.unit(unit)} · {len(rows)} đợt trên trang này",
        tabs=_tabs(here, unit, shown, MISSION_TABS),
        headers=MISSION_HEADERS,
        rows=rows,
        empty=None if rows else EmptyState("Không có đợt nào."),
        pager=_pager(here, unit, shown, page.next, len(rows)),
        live=Fragment(f"{here}/phan/danh-sach?don-vi={unit}&loc={shown}", "missions"),
    )  # fmt: skip


def _tabs(here: str, unit: str, shown: str, words: dict[str, str]) -> tuple[Tab, ...]:
    return tuple(
        Tab(term, f"{here}?don-vi={unit}&loc={word}", current=word == shown)
        for word, term in words.items()
    )


def _pager(here: str, unit: str, shown: str, following: str | None, count: int) -> Pager | None:
    if following is None:
        return None
    after = f"{here}?don-vi={unit}&loc={shown}&sau={following}"
    return Pager(f"{count} mục trên trang này", "", after)


def _crowd(row: GatheringRow, seat: Seat) -> CrowdRow:
    names = seat.names
    verb = "Đã tiếp" if row.received_office else "Phải tiếp"
    return CrowdRow(
        id=str(row.gathering_id),
        name=place_words(row, seat),
        href=f"/su-viec/{row.gathering_id}",
        under=f"báo {moment_words(row.reported_at, seat.today)}",
        issue=label(row.issue),
        home=f"quê {in_running_text(names.unit(row.home))}",
        state=crowd_state(row),
        who=f"{verb}: {who_receives(row, seat)}",
        people=people(row.count_low, row.count_high),
        counted=f"đếm {moment_words(row.counted_at, seat.today)}",
        ago=None if row.dispersed_at else ago(row.reported_at, seat.now, "báo"),
    )


def _mission(row: MissionRow, seat: Seat) -> CrowdRow:
    names = seat.names
    return CrowdRow(
        id=str(row.mission_id),
        name=names.unit(row.home),
        href=f"/ho-tro-ve/{row.mission_id}",
        under=f"đề nghị {moment_words(row.requested_at, seat.today)}",
        issue=label(row.site),
        home=names.unit(row.place),
        state=mission_state(row),
        who=f"Phụ trách: {names.office(row.lead_office) or 'chưa cử'}",
        people=f"{row.people} người",
        counted=f"{row.consented} đồng ý, {row.declined} ở lại",
    )
