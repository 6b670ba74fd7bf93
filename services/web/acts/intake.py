"""The page on which a petition is taken in (tiếp nhận mới)."""

from typing import Final

from domain.codes import Channel, PetitionKind
from services.web.acts.base import NEXT, Act, Draft, ask, choices_of, count, picker, subject
from services.web.acts.petition import accused
from services.web.models.acts import Question, Section
from services.web.models.forms import Choice, Field

NEXT_ACTS: Final = (
    Choice("keep", "Giữ lại xem thêm"),
    Choice("classify", "Phân loại"),
    Choice("transfer", "Chuyển đơn"),
    Choice("guide", "Hướng dẫn"),
    Choice("open-case", "Thụ lý"),
)


def intake(draft: Draft) -> tuple[Section, ...]:
    """Who, what, how it came, what is next."""
    sealed = draft.values.get("kind") == PetitionKind.DENUNCIATION
    return (
        Section(
            "nguoi-den",
            "1. Người đến",
            who(draft),
            "ghi những gì người dân cho biết; không bắt buộc giấy tờ",
            sealed=sealed,
            may_seal=not sealed,
        ),
        Section("noi-dung", "2. Nội dung", what(draft), key="F8"),
        Section("nguon", "3. Nguồn, thời điểm", how(draft)),
        Section(
            "viec-ke-tiep",
            "4. Việc kế tiếp",
            ((ask(next_act(draft), "radios"),),),
            "ghi riêng, ngay sau biên nhận",
        ),
    )


def who(draft: Draft) -> tuple[tuple[Question, ...], ...]:
    """The identity; all of it goes to the vault, none of it is demanded."""

    def told(name: str, label: str, hint: str = "", kind: str = "text") -> Question:
        return ask(draft.field(name, label, hint, required=False, kind=kind, unmarked=True))

    return (
        (
            told("texts.name", "Họ và tên"),
            told("texts.id_number", "Số định danh", "12 chữ số"),
            told("texts.phone", "Số điện thoại", kind="tel"),
        ),
        (
            told("texts.address", "Nơi ở", "Ghi như người dân nói"),
            count(draft, "petitioners", "Số người cùng đến, cùng ký", default="1"),
        ),
    )


def what(draft: Draft) -> tuple[tuple[Question, ...], ...]:
    """Kind, field, place, summary."""
    kind = draft.field("kind", "Loại", choices=choices_of(PetitionKind))
    summary = draft.field("texts.summary", "Tóm tắt")
    spot = draft.field("texts.place_detail", "Chỗ cụ thể", required=False, unmarked=True)
    return (
        (ask(kind, "radios"),),
        (subject(draft), ask(spot)),
        (picker(draft, "place", "Xảy ra ở", "Tìm nơi khác: xã, huyện, tỉnh; tên cũ cũng được"),),
        (Question(summary, "area", 4),),
        (accused(draft),),
    )


def how(draft: Draft) -> tuple[tuple[Question, ...], ...]:
    """By which way it came, and whether it touches an election."""
    channel = draft.field(
        "channel", "Nguồn", choices=choices_of(Channel), default=Channel.COUNTER.value
    )
    election = draft.field(
        "election", "Liên quan bầu cử, nhân sự", "Được giải quyết kịp thời, khách quan."
    )
    return ((ask(channel, "radios"),), (ask(election, "check"),))


def next_act(draft: Draft) -> Field:
    """What the receipt leads to."""
    return draft.field(NEXT, "Ghi xong thì", choices=NEXT_ACTS, default="keep")


INTAKE: Final = Act(
    "receive", "tiep-nhan", "petitions", "Tiếp nhận mới", "Ghi và in biên nhận",
    "",
    intake,
    (
        "Cơ quan bạn chịu trách nhiệm từ lúc ghi.",
        "Hạn trả lời tính từ ngày tiếp nhận.",
        "Công dân nhận giấy biên nhận có số hồ sơ.",
    ),
)  # fmt: skip
