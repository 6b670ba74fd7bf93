"""The acts of the field in words, as timelines, feeds and replays tell them (diễn biến)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from services.web import formats
from services.web.present.words import Names, label, people

LEGAL: Final = frozenset(
    {
        "petition.received", "petition.classified", "petition.citizen_guided",
        "petition.transferred", "petition.accepted", "petition.returned", "petition.recalled",
        "petition.competence_disputed", "petition.competence_decided", "petition.taken_up",
        "petition.concluded", "petition.rehomed", "case.rehomed", "case.opened",
        "case.decision_issued", "case.acceptance_notified",
        "case.closed", "case.settlement_extended", "case.suspended", "case.continued",
        "case.direction_issued", "case.escalated", "gathering.crowd_received",
    }
)  # fmt: skip
"""Acts with a consequence in law: a filled mark."""

WORDS: Final[Mapping[str, str]] = {
    "petition.received": "Tiếp nhận đơn",
    "petition.classified": "Phân loại đơn",
    "petition.citizen_guided": "Hướng dẫn công dân",
    "petition.transferred": "Chuyển đơn",
    "petition.accepted": "Nhận đơn",
    "petition.returned": "Trả lại đơn",
    "petition.recalled": "Thu hồi đơn đã chuyển",
    "petition.competence_disputed": "Tranh chấp thẩm quyền",
    "petition.competence_decided": "Quyết định thẩm quyền",
    "petition.taken_up": "Thụ lý đơn",
    "petition.concluded": "Kết thúc đơn",
    "petition.rehomed": "Đơn về cơ quan kế thừa",
    "petition.check_widened": "Kiểm tra điều kiện thụ lý ở nhiều nơi",
    "petition.further_denounced": "Ghi nhận tố cáo tiếp",
    "petition.filing_dated": "Ghi căn cứ tính thời hiệu",
    "case.opened": "Thụ lý vụ việc",
    "case.acceptance_notified": "Thông báo thụ lý",
    "case.petition_linked": "Nhập đơn vào vụ việc",
    "case.handler_assigned": "Giao người thụ lý",
    "case.reported_upward": "Báo cáo cấp trên",
    "case.direction_issued": "Chỉ đạo",
    "case.escalated": "Chuyển lên cấp trên",
    "case.acknowledged": "Xác nhận đã biết",
    "case.decision_issued": "Ra quyết định, trả lời",
    "case.closed": "Kết thúc vụ việc",
    "case.rehomed": "Vụ việc về cơ quan kế thừa",
    "case.marked_complex": "Ghi nhận vụ việc phức tạp",
    "case.unmarked_complex": "Thôi ghi nhận phức tạp",
    "case.marked_remote": "Ghi nhận vùng sâu, vùng xa",
    "case.unmarked_remote": "Đính chính: không thuộc vùng sâu, vùng xa",
    "case.instance_named": "Xác định lần giải quyết",
    "case.contested_named": "Xác định đối tượng khiếu nại",
    "case.settlement_extended": "Gia hạn giải quyết",
    "case.suspended": "Tạm đình chỉ giải quyết",
    "case.continued": "Tiếp tục giải quyết",
    "gathering.reported": "Báo có đoàn đông người",
    "gathering.count_revised": "Đếm lại số người",
    "gathering.acknowledged": "Xác nhận đã biết về đoàn",
    "gathering.crowd_received": "Tiếp đoàn",
    "gathering.dispersed": "Đoàn đã về",
    "gathering.rehomed": "Việc về đoàn sang cơ quan kế thừa",
    "return_mission.requested": "Đề nghị hỗ trợ công dân về",
    "return_mission.lead_named": "Cử người phụ trách",
    "return_mission.officer_dispatched": "Cử cán bộ, bố trí xe",
    "return_mission.offered": "Đề nghị và giải thích",
    "return_mission.consented": "Đồng ý về",
    "return_mission.declined": "Ở lại theo ý muốn",
    "return_mission.departed": "Khởi hành",
    "return_mission.arrived_home": "Về đến nơi",
    "return_mission.handed_over": "Bàn giao tại địa phương",
    "return_mission.follow_up_scheduled": "Hẹn tiếp tại địa phương",
    "return_mission.follow_up_held": "Đã tiếp tại địa phương",
    "return_mission.closed": "Kết thúc hỗ trợ về",
    "return_mission.rehomed": "Việc hỗ trợ về sang cơ quan kế thừa",
    "reminder.due_soon": "Nhắc: sắp đến hạn",
    "reminder.due": "Nhắc: đến hạn hôm nay",
    "reminder.overdue": "Nhắc: quá hạn",
    "reminder.offer_unanswered": "Nhắc: chưa trả lời nhận đơn",
    "reminder.untouched": "Nhắc: đơn để quá lâu chưa xem xét",
    "reminder.leavers_work": "Nhắc: việc của người đã rời vị trí",
    "reminder.crowd_not_received": "Nhắc: chưa tiếp đoàn",
    "reminder.report_unacknowledged": "Nhắc: báo cáo chưa được xác nhận",
    "reminder.direction_due": "Nhắc: sắp đến hạn báo cáo việc được chỉ đạo",
    "reminder.direction_unanswered": "Nhắc: chưa báo cáo việc được chỉ đạo",
    "review.asked": "Đề nghị xem lại kết quả về thời hạn",
    "review.noted": "Đã xem lại kết quả về thời hạn",
    "reminder.follow_up_due": "Nhắc: sắp đến ngày hẹn tiếp tại địa phương",
    "reminder.follow_up_not_held": "Nhắc: quá ngày hẹn tiếp tại địa phương",
    "reminder.settled": "Hết lý do nhắc",
    "reminder.passed_on": "Nhắc chuyển sang cơ quan khác",
    "access.text_opened": "Xem nội dung được bảo vệ",
    "access.history_replayed": "Tua lại hồ sơ",
}

Tell = Callable[[Any, Names], str]


def _office(value: Any, names: Names) -> str:
    return names.office(str(value))


def _offices(value: Any, names: Names) -> str:
    return ", ".join(names.office(str(each)) for each in value)


def _unit(value: Any, names: Names) -> str:
    return names.unit(str(value))


def _code(value: Any, names: Names) -> str:
    del names
    return label(str(value))


def _codes(value: Any, names: Names) -> str:
    return ", ".join(_code(each, names) for each in value)


def _day(value: Any, names: Names) -> str:
    del names
    return formats.day(date.fromisoformat(str(value)[:10]))


def _plain(value: Any, names: Names) -> str:
    del names
    return str(value)


def _yes(value: Any, names: Names) -> str:
    del names
    return "Có" if value else "Không"


def _count(value: Any, names: Names) -> str:
    del names
    return people(value.low, value.high)


FIELDS: Final[Mapping[str, tuple[str, Tell]]] = {
    "number": ("Số hồ sơ", _plain),
    "kind": ("Loại", _code),
    "channel": ("Nguồn", _code),
    "field": ("Lĩnh vực", _code),
    "issue": ("Lĩnh vực", _code),
    "place": ("Nơi xảy ra", _unit),
    "site": ("Nơi tập trung", _code),
    "home": ("Quê", _unit),
    "petitioners": ("Số người đứng đơn", _plain),
    "election": ("Liên quan bầu cử", _yes),
    "accused_office": ("Cơ quan bị nêu", _office),
    "competent_office": ("Cơ quan có thẩm quyền", _office),
    "guidance": ("Nội dung hướng dẫn", _code),
    "to_office": ("Chuyển đến", _office),
    "from_office": ("Từ", _office),
    "home_office": ("Cơ quan nơi đi", _office),
    "offices": ("Các cơ quan", _offices),
    "former": ("Cơ quan đã giải thể", _office),
    "seats": ("Phần việc", _codes),
    "interim": ("Tạm chịu trách nhiệm, chờ quyết định", _yes),
    "candidates": ("Các nơi kế thừa", _offices),
    "superior": ("Cấp trên quyết định", _office),
    "must_receive": ("Phải tiếp", _office),
    "must_come": ("Phải có mặt", _offices),
    "received_by": ("Người tiếp", _code),
    "ground": ("Căn cứ", _code),
    "papers": ("Giấy tờ kèm theo", _plain),
    "reply_due": ("Hạn nhận", _day),
    "due": ("Hạn", _day),
    "times_returned": ("Số lần bị trả lại", _plain),
    "handler": ("Người thụ lý", _plain),
    "outcome": ("Kết quả", _code),
    "decided_on": ("Ngày quyết định", _day),
    "reason": ("Lý do", _code),
    "notice": ("Hình thức thông báo", _code),
    "noticed_on": ("Ngày thông báo", _day),
    "count": ("Số người", _count),
    "in_person": ("Trực tiếp tiếp", _yes),
    "representatives": ("Số người đại diện", _plain),
    "people": ("Số người", _plain),
    "lead": ("Người phụ trách", _plain),
    "officers": ("Số cán bộ", _plain),
    "vehicles": ("Số xe", _plain),
    "needs_care": ("Cần chăm sóc", _yes),
    "receiving_officer": ("Người nhận bàn giao", _plain),
    "on": ("Ngày hẹn", _day),
    "held_on": ("Ngày tiếp", _day),
    "purpose": ("Mục đích", _code),
    "rung": ("Bậc", _plain),
    "grounds": ("Căn cứ phức tạp", _codes),
    "instance": ("Lần giải quyết", _code),
    "contested": ("Đối tượng khiếu nại", _code),
    "known_on": ("Ngày biết", _day),
    "remote": ("Vùng sâu, vùng xa", _yes),
    "obstacle_from": ("Trở ngại từ", _day),
    "obstacle_until": ("Trở ngại đến", _day),
    "step": ("Lần gia hạn", _plain),
    "basis": ("Số văn bản", _plain),
}
"""What a fact says, item by item; a field without a row here is never shown."""


def plain_type(type_name: str) -> str:
    """The type without its version."""
    return type_name.split("/", 1)[0]


def words_of(type_name: str) -> str:
    """An act in words; one that this release does not know is named as it is stored."""
    plain = plain_type(type_name)
    return WORDS.get(plain, plain)


def is_legal(type_name: str) -> bool:
    """Whether an act has a consequence in law."""
    return plain_type(type_name) in LEGAL


def items(fact: object, names: Names) -> Iterable[tuple[str, str, str]]:
    """What a fact says: field, its label, its words; coded facts only, never a text."""
    for name, (term, tell) in FIELDS.items():
        value = getattr(fact, name, None)
        if value is not None and value != ():
            yield name, term, tell(value, names)
