"""The acts on how a petition was filed, as pages (việc nộp đơn)."""

from typing import Final

from domain.codes import CheckGround, Contested, Instance, PetitionKind
from domain.commands import filing
from services.api.bodies import filings as bodies
from services.web.present.asking import ActKind, Ask, Part

FILED: Final = ActKind(
    "thoi-hieu", "petition", filing.DateFiling, bodies.Filing,
    "Ghi thời hiệu khiếu nại", "Ghi", "Đã ghi thời hiệu.", subject="petition_id",
    lead="Khiếu nại quá thời hiệu vẫn được ghi nhận; cơ quan bạn quyết định có thụ lý hay không.",
    parts=(Part("what", "Khiếu nại về gì, biết từ ngày nào", (
        (Ask("contested", "Đối tượng", "radios", codes=Contested, column=True),),
        (Ask("instance", "Lần", "radios", codes=Instance),),
        (Ask("known_on", "Ngày nhận hoặc biết quyết định, hành vi", "day", "Ví dụ 14/05/2025"),),
        (Ask("remote", "Người khiếu nại ở vùng sâu, vùng xa", "check", required=False),),
    )), Part("obstacle", "Trở ngại khách quan", (
        (Ask("obstacle_from", "Từ ngày", "day", required=False),
         Ask("obstacle_until", "Đến hết ngày", "day", required=False)),
    ), "Những ngày này không tính vào thời hiệu")),
)  # fmt: skip

FURTHER: Final = ActKind(
    "to-cao-tiep", "petition", filing.NameFurther, bodies.Further,
    "Ghi nhận tố cáo tiếp", "Ghi", "Đã ghi nhận tố cáo tiếp.", subject="petition_id",
    parts=(Part("what", "Kết luận bị tố cáo tiếp", (
        (Ask("basis", "Số văn bản", "text", "Ví dụ 12/KL-UBND"),),
    )),),
)  # fmt: skip

WIDER: Final = ActKind(
    "kiem-tra-nhieu-noi", "petition", filing.WidenCheck, bodies.WiderCheck,
    "Kiểm tra ở nhiều nơi hoặc ủy quyền", "Ghi", "Đã ghi việc kiểm tra.", subject="petition_id",
    parts=(Part("why", "Kiểm tra thế nào", (
        (Ask("ground", "Lý do", "radios", codes=CheckGround, column=True),),
    )),),
)  # fmt: skip

FILING_ACTS: Final = (FILED, FURTHER, WIDER)


def possible(kind: PetitionKind) -> tuple[ActKind, ...]:
    """What may be noted about the filing of such a petition."""
    match kind:
        case PetitionKind.COMPLAINT:
            return (FILED,)
        case PetitionKind.DENUNCIATION:
            return (FURTHER, WIDER)
    return ()
