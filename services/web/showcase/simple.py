"""Sign-in, error pages, and one page with every component; invented."""

from dataclasses import dataclass, replace

from services.web.models import (
    Alert,
    Answer,
    Choice,
    Custody,
    DueChip,
    ErrorPage,
    Field,
    FieldError,
    Holder,
    Link,
    Moment,
    Person,
    Place,
    Seats,
    Shell,
    SignIn,
    StateTag,
    Why,
    WhyDay,
)
from services.web.showcase.frames import NOW, commune_shell, plain_shell
from services.web.showcase.province import alert


@dataclass(frozen=True, slots=True)
class Components:
    """Every component once, for the showcase alone."""

    shell: Shell
    alert: Alert
    chips: tuple[DueChip, ...]
    tags: tuple[StateTag, ...]
    custody: Custody
    why: Why
    moments: tuple[Moment, ...]
    errors: tuple[FieldError, ...]
    name: Field
    phone: Field
    kind: Field
    area: Field
    summary: Field
    answers: tuple[Answer, ...]


def sign_in(*, wrong: bool = False) -> SignIn:
    people = (
        Person("p1", "Lãnh đạo tỉnh", "UBND tỉnh Bắc Giang", "xem toàn tỉnh"),
        Person("p2", "Trưởng ban", "Ban Tiếp công dân huyện Lục Nam", "xem huyện, trình, chỉ đạo"),
        Person("p3", "Cán bộ tiếp dân", "UBND xã Tam Dị", "tiếp nhận, chuyển, nhận đơn"),
        Person("p4", "Chuyên viên", "Phòng Nông nghiệp và Môi trường", "giải quyết đơn"),
        Person("p5", "Thanh tra viên", "Thanh tra tỉnh", "tua lại hồ sơ, có ghi nhật ký"),
    )
    seats = tuple(Seats(person.office, (person,)) for person in people)
    errors = (FieldError("person", "Vai này không còn nữa. Hãy chọn vai khác."),)
    return SignIn(
        shell=plain_shell("Đăng nhập"),
        action="/dang-nhap",
        places=(
            Place("Bắc Giang", "Đoàn đông người ở Lục Nam, đơn chuyển chưa ai nhận", seats),
            Place("Lạng Sơn", "Hỗ trợ công dân về từ Hà Nội", seats[:3]),
            Place("Tây Ninh", "Đơn trình lên huyện Tân Biên", seats[:3]),
        ),
        first=people,
        errors=errors if wrong else (),
    )


def broken() -> ErrorPage:
    return ErrorPage(
        shell=commune_shell("", "none"),
        title="Chưa ghi được",
        what="Kho sự kiện không trả lời. Chưa có gì được ghi; bấm Thử lại cũng chỉ ghi một lần.",
        kept="Nội dung bạn đã gõ còn ở dưới đây.",
        trace="0af7-651916cd",
        status=503,
        links=(Link("Thử lại", "/tiep-nhan"), Link("Về bàn tiếp dân", "/hop-viec")),
        kept_text=(("Tóm tắt", "Trại chăn nuôi xả nước thải ra mương tưới."),),
    )


def not_found() -> ErrorPage:
    return ErrorPage(
        shell=replace(commune_shell("", "none"), title="Không tìm thấy"),
        title="Không tìm thấy hồ sơ này",
        what="Mã không đúng, hoặc hồ sơ không thuộc phần việc của bạn.",
        trace="0af7-651916ce",
        status=404,
        links=(Link("Về hộp việc", "/hop-viec"),),
    )


