"""The pages of the steps of a mission of help home (hỗ trợ công dân về)."""

from collections.abc import Callable
from typing import Final

from services.web.acts.base import Act, Draft, ask, count, day, nothing, one, picker
from services.web.models.acts import Section

FREE: Final = "Về hay ở do người dân tự quyết. Không ghi tên, không nhận xét."


def people(title: str, label: str, hint: str = "") -> Callable[[Draft], tuple[Section, ...]]:
    """A step that is a number of people."""

    def sections(draft: Draft) -> tuple[Section, ...]:
        return one("so-nguoi", title, (count(draft, "people", label, hint),))

    return sections


def lead(draft: Draft) -> tuple[Section, ...]:
    """Who leads."""
    return one("phu-trach", "Ai phụ trách", (picker(draft, "lead", "Người phụ trách", ""),))


def dispatch(draft: Draft) -> tuple[Section, ...]:
    """How many officers and vehicles."""
    return one(
        "cu-di",
        "Cử ai, xe gì",
        (count(draft, "officers", "Số cán bộ"), count(draft, "vehicles", "Số xe")),
    )


def arrival(draft: Draft) -> tuple[Section, ...]:
    """How many arrived, and whether somebody needs care."""
    care = draft.field(
        "needs_care", "Có người cần chăm sóc", "Trẻ em, người ốm, người già: báo y tế, thôn."
    )
    return one(
        "ve-den", "Về đến nơi", (count(draft, "people", "Số người về đến"),), (ask(care, "check"),)
    )


def handover(draft: Draft) -> tuple[Section, ...]:
    """Who takes over at home."""
    return one(
        "ban-giao",
        "Ai tiếp nhận tại địa phương",
        (picker(draft, "receiving_officer", "Cán bộ tiếp nhận", ""),),
    )


def follow_up(draft: Draft) -> tuple[Section, ...]:
    """When they are received at home."""
    hint = "Người ở lại cũng được mời. Ví dụ 20/05/2025."
    return one("hen-tiep", "Hẹn ngày tiếp", (day(draft, "on", "Ngày tiếp tại địa phương", hint),))


MISSION_ACTS: Final = (
    Act("name-lead", "phu-trach", "lead", "Cử người phụ trách", "Cử người",
        "Cơ quan cử người là cơ quan phụ trách. Cử lại được.", lead, checked=False),
    Act("dispatch", "cu-can-bo", "dispatch", "Cử cán bộ, bố trí xe", "Ghi đã cử",
        "Cán bộ và xe từ nơi người dân cư trú.", dispatch, checked=False),
    Act("offer", "de-nghi", "offer", "Đề nghị hỗ trợ về", "Ghi đã đề nghị",
        "Đã giải thích và hỏi từng người. " + FREE,
        people("Đã hỏi bao nhiêu người", "Số người được hỏi"), checked=False),
    Act("consent", "dong-y", "consents", "Ghi số người đồng ý về", "Ghi đồng ý", FREE,
        people("Đồng ý về", "Số người"), checked=False),
    Act("decline", "khong-ve", "declines", "Ghi số người ở lại", "Ghi ở lại",
        FREE + " Không ảnh hưởng gì đến vụ việc và thời hạn.",
        people("Ở lại theo ý mình", "Số người"), checked=False),
    Act("depart", "di", "departure", "Khởi hành", "Ghi đã đi",
        "Chỉ đi cùng người đã đồng ý.", people("Lên đường", "Số người"), checked=False),
    Act("arrive", "ve-den", "arrival", "Về đến nơi", "Ghi đã về đến",
        "Ghi khi đã về đến địa phương.", arrival, checked=False),
    Act("hand-over", "ban-giao", "handover", "Bàn giao tại địa phương", "Ghi bàn giao",
        "Có người tiếp nhận thì mới kết thúc được.", handover, checked=False),
    Act("follow-up", "hen-tiep", "follow-up", "Hẹn ngày tiếp", "Ghi ngày hẹn",
        "Mỗi người về được tiếp tại địa phương vào ngày hẹn.", follow_up, checked=False),
    Act("close-mission", "ket-thuc", "closure", "Kết thúc đợt hỗ trợ", "Kết thúc",
        "Mọi người đã trả lời, không ai còn trên đường, đã bàn giao, đã hẹn ngày tiếp.",
        nothing, checked=False),
)  # fmt: skip
