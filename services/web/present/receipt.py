"""The receipt of a petition, printed on paper (giấy biên nhận)."""

from domain.codes import PetitionKind
from domain.law.law import Law
from domain.law.limits import reply_limit
from domain.names import short_name
from projections.petition_row import PetitionRow
from services.web.models import Link
from services.web.models.acts import Paper, PaperLine, ReceiptPage
from services.web.present.deadlines import why
from services.web.present.frame import Seat, shell
from services.web.present.words import label

SAMPLE = "Dữ liệu mẫu, không có giá trị."


def receipt_page(row: PetitionRow, seat: Seat, law: Law) -> ReceiptPage:
    """The paper and what to do next. Nobody's name is on it: the citizen writes it in."""
    names, day = seat.names, row.received_on
    calendar = law.calendar_of(row.in_charge, row.in_charge_unit)
    limit = reply_limit(PetitionKind(row.kind), day, calendar, law.book)
    until = PaperLine("Trả lời trước hết ngày ", f"{limit.due:%d/%m/%Y}", ".") if limit else None
    place = short_name(names.unit(row.received_unit))
    here = f"/ho-so/{row.petition_id}"
    paper = Paper(
        superior=names.superior(row.received_office),
        office=names.office(row.received_office),
        number=row.number,
        place_and_day=f"{place}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        title="Giấy biên nhận",
        subtitle="Về việc tiếp nhận đơn",
        lines=(
            PaperLine(f"{names.office(row.received_office)} đã tiếp nhận của ông/bà: "
                      "..............................................................."),
            PaperLine("Loại đơn: ", label(row.kind), f", lĩnh vực {label(row.field).lower()}."),
            PaperLine("Số biên nhận: ", row.number, ". Hỏi về đơn, xin nêu số này."),
            *((until,) if until else ()),
            PaperLine("Khi đơn được chuyển, cơ quan này còn chịu trách nhiệm cho đến khi nơi nhận "
                      "đã nhận; hạn trả lời không tính lại."),
        ),
        signer="Người tiếp nhận",
        receiver="Người gửi đơn",
        sample=SAMPLE if seat.demo else "",
    )  # fmt: skip
    return ReceiptPage(
        shell=shell(seat, f"Biên nhận {row.number}", here="/tiep-nhan"),
        title=f"Đã tiếp nhận, số {row.number}",
        number=row.number,
        words="Đưa tờ giấy cho người dân.",
        paper=paper,
        next=(
            Link("Phân loại đơn", f"{here}/phan-loai"),
            Link("Mở hồ sơ", here),
            Link("Tiếp nhận đơn khác", "/tiep-nhan"),
        ),
        why=why(limit, seat.today, calendar) if limit else None,
    )
