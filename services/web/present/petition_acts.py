"""The acts on a petition, as pages (việc trên đơn)."""

from typing import Final

from domain.codes import (
    Channel,
    Field,
    Guidance,
    PetitionKind,
    ReturnGround,
    TransferGround,
)
from domain.commands import case, petition
from services.api.bodies import cases as case_bodies
from services.api.bodies import petitions as bodies
from services.api.bodies.base import PlainAct
from services.web.models.acts import Widget
from services.web.present.asking import ActKind, Ask, Part
from services.web.present.filing_acts import FILING_ACTS

NOTE: Final = Ask(
    "texts.note", "Ghi chú", "area", "Vào kho được bảo vệ, mở ra phải nêu mục đích", required=False
)


def _told(name: str, label: str, hint: str = "", widget: Widget = "text") -> Ask:
    """Written down as told, if it is: the form does not say so beside each."""
    return Ask(name, label, widget, hint, required=False, rows=4, unmarked=True)


ANSWERABLE: Final = "Cơ quan bạn còn chịu trách nhiệm cho đến khi nơi nhận bấm Nhận đơn."

INTAKE: Final = ActKind(
    "tiep-nhan", "petition", petition.ReceivePetition, bodies.Reception,
    "Tiếp nhận đơn", "Ghi và in biên nhận", "Đã tiếp nhận đơn.", made="petition_id",
    parts=(
        Part(
            "who", "Người đến", (
                (_told("texts.name", "Họ và tên"),),
                (_told("texts.id_number", "Số định danh", "12 chữ số, che sau khi nhập"),
                 _told("texts.address", "Nơi ở", "Thôn, xã, tỉnh như người dân nói")),
                (_told("texts.phone", "Số điện thoại"),
                 Ask("petitioners", "Số người đứng đơn", "count", default="1")),
            ), "Không có giấy tờ vẫn tiếp nhận", may_seal=True,
        ),
        Part(
            "what", "Nội dung", (
                (Ask("kind", "Loại", "radios", "Theo nội dung, không theo tên đơn",
                     codes=PetitionKind),),
                (Ask("field", "Lĩnh vực", "select", codes=Field),
                 Ask("channel", "Nguồn tiếp nhận", "select", codes=Channel, default="counter")),
                (Ask("place", "Nơi xảy ra", "picker", "Không phải nơi người dân ở",
                     picks="unit"),),
                (_told("texts.place_detail", "Chỗ cụ thể", "Thôn, đường, thửa đất"),),
                (_told("texts.summary", "Tóm tắt", "Ghi như người dân nói", "area"),),
                (Ask("accused_office", "Cơ quan bị khiếu nại, tố cáo", "picker",
                     "Cơ quan này không thấy và không nhận được đơn", required=False,
                     picks="office"),),
                (Ask("election", "Liên quan bầu cử", "check", required=False),),
            ), key="F8",
        ),
    ),
    follows=("Đơn vào sổ với số liền kề của cơ quan, in biên nhận cho người dân.",
             "Hạn trả lời tính từ hôm nay và không tính lại khi chuyển."),
)  # fmt: skip

CLASSIFY: Final = ActKind(
    "phan-loai", "petition", petition.ClassifyPetition, bodies.Classification,
    "Phân loại đơn", "Ghi phân loại", "Đã phân loại đơn.", subject="petition_id",
    parts=(
        Part("sort", "Phân loại", (
            (Ask("kind", "Loại đơn", "radios",
                 "Đã là tố cáo thì danh tính người gửi được niêm phong, phân loại lại không mở.",
                 codes=PetitionKind),),
            (Ask("field", "Lĩnh vực", "select", codes=Field),),
            (Ask("competent_office", "Cơ quan có thẩm quyền", "picker", picks="office"),),
            (Ask("accused_office", "Cơ quan bị khiếu nại, tố cáo", "picker", required=False,
                 picks="office"),),
            (Ask("repeat_of", "Đơn trước về cùng nội dung", "picker",
                 "Nếu là đơn gửi lại: số biên nhận của đơn trước", required=False,
                 picks="petition"),),
        )),
    ),
    lead="Phân loại không chuyển trách nhiệm: cơ quan bạn vẫn giữ đơn.",
)  # fmt: skip