def components() -> Components:
    """One page with everything on it."""
    return Components(
        shell=replace(commune_shell("Bàn tiếp dân"), title="Thành phần", notice="Đã lưu bản nháp."),
        alert=alert(),
        chips=(
            DueChip("overdue", "Quá hạn 6 ngày"), DueChip("today", "Hạn hôm nay"),
            DueChip("soon", "Còn 2 ngày làm việc"), DueChip("later", "Còn 6 ngày làm việc"),
            DueChip("paused", "Tạm dừng từ 09/05"),
        ),
        tags=(
            StateTag("waiting", "Chờ nhận"), StateTag("working", "Đang giải quyết"),
            StateTag("done", "Đã xong"), StateTag("returned", "Bị trả lại"),
            StateTag("alone", "Chưa ai tiếp"), StateTag("plain", "Mới tiếp nhận"),
        ),
        custody=Custody(
            Holder("UBND xã Tam Dị", "từ 29/04/2025, đến khi bạn nhận"),
            Holder("Phòng Nông nghiệp và Môi trường", "UBND huyện Lục Nam · cơ quan bạn"),
        ),
        why=why(),
        moments=moments(),
        errors=(FieldError("phone", "Số điện thoại thiếu 1 chữ số"),),
        name=Field("name", "Họ và tên", "Nguyễn Thị A (mẫu)"),
        phone=Field("phone", "Số điện thoại", "0912 345 67", error="Số điện thoại thiếu 1 chữ số"),
        kind=Field(
            "kind", "Loại", "phan-anh",
            choices=(Choice("khieu-nai", "Khiếu nại"), Choice("to-cao", "Tố cáo"),
                     Choice("kien-nghi", "Kiến nghị"), Choice("phan-anh", "Phản ánh")),
        ),
        area=Field("area", "Lĩnh vực", "mt", choices=(Choice("mt", "Môi trường"),)),
        summary=Field("summary", "Tóm tắt", "Trại chăn nuôi xả nước thải.", required=False),
        answers=(
            Answer("Họ và tên", "Nguyễn Thị A (mẫu)", edit_href="#name"),
            Answer("Hạn trả lời", ", 10 ngày làm việc", "Thứ Tư 28/05/2025", why_href="#han"),
        ),
    )  # fmt: skip


def why() -> Why:
    days = (
        "29/4 0/10", "30 lễ", "1/5 lễ", "2 bù", "3 T7", "4 CN", "5 1/10", "6 2/10", "7 3/10",
        "8 4/10", "9 5/10", "10 T7", "11 CN", "12 6/10", "13 7/10", "14 8/10", "15 9/10",
        "16 10/10",
    )  # fmt: skip
    pairs = [day.split() for day in days]
    return Why(
        title="Trả lời người phản ánh",
        due=DueChip("soon", "Còn 2 ngày làm việc"),
        words="Thứ Sáu 16/05/2025 · tính từ lần tiếp nhận đầu, không tính lại khi chuyển",
        question="Vì sao 16/05?",
        days=tuple(
            WhyDay(top, below, "/" not in below, today=top == "14", last=top == "16")
            for top, below in pairs
        ),
        reasons=(
            "Quy định: 10 ngày làm việc từ ngày tiếp nhận. Luật Tiếp công dân 2013, Điều 28.",
            "Bắt đầu: 29/04/2025 (ngày tiếp nhận, không tính).",
            "Bỏ qua 7 ngày: 30/04 và 01/05 nghỉ lễ; 02/05 nghỉ hoán đổi; 03–04/05 cuối tuần.",
            "Gia hạn: không. Tạm dừng: không.",
        ),
        rule=Link("Bản áp dụng", "/quy-dinh"),
        open=True,
    )


def moments() -> tuple[Moment, ...]:
    day = NOW.replace(day=12, hour=9, minute=15)
    return (
        Moment("m4", "waiting", "Chờ Phòng Nông nghiệp và Môi trường nhận",
               "Nhận, hoặc trả lại có lý do, trước hết ngày 15/05/2025.", note="2 ngày"),
        Moment("m3", "read", "Đã xem", "Chuyên viên. Mục đích: xem xét tiếp nhận", day),
        Moment("m2", "legal", "Chuyển đơn",
               "Cán bộ tiếp dân, UBND xã Tam Dị → Phòng Nông nghiệp và Môi trường.", day,
               late="Ghi lúc 16:48, muộn 7 giờ 33 phút.", proof=Link("Bằng chứng 18.219", "/bc")),
        Moment("m1", "other", "Kiểm tra tại chỗ", "Công chức địa chính, UBND xã Tam Dị", day,
               proof=Link("Bằng chứng 17.960", "/bc")),
    )  # fmt: skip
