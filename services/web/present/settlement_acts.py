"""The acts on the time a case takes, as pages (việc về thời hạn giải quyết)."""

from typing import Final

from domain.codes import LABELS, ComplexGround, Contested, Instance, SuspensionGround
from domain.commands import settlement
from services.api.bodies import settlements as bodies
from services.api.bodies.base import PlainAct
from services.web.present.asking import ActKind, Ask, Part

DECIDED_ON: Final = Ask("decided_on", "Ngày quyết định", "day", "Ví dụ 14/05/2025")
BASIS: Final = Ask("basis", "Số văn bản", "text", "Ví dụ 12/QĐ-UBND")
SAID_ONCE: Final = "Nơi gửi đơn và cấp trên thấy ngay hạn mới cùng lý do."

COMPLEX: Final = ActKind(
    "ghi-phuc-tap", "case", settlement.MarkComplex, bodies.Complexity,
    "Ghi nhận vụ việc phức tạp", "Ghi nhận", "Đã ghi nhận vụ việc phức tạp.", subject="case_id",
    lead="Chọn mọi căn cứ đang có. Lần ghi này thay cho lần trước.",
    parts=(Part("grounds", "Căn cứ", tuple(
        (Ask(f"grounds.{ground}", LABELS[ground], "check", required=False),)
        for ground in ComplexGround
    )),),
    follows=("Khiếu nại phức tạp có thời hạn dài hơn, không cần quyết định gia hạn.",
             "Tố cáo phức tạp chỉ thêm ngày khi có quyết định gia hạn."),
    many=("grounds",),
)  # fmt: skip

PLAIN: Final = ActKind(
    "thoi-phuc-tap", "case", settlement.UnmarkComplex, PlainAct,
    "Thôi ghi nhận phức tạp", "Thôi ghi nhận", "Đã thôi ghi nhận phức tạp.", subject="case_id",
    lead="Các quyết định gia hạn đã ra vẫn còn hiệu lực.",
)  # fmt: skip

REMOTE: Final = ActKind(
    "vung-sau-vung-xa", "case", settlement.MarkRemote, bodies.RemoteArea,
    "Ghi nhận vùng sâu, vùng xa", "Ghi nhận", "Đã ghi nhận vùng sâu, vùng xa.", subject="case_id",
    parts=(Part("list", "Căn cứ", (
        (Ask("basis", "Số văn bản có danh sách", "text", "Ví dụ 861/QĐ-TTg"),),
    )),),
)  # fmt: skip

NOT_REMOTE: Final = ActKind(
    "dinh-chinh-dia-ban", "case", settlement.UnmarkRemote, PlainAct,
    "Đính chính: không thuộc vùng sâu, vùng xa", "Đính chính", "Đã đính chính địa bàn.",
    subject="case_id",
)  # fmt: skip

INSTANCE: Final = ActKind(
    "lan-giai-quyet", "case", settlement.NameInstance, bodies.NamedInstance,
    "Xác định lần giải quyết", "Ghi", "Đã ghi lần giải quyết.", subject="case_id",
    parts=(Part("which", "Lần giải quyết", (
        (Ask("instance", "Lần", "radios", codes=Instance),),
    )),),
)  # fmt: skip

CONTESTED: Final = ActKind(
    "doi-tuong", "case", settlement.NameContested, bodies.NamedContested,
    "Xác định đối tượng khiếu nại", "Ghi", "Đã ghi đối tượng khiếu nại.", subject="case_id",
    parts=(Part("which", "Khiếu nại về", (
        (Ask("contested", "Đối tượng", "radios", codes=Contested, column=True),),
    )),),
)  # fmt: skip

EXTEND: Final = ActKind(
    "gia-han", "case", settlement.ExtendSettlement, bodies.Extension,
    "Gia hạn giải quyết", "Ghi gia hạn", "Đã ghi gia hạn.", subject="case_id",
    parts=(Part("decision", "Quyết định gia hạn", ((DECIDED_ON,), (BASIS,))),),
    follows=(SAID_ONCE,),
)  # fmt: skip

SUSPEND: Final = ActKind(
    "tam-dinh-chi", "case", settlement.SuspendCase, bodies.Suspension,
    "Tạm đình chỉ giải quyết", "Ghi tạm đình chỉ", "Đã ghi tạm đình chỉ.", subject="case_id",
    lead="Thời gian tạm đình chỉ không tính vào thời hạn.",
    parts=(Part("decision", "Quyết định tạm đình chỉ", (
        (Ask("ground", "Căn cứ", "radios", codes=SuspensionGround, column=True),),
        (DECIDED_ON,),
        (BASIS,),
    )),),
    follows=("Không ra được quyết định giải quyết cho đến khi tiếp tục.",),
)  # fmt: skip

CONTINUE: Final = ActKind(
    "tiep-tuc", "case", settlement.ContinueCase, bodies.Continuation,
    "Tiếp tục giải quyết", "Ghi tiếp tục", "Đã ghi tiếp tục giải quyết.", subject="case_id",
    parts=(Part("decision", "Quyết định tiếp tục", ((DECIDED_ON,), (BASIS,))),),
    follows=(SAID_ONCE,),
)  # fmt: skip

SETTLEMENT_ACTS: Final = (
    COMPLEX, PLAIN, REMOTE, NOT_REMOTE, INSTANCE, CONTESTED, EXTEND, SUSPEND, CONTINUE,
)  # fmt: skip
