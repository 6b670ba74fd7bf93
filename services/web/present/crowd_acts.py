"""The acts on a gathering and on a mission of help home, as pages: counts, never names."""

from typing import Final

from domain.codes import Field, Site
from domain.commands import gathering, return_mission
from services.api.bodies import gatherings as bodies
from services.api.bodies.base import PlainAct
from services.web.present.asking import ActKind, Ask, Part

COUNT: Final = (
    Ask("count.low", "Ít nhất", "count"),
    Ask("count.high", "Nhiều nhất", "count"),
)
PEOPLE: Final = Ask("people", "Số người", "count", "Chỉ ghi số người, không ghi tên")
FREE: Final = "Về hay ở là do người dân chọn; không ảnh hưởng đến vụ việc và thời hạn."


def _counted(slug: str, command: type, title: str, said: str, lead: str = "") -> ActKind:
    return ActKind(
        slug, "mission", command, bodies.Headcount, title, "Ghi", said, subject="mission_id",
        lead=lead, parts=(Part("people", title, ((PEOPLE,),)),),
    )  # fmt: skip


CROWD: Final = ActKind(
    "bao", "gathering", gathering.ReportGathering, bodies.GatheringReport,
    "Báo có đoàn đông người", "Báo ngay", "Đã báo đoàn đông người.", made="gathering_id",
    parts=(Part("crowd", "Đoàn", (
        (Ask("site", "Đang ở đâu", "radios", codes=Site),),
        (Ask("place", "Đơn vị nơi đoàn đứng", "picker", picks="unit"),),
        COUNT,
        (Ask("home", "Quê của đoàn", "picker", picks="unit"),),
        (Ask("issue", "Việc gì", "select", codes=Field),),
        (Ask("texts.issue", "Nội dung", "area", "Không ghi tên người", required=False),),
        (Ask("texts.place_detail", "Chỗ cụ thể", required=False),),
        (Ask("case_id", "Vụ việc liên quan", "picker", "Nếu biết: số biên nhận của đơn",
             required=False, picks="case"),),
    )),),
    lead="Báo ngay khi thấy; đếm lại được bất cứ lúc nào.",
    follows=("Cơ quan các cấp liên quan được báo ngay.",
             "Người phải tiếp được xác định theo nơi đoàn đứng."),
)  # fmt: skip

COUNT_AGAIN: Final = ActKind(
    "dem-lai", "gathering", gathering.ReviseGatheringCount, bodies.CountRevision,
    "Đếm lại", "Ghi số người", "Đã ghi số người.", subject="gathering_id",
    parts=(Part("count", "Số người", (COUNT,)),),
)  # fmt: skip

KNOWN: Final = ActKind(
    "da-biet", "gathering", gathering.AcknowledgeGathering, PlainAct,
    "Xác nhận đã biết", "Đã biết", "Đã xác nhận là biết về đoàn này.", subject="gathering_id",
    lead="Các cơ quan khác thấy rằng cơ quan bạn đã biết về đoàn này.",
)  # fmt: skip

RECEIVE: Final = ActKind(
    "tiep", "gathering", gathering.ReceiveCrowd, bodies.CrowdReception,
    "Tiếp đoàn", "Ghi đã tiếp", "Đã ghi việc tiếp đoàn.", subject="gathering_id",
    parts=(Part("reception", "Tiếp đoàn", (
        (Ask("in_person", "Người đứng đầu trực tiếp tiếp", "check", required=False),),
        (Ask("representatives", "Số người đại diện", "count"),),
        (Ask("texts.result", "Kết quả", "area", "Vào kho được bảo vệ", required=False),),
    )),),
)  # fmt: skip

LEFT: Final = ActKind(
    "da-ve", "gathering", gathering.DisperseGathering, PlainAct,
    "Đoàn đã về", "Ghi đoàn đã về", "Đã ghi đoàn đã về.", subject="gathering_id",
    lead="Nói về nơi này, không về người nào. Sau đó không đếm, không tiếp được nữa.",
)  # fmt: skip

