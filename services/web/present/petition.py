"""The file of a petition (hồ sơ đơn): state as a sentence, custody, the one act, deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.codes import DataClass, PetitionKind
from domain.events.base import OfficeEvent
from domain.law.law import Law
from projections.access_log import AccessRow
from projections.answers import Freshness
from projections.case_row import CaseRow
from projections.petition_row import PetitionRow, PetitionState
from projections.resting import of_petition
from services import access
from services.web.models import (
    Custody,
    EmptyState,
    Fragment,
    Holder,
    Link,
    Moment,
    StateTag,
)
from services.web.models.dossier import Acts, LinkedRow, PetitionFile, Tab
from services.web.present.asking import ActKind
from services.web.present.deadlines import SLUG, all_clocks, clocks_of
from services.web.present.filing_acts import possible
from services.web.present.frame import Seat, age_of, shell
from services.web.present.home_waits import home_waits
from services.web.present.petition_acts import (
    ACCEPT,
    CLASSIFY,
    DECIDE,
    GUIDE,
    RECALL,
    RETURN,
    TAKE_UP,
    TRANSFER,
)
from services.web.present.petitions import state_of
from services.web.present.texts import TextRights, identity, texts
from services.web.present.timeline import timeline
from services.web.present.words import label

KEPT_SEALED: Final = "Đơn tố cáo: danh tính người tố cáo được niêm phong."
STILL_SEALED: Final = "Đơn từng là đơn tố cáo: danh tính người gửi vẫn được niêm phong."


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """What is known of a petition: the view's row, the store's facts, who read."""

    row: PetitionRow
    case: CaseRow | None
    facts: Sequence[OfficeEvent]
    reads: Sequence[AccessRow]
    freshness: Freshness
    law: Law
    rights: TextRights
    may_replay: bool = False
    reminders: Sequence[OfficeEvent] = ()


def petition_file(known: PetitionFacts, seat: Seat, tab: str = "", shown: str = "") -> PetitionFile:
    """The file with one of its tabs open."""
    row, here = known.row, f"/ho-so/{known.row.petition_id}"
    denounced = row.data_class == DataClass.SEALED
    sealing = KEPT_SEALED if row.kind == PetitionKind.DENUNCIATION else STILL_SEALED
    opened = known.rights.opened is not None
    suffix = f"?tab={tab}&loc={shown}"
    all_texts = texts(row.petition_id, known.facts, known.rights)
    linked = _linked(known, seat)
    return PetitionFile(
        shell=shell(
            seat, row.number, here="/hop-viec", age=age_of(known.freshness, seat.now),
            stream=f"/truc-tiep?ho-so={row.petition_id}",
        ),
        crumbs=(Link("Hộp việc", "/hop-viec"),),
        number=row.number,
        title=sentence(row, seat),
        state=state_of(row),
        facts=_facts(row, seat),
        custody=custody(row, seat),
        acts=acts(row, known, seat),
        tabs=(
            Tab("Diễn biến", here, len(known.facts), tab == "" and not opened),
            Tab("Nội dung", f"{here}?tab=noi-dung", len(all_texts), tab == "noi-dung" or opened),
            Tab("Liên kết", f"{here}?tab=lien-ket", len(linked), tab == "lien-ket"),
        ),
        deadlines=clocks_of(row.petition_id, known.facts, known.law, seat),
        all_deadlines=all_clocks(here),
        deadline_acts=_deadline_acts(row, seat),
        timeline=timeline(
            known.facts, known.reads, seat.names, here, shown, _waits(row, seat), known.reminders
        ) if not tab and not opened else None,
        texts=all_texts if tab == "noi-dung" or opened else None,
        linked=linked if tab == "lien-ket" else None,
        no_linked=EmptyState("Chưa có vụ việc nào."),
        sealed=sealing if denounced else "",
        live=None if opened else Fragment(f"{here}/phan/ho-so{suffix}", "file"),
        homes=home_waits(of_petition(row), row, seat),
        identity=identity(row.petition_id, known.facts, known.rights, sealed=denounced),
    )  # fmt: skip


def sentence(row: PetitionRow, seat: Seat) -> str:
    """The state as a sentence, with the office it is about."""
    names = seat.names
    holder, receiver = names.office(row.in_charge), names.office(row.offered_to)
    match row.state:
        case PetitionState.OFFERED if row.offered_to == seat.officer.office:
            return "Đã chuyển đến cơ quan bạn, chờ bạn nhận"
        case PetitionState.OFFERED:
            return f"Chờ {receiver} nhận"
        case PetitionState.RETURNED:
            return f"Bị trả lại, {holder} phải xử lý tiếp"
        case PetitionState.DISPUTED if row.disputed_superior == seat.officer.office:
            return "Chờ cơ quan bạn quyết định thẩm quyền"
        case PetitionState.DISPUTED:
            return f"Chờ {names.office(row.disputed_superior)} quyết định thẩm quyền"
        case PetitionState.TAKEN_UP:
            return f"{holder} đang giải quyết"
        case PetitionState.GUIDED:
            return "Đã hướng dẫn, đơn kết thúc"
        case PetitionState.CONCLUDED:
            return "Đã kết thúc"
    return f"{holder} đang giữ đơn, {state_of(row).words.lower()}"


def _facts(row: PetitionRow, seat: Seat) -> tuple[str, ...]:
    election = ("Liên quan bầu cử",) if row.election else ()
    return (
        f"{label(row.kind)} · {label(row.field)}",
        seat.names.unit(row.place),
        f"Tiếp nhận {row.received_on:%d/%m/%Y} tại {seat.names.office(row.received_office)}",
        f"{row.petitioners} người đứng đơn",
        *election,
    )


def custody(row: PetitionRow, seat: Seat) -> Custody:
    """Who answers now, and who would after accepting."""
    names = seat.names
    since = f"từ {row.in_charge_since:%d/%m/%Y}"
    if row.offered_to is None:
        return Custody(Holder(names.office(row.in_charge), since))
    now = Holder(names.office(row.in_charge), f"{since}, đến khi nơi nhận bấm Nhận đơn")
    own = "cơ quan bạn" if row.offered_to == seat.officer.office else ""
    return Custody(now, Holder(names.office(row.offered_to), own))


def _possible(row: PetitionRow, seat: Seat) -> tuple[str, tuple[ActKind, ...]]:
    """What this office is asked for, the first of it the main act."""
    office = seat.officer.office
    if row.ended_on is not None:
        return "Đơn đã kết thúc.", ()
    if row.disputed_superior == office:
        return "Hai cơ quan không nhận thẩm quyền; cơ quan bạn quyết định.", (DECIDE,)
    if row.offered_to == office:
        return "Nơi gửi còn chịu trách nhiệm cho đến khi bạn nhận.", (ACCEPT, RETURN)
    if row.in_charge != office:
        return "Cơ quan khác đang chịu trách nhiệm; bạn theo dõi.", ()
    match row.state:
        case PetitionState.OFFERED:
            return "Cơ quan bạn còn chịu trách nhiệm cho đến khi nơi nhận bấm Nhận đơn.", (RECALL,)
        case PetitionState.DISPUTED:
            return "Cấp trên chung đang quyết định thẩm quyền.", ()
        case PetitionState.TAKEN_UP:
            return "Đơn đang được giải quyết trong vụ việc.", ()
        case PetitionState.RECEIVED:
            return "Phân loại trước, rồi chuyển, thụ lý hoặc hướng dẫn.", (
                CLASSIFY, TRANSFER, TAKE_UP, GUIDE,
            )  # fmt: skip
    first = (TRANSFER, TAKE_UP) if _elsewhere(row) else (TAKE_UP, TRANSFER)
    return "Cơ quan bạn đang chịu trách nhiệm.", (*first, GUIDE, CLASSIFY)


def _elsewhere(row: PetitionRow) -> bool:
    return row.competent_office not in (None, row.in_charge)


def acts(row: PetitionRow, known: PetitionFacts, seat: Seat) -> Acts:
    """The one act this role is asked for, and the others it may do."""
    words, kinds = _possible(row, seat)
    here = f"/ho-so/{row.petition_id}"
    links = [
        Link(kind.title, f"{here}/{kind.slug}")
        for kind in kinds
        if access.may(kind.command, seat.officer.role)
    ]
    replay = [Link("Tua lại hồ sơ", f"/kiem-tra/{row.petition_id}")] if known.may_replay else []
    if row.state == PetitionState.TAKEN_UP and known.case is not None:
        links.insert(0, Link("Mở vụ việc", f"/vu-viec/{known.case.case_id}"))
    return Acts(words, links[0] if links else None, (*links[1:], *replay))


def _deadline_acts(row: PetitionRow, seat: Seat) -> tuple[Link, ...]:
    """What who is free to act on it may note about its filing."""
    free = (PetitionState.RECEIVED, PetitionState.CLASSIFIED, PetitionState.ACCEPTED,
            PetitionState.RETURNED)  # fmt: skip
    if row.in_charge != seat.officer.office or row.state not in free:
        return ()
    return tuple(
        Link(kind.title, f"/ho-so/{row.petition_id}/{kind.slug}")
        for kind in possible(PetitionKind(row.kind))
        if access.may(kind.command, seat.officer.role)
    )


def _waits(row: PetitionRow, seat: Seat) -> Moment | None:
    if row.offered_to is None or row.reply_due is None or row.offered_on is None:
        return None
    return Moment(
        "waits", "waiting", f"Chờ {seat.names.office(row.offered_to)} nhận",
        f"Nhận, hoặc trả lại có lý do, trước hết ngày {row.reply_due:%d/%m/%Y}.",
        note=f"{(seat.today - row.offered_on).days} ngày",
        proof=Link("Vì sao?", f"/ho-so/{row.petition_id}/{SLUG}"),
    )  # fmt: skip


def _linked(known: PetitionFacts, seat: Seat) -> tuple[LinkedRow, ...]:
    case = known.case
    if case is None:
        return ()
    words = f"Vụ việc · {seat.names.office(case.office)}"
    state = StateTag("working", "Đã thụ lý")
    return (LinkedRow(case.number, f"/vu-viec/{case.case_id}", words, state),)
