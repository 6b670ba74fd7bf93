"""The pages of acts on a petition (đơn)."""

from typing import Final

from domain.codes import Guidance, PetitionKind, ReturnGround, TransferGround
from services.web.acts.base import (
    Act,
    Draft,
    ask,
    choices_of,
    count,
    day,
    note,
    nothing,
    one,
    picker,
    subject,
)
from services.web.models.acts import Question, Section

STAYS: Final = "Nơi gửi còn chịu trách nhiệm cho đến khi nơi nhận nhận đơn."
CLOCK: Final = "Hạn trả lời tính từ lần tiếp nhận đầu, không tính lại khi chuyển."
FIND_OFFICE: Final = "Tìm cơ quan: tên, mã, tên cũ cũng được"


def classification(draft: Draft) -> tuple[Section, ...]:
    """Kind, field, competence."""
    kind = draft.field("kind", "Loại", choices=choices_of(PetitionKind))
    return one(
        "phan-loai",
        "Đơn này là gì, ai có thẩm quyền",
        (ask(kind, "radios"),),
        (subject(draft),),
        (picker(draft, "competent_office", "Cơ quan có thẩm quyền", FIND_OFFICE),),
        (
            picker(
                draft,
                "repeat_of",
                "Trùng với đơn",
                "Số hồ sơ của đơn trước",
                "Cùng người, cùng việc, đã có đơn trước. Để trống nếu không trùng.",
                required=False,
            ),
        ),
        (accused(draft),),
    )


def accused(draft: Draft) -> Question:
    """The office a petition is about."""
    return picker(
        draft,
        "accused_office",
        "Cơ quan bị khiếu nại, tố cáo",
        FIND_OFFICE,
        "Đơn không bao giờ được chuyển đến cơ quan này. Để trống nếu không có.",
        required=False,
    )


def guidance(draft: Draft) -> tuple[Section, ...]:
    """What the citizen is told."""
    told = draft.field("guidance", "Hướng dẫn công dân", choices=choices_of(Guidance))
    return one(
        "huong-dan",
        "Nội dung hướng dẫn",
        (ask(told, "radios", column=True),),
        (
            picker(
                draft,
                "competent_office",
                "Cơ quan có thẩm quyền",
                FIND_OFFICE,
                "Chỉ khi hướng dẫn đến một cơ quan.",
                required=False,
            ),
        ),
        (note(draft, label="Lời hướng dẫn"),),
    )


def transfer(draft: Draft) -> tuple[Section, ...]:
    """To whom, why, with which papers, by when."""
    ground = draft.field("ground", "Căn cứ chuyển", choices=choices_of(TransferGround))
    return one(
        "chuyen",
        "Chuyển đi đâu, vì sao",
        (picker(draft, "to_office", "Chuyển đến", FIND_OFFICE),),
        (ask(ground, "radios", column=True),),
        (
            count(draft, "papers", "Số giấy tờ kèm theo", default="0"),
            day(
                draft,
                "reply_due",
                "Xin trả lời trước hết ngày",
                "Để trống: ba ngày làm việc.",
                required=False,
            ),
        ),
        (note(draft),),
    )


def giving_back(draft: Draft) -> tuple[Section, ...]:
    """Why it goes back."""
    ground = draft.field("ground", "Lý do trả lại", choices=choices_of(ReturnGround))
    return one("tra-lai", "Vì sao trả lại", (ask(ground, "radios", column=True),), (note(draft),))


def competence(draft: Draft) -> tuple[Section, ...]:
    """Which office is answerable."""
    return one(
        "tham-quyen",
        "Cơ quan nào giải quyết",
        (picker(draft, "to_office", "Giao cho", FIND_OFFICE),),
        (note(draft, label="Căn cứ quyết định"),),
    )


PETITION_ACTS: Final = (
    Act(
        "classify", "phan-loai", "classification", "Phân loại đơn", "Ghi phân loại",
        "Xếp theo nội dung đơn, không theo tiêu đề đơn.",
        classification,
        ("Loại, lĩnh vực, thẩm quyền hiện trên hồ sơ.", CLOCK),
    ),
    Act(
        "guide", "huong-dan", "guidance", "Hướng dẫn công dân", "Ghi hướng dẫn",
        "Nói với công dân phải đến đâu hoặc còn thiếu gì. Không hướng dẫn lòng vòng.",
        guidance,
        ("Đơn coi như đã trả lời; công dân vẫn gửi lại được.",),
    ),
    Act(
        "transfer", "chuyen", "transfers", "Chuyển đơn", "Chuyển đơn",
        STAYS,
        transfer,
        (STAYS, "Nơi nhận được báo ngay, nhận hoặc trả lại có lý do.", CLOCK),
    ),
    Act(
        "accept", "nhan", "acceptance", "Nhận đơn", "Nhận đơn",
        "Nhận xong, cơ quan bạn chịu trách nhiệm và giữ nguyên hạn trả lời. "
        "Nơi gửi được báo ngay.",
        nothing,
        checked=False,
    ),
    Act(
        "return", "tra-lai", "return", "Trả lại đơn, nêu lý do", "Trả lại đơn",
        "Nơi gửi tiếp tục chịu trách nhiệm. Trả lần thứ hai thì cấp trên chung quyết định "
        "thẩm quyền.",
        giving_back,
        ("Nơi gửi được báo ngay cùng lý do.", CLOCK),
    ),
    Act(
        "recall", "thu-hoi", "recall", "Thu hồi đơn đã chuyển", "Thu hồi",
        "Nơi nhận chưa trả lời. Thu hồi xong, đơn ở lại cơ quan bạn; trách nhiệm không đổi.",
        nothing,
        checked=False,
    ),
    Act(
        "decide-competence", "tham-quyen", "competence-decision",
        "Quyết định thẩm quyền giải quyết", "Quyết định",
        "Đơn đã bị trả lại hai lần. Cơ quan được giao chịu trách nhiệm ngay, không trả lại được.",
        competence,
        ("Cơ quan được giao chịu trách nhiệm từ lúc ghi.", CLOCK),
    ),
    Act(
        "open-case", "thu-ly", "cases", "Thụ lý", "Thụ lý",
        "Mở vụ việc từ đơn này. Khiếu nại, tố cáo có thêm hạn giải quyết, tính từ hôm nay.",
        nothing,
        checked=False,
    ),
)  # fmt: skip
