"""The pages of acts on a gathering (đoàn đông người), and the request for help home."""

from typing import Final

from domain.codes import Site
from services.web.acts.base import (
    Act,
    Draft,
    ask,
    choices_of,
    count,
    note,
    nothing,
    one,
    picker,
    subject,
)
from services.web.models.acts import Question, Section

ROUGH: Final = "Đếm ước lượng là đủ; đếm lại bất cứ lúc nào."
NO_NAMES: Final = "Không ghi tên, không chụp ảnh, không theo dõi đường đi của người dân."


def crowd_size(draft: Draft) -> tuple[Question, ...]:
    """From how many to how many."""
    return (
        count(draft, "count.low", "Ít nhất"),
        count(draft, "count.high", "Nhiều nhất"),
    )


def report(draft: Draft) -> tuple[Section, ...]:
    """Where, how many, about what, from where."""
    site = draft.field("site", "Nơi tập trung", choices=choices_of(Site))
    unit = "Tìm đơn vị: xã, huyện, tỉnh"
    return (
        Section(
            "o-dau",
            "1. Ở đâu",
            (
                (ask(site, "radios"),),
                (picker(draft, "place", "Thuộc địa bàn", unit),),
                (ask(draft.field("texts.place_detail", "Chỗ cụ thể", required=False)),),
            ),
        ),
        Section("bao-nhieu", "2. Bao nhiêu người", (crowd_size(draft),), ROUGH),
        Section(
            "viec-gi",
            "3. Việc gì, từ đâu đến",
            (
                (subject(draft, "issue"),),
                (picker(draft, "home", "Người dân từ", unit),),
                (note(draft, "texts.issue", "Họ đề nghị gì"),),
                (
                    picker(
                        draft,
                        "case_id",
                        "Vụ việc liên quan",
                        "Số vụ việc",
                        "Để trống nếu chưa rõ.",
                        required=False,
                    ),
                ),
            ),
        ),
    )


def recount(draft: Draft) -> tuple[Section, ...]:
    """A new count; the earlier ones stay on record."""
    return one("dem-lai", "Số người lúc này", crowd_size(draft), meta=ROUGH)


def reception(draft: Draft) -> tuple[Section, ...]:
    """Who received, how many representatives, what came of it."""
    in_person = draft.field(
        "in_person", "Thủ trưởng trực tiếp tiếp đoàn", "Bỏ trống khi cấp phó tiếp thay."
    )
    return one(
        "tiep",
        "Tiếp đoàn",
        (ask(in_person, "check"),),
        (
            count(
                draft,
                "representatives",
                "Số người đại diện",
                "Đoàn đến 10 người: không quá 2. Đông hơn: không quá 5.",
            ),
        ),
        (note(draft, "texts.result", "Kết quả, điều đã hứa", 4),),
    )


def helping_home(draft: Draft) -> tuple[Section, ...]:
    """How many may want help."""
    hint = "Số người có thể cần hỗ trợ. Về hay ở do chính họ quyết định."
    return one("ho-tro", "Đề nghị hỗ trợ về", (count(draft, "people", "Số người", hint),))


GATHERING_ACTS: Final = (
    Act(
        "report-gathering", "bao", "gatherings", "Báo đoàn đông người", "Báo ngay",
        "Báo xong, xã, huyện, tỉnh biết ngay. " + NO_NAMES,
        report,
        ("Ai phải tiếp, ai phải đến được tính từ nơi tập trung và nơi ở của người dân.", NO_NAMES),
    ),
    Act(
        "recount", "dem-lai", "counts", "Đếm lại", "Ghi số người",
        "Số trước vẫn còn trong diễn biến.",
        recount,
        checked=False,
    ),
    Act(
        "acknowledge-gathering", "da-biet", "acknowledgement", "Xác nhận đã biết", "Đã biết",
        "Nói rằng cơ quan bạn đã biết về đoàn này. Đã biết chưa phải là đã tiếp.",
        nothing,
        checked=False,
    ),
    Act(
        "receive-crowd", "tiep", "reception", "Tiếp đoàn", "Ghi đã tiếp",
        "Người có trách nhiệm gặp đại diện của đoàn tại nơi tiếp công dân.",
        reception,
        ("Đoàn chuyển sang “Đang đối thoại” trên mọi bảng.",),
    ),
    Act(
        "disperse", "da-ve", "dispersal", "Đoàn đã về", "Ghi đoàn đã về",
        "Ghi khi không còn ai ở đó. Việc của họ vẫn được giải quyết như cũ.",
        nothing,
        checked=False,
    ),
    Act(
        "request-return", "ho-tro-ve", "return-missions", "Đề nghị hỗ trợ công dân về",
        "Gửi đề nghị",
        "Gửi đến nơi người dân cư trú: cử người và xe. Đây là lời đề nghị giúp, không phải lệnh.",
        helping_home,
        ("Nơi cư trú được báo ngay.", "Không về không ảnh hưởng gì đến vụ việc và thời hạn."),
    ),
)  # fmt: skip