ASK_RETURN: Final = ActKind(
    "de-nghi-ve", "gathering", return_mission.RequestReturn, bodies.ReturnRequest,
    "Đề nghị hỗ trợ công dân về", "Đề nghị", "Đã đề nghị địa phương hỗ trợ.", made="mission_id",
    in_body="gathering_id", lead=FREE, parts=(Part("people", "Hỗ trợ", ((PEOPLE,),)),),
)  # fmt: skip

LEAD: Final = ActKind(
    "phu-trach", "mission", return_mission.NameReturnLead, bodies.LeadName,
    "Cử người phụ trách", "Cử", "Đã cử người phụ trách.", subject="mission_id",
    parts=(Part("lead", "Ai phụ trách", (
        (Ask("lead", "Người phụ trách", "picker", picks="colleague"),),
    )),),
)  # fmt: skip

DISPATCH: Final = ActKind(
    "cu-can-bo", "mission", return_mission.DispatchReturnOfficer, bodies.Dispatch,
    "Cử cán bộ, bố trí xe", "Ghi", "Đã ghi cán bộ và xe.", subject="mission_id",
    parts=(Part("dispatch", "Cán bộ và xe", (
        (Ask("officers", "Số cán bộ", "count"), Ask("vehicles", "Số xe", "count")),
    )),),
)  # fmt: skip

ARRIVE: Final = ActKind(
    "ve-den", "mission", return_mission.ArriveHome, bodies.Arrival,
    "Về đến nơi", "Ghi", "Đã ghi về đến nơi.", subject="mission_id",
    parts=(Part("people", "Về đến nơi", (
        (PEOPLE,), (Ask("needs_care", "Có người cần chăm sóc", "check", required=False),),
    )),),
)  # fmt: skip

HAND_OVER: Final = ActKind(
    "ban-giao", "mission", return_mission.HandOver, bodies.HandOverTo,
    "Bàn giao tại địa phương", "Bàn giao", "Đã bàn giao.", subject="mission_id",
    parts=(Part("over", "Bàn giao", (
        (Ask("receiving_officer", "Người nhận", "picker", picks="colleague"),),
    )),),
)  # fmt: skip

FOLLOW_UP: Final = ActKind(
    "hen-tiep", "mission", return_mission.ScheduleFollowUp, bodies.FollowUp,
    "Hẹn tiếp tại địa phương", "Hẹn", "Đã hẹn ngày tiếp.", subject="mission_id",
    parts=(Part("when", "Ngày tiếp", ((Ask("on", "Ngày", "day", "Ví dụ 20/05/2025"),),)),),
)  # fmt: skip

HELD: Final = ActKind(
    "da-tiep", "mission", return_mission.HoldFollowUp, bodies.FollowUpHeld,
    "Đã tiếp tại địa phương", "Ghi đã tiếp", "Đã ghi việc tiếp tại địa phương.",
    subject="mission_id",
    lead="Ghi cả khi đợt hỗ trợ đã kết thúc: lời hẹn với người dân còn đó cho đến khi tiếp xong.",
    parts=(Part("when", "Đã tiếp", ((Ask("held_on", "Ngày tiếp", "day", "Ví dụ 20/05/2025"),),)),),
)  # fmt: skip

MISSION_END: Final = ActKind(
    "ket-thuc", "mission", return_mission.CloseReturnMission, PlainAct,
    "Kết thúc hỗ trợ về", "Kết thúc", "Đợt hỗ trợ đã kết thúc.", subject="mission_id",
    lead="Chỉ kết thúc khi đã có người nhận bàn giao và ngày hẹn tiếp.",
)  # fmt: skip

GATHERING_ACTS: Final = (COUNT_AGAIN, KNOWN, RECEIVE, LEFT, ASK_RETURN)
MISSION_ACTS: Final = (
    LEAD,
    DISPATCH,
    _counted("de-nghi", return_mission.OfferReturn, "Đề nghị và giải thích", "Đã ghi.", FREE),
    _counted("dong-y", return_mission.RecordConsent, "Đồng ý về", "Đã ghi số người đồng ý.", FREE),
    _counted("o-lai", return_mission.RecordDecline, "Ở lại theo ý muốn", "Đã ghi.", FREE),
    _counted("khoi-hanh", return_mission.DepartForHome, "Khởi hành", "Đã ghi khởi hành."),
    ARRIVE,
    HAND_OVER,
    FOLLOW_UP,
    HELD,
    MISSION_END,
)