GUIDE: Final = ActKind(
    "huong-dan", "petition", petition.GuideCitizen, bodies.GuidanceGiven,
    "Hướng dẫn công dân", "Ghi hướng dẫn", "Đã ghi hướng dẫn.", subject="petition_id",
    parts=(
        Part("told", "Đã hướng dẫn gì", (
            (Ask("guidance", "Nội dung hướng dẫn", "radios", codes=Guidance, column=True),),
            (Ask("competent_office", "Cơ quan có thẩm quyền", "picker", required=False,
                 picks="office"),),
            (NOTE,),
        )),
    ),
    follows=("Hướng dẫn là trả lời người dân, đơn kết thúc ở đây.",),
)  # fmt: skip

TRANSFER: Final = ActKind(
    "chuyen", "petition", petition.TransferPetition, bodies.Transfer,
    "Chuyển đơn", "Chuyển đơn", "Đã chuyển đơn, chờ nơi nhận.", subject="petition_id",
    parts=(
        Part("where", "Chuyển đến đâu", (
            (Ask("to_office", "Cơ quan nhận", "picker", picks="office"),),
            (Ask("ground", "Căn cứ", "radios", codes=TransferGround, column=True),),
            (Ask("papers", "Số giấy tờ kèm theo", "count", default="0"),
             Ask("reply_due", "Hạn nhận", "day", "Để trống: hạn theo quy định",
                 required=False)),
            (NOTE,),
        )),
    ),
    lead=ANSWERABLE,
    follows=(ANSWERABLE, "Nơi nhận phải nhận hoặc trả lại có lý do.",
             "Tổng thời hạn trả lời người dân không tính lại."),
)  # fmt: skip

ACCEPT: Final = ActKind(
    "nhan", "petition", petition.AcceptPetition, PlainAct,
    "Nhận đơn", "Nhận đơn", "Đã nhận đơn. Cơ quan bạn chịu trách nhiệm từ bây giờ.",
    subject="petition_id",
    lead="Nhận xong, cơ quan bạn chịu trách nhiệm. Hạn trả lời người dân tính từ lần tiếp nhận "
    "đầu, không tính lại.",
)  # fmt: skip

RETURN: Final = ActKind(
    "tra-lai", "petition", petition.ReturnPetition, bodies.Return,
    "Trả lại đơn", "Trả lại, nêu lý do", "Đã trả lại đơn cho nơi gửi.", subject="petition_id",
    parts=(
        Part("why", "Vì sao trả lại", (
            (Ask("ground", "Lý do", "radios", codes=ReturnGround, column=True),),
            (NOTE,),
        )),
    ),
    lead="Nơi gửi vẫn chịu trách nhiệm. Lần trả lại thứ hai, cấp trên chung quyết định thẩm quyền.",
    follows=("Nơi gửi vẫn chịu trách nhiệm và được báo ngay.",),
)  # fmt: skip

RECALL: Final = ActKind(
    "thu-hoi", "petition", petition.RecallPetition, PlainAct,
    "Thu hồi đơn đã chuyển", "Thu hồi", "Đã thu hồi đơn.", subject="petition_id",
    lead="Chỉ thu hồi được khi nơi nhận chưa trả lời. Cơ quan bạn vẫn đang chịu trách nhiệm.",
)  # fmt: skip

DECIDE: Final = ActKind(
    "tham-quyen", "petition", petition.DecideCompetence, bodies.CompetenceDecision,
    "Quyết định thẩm quyền", "Quyết định", "Đã quyết định cơ quan có thẩm quyền.",
    subject="petition_id",
    parts=(
        Part("judge", "Ai giải quyết", (
            (Ask("to_office", "Cơ quan có thẩm quyền", "picker", picks="office"),),
            (NOTE,),
        )),
    ),
    follows=("Cơ quan được chọn chịu trách nhiệm ngay, không cần bấm nhận.",),
)  # fmt: skip

TAKE_UP: Final = ActKind(
    "thu-ly", "petition", case.OpenCase, case_bodies.CaseOpening,
    "Thụ lý vụ việc", "Thụ lý", "Đã thụ lý, vụ việc có số.", made="case_id",
    in_body="petition_id",
    lead="Đơn thành vụ việc do cơ quan bạn giải quyết, có số và thời hạn giải quyết riêng.",
)  # fmt: skip

PETITION_ACTS: Final = (
    CLASSIFY, GUIDE, TRANSFER, ACCEPT, RETURN, RECALL, DECIDE, TAKE_UP, *FILING_ACTS,
)  # fmt: skip
