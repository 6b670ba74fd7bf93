"""Samples of the calendar and the rulebook; the days are real, the notices' use is invented."""

from dataclasses import replace
from datetime import date

from services.calendar_months import DayKind
from services.web.models import Choice, DueChip, Field, Link, Pager, Why, WhyDay
from services.web.models.acts import Question
from services.web.models.calendar import (
    CalendarCell,
    CalendarForm,
    CalendarLine,
    CalendarPage,
    MovedLine,
    Moves,
    ReviewLine,
    ReviewsPage,
)
from services.web.models.law import LawPage, RuleGroup, RuleLine, RulePage, Trial
from services.web.models.places import DayPick
from services.web.present.calendar import KINDS
from services.web.showcase.offices import clerk, post

MARKED = {
    7: (DayKind.HOLIDAY, "Nghỉ lễ: Giỗ Tổ Hùng Vương", "45/2019/QH14", False),
    22: (DayKind.CLOSED, "Đóng cửa: bão", "", True),
    26: (DayKind.WORKED, "Làm bù cho 02/05", "", True),
    30: (DayKind.HOLIDAY, "Nghỉ lễ: Ngày Chiến thắng", "45/2019/QH14", False),
}


def calendar() -> CalendarPage:
    """April 2025 as a clerk of a commune reads it."""
    return CalendarPage(
        shell=clerk("Lịch làm việc tháng 4/2025", "Lịch"),
        title="Lịch làm việc: UBND xã Tam Dị",
        month="Tháng 4/2025",
        summary="21 ngày làm việc. Giờ làm việc 07:30-11:30, 13:00-17:00.",
        weeks=weeks(),
        previous=Link("Tháng 3/2025", "/"),
        next=Link("Tháng 5/2025", "/"),
        day=DayPick("/lich", "14/04/2025", asks_known=True),
        owners=((Link("UBND xã Tam Dị", "/"), True),
                (Link("Mọi cơ quan của xã Tam Dị", "/"), False)),
        find=Field("tim", "Tìm theo tên", required=False, unmarked=True),
        hidden=(("thang", "2025-04"),),
        found=(),
        lines=(
            CalendarLine("Thứ Hai 07/04/2025", "Giỗ Tổ Hùng Vương, nghỉ lễ", "45/2019/QH14",
                         "Đã đối chiếu", "Có sẵn"),
            CalendarLine("Thứ Ba 22/04/2025", "UBND xã Tam Dị đóng cửa: bão",
                         "Chưa có số văn bản", "Chưa đối chiếu", "21/04/2025", Link("Hủy", "/")),
            CalendarLine("Thứ Sáu 02/05/2025",
                         "Nghỉ hoán đổi (Ngày Quốc tế Lao động), bù 26/04/2025",
                         "Chưa có số văn bản", "Chưa đối chiếu", "Có sẵn"),
        ),
        legend=tuple((kind.value, words) for kind, words in KINDS.items()),
    )  # fmt: skip


def weeks() -> tuple[tuple[CalendarCell, ...], ...]:
    """April 2025: its first is a Tuesday."""
    cells = [CalendarCell()]
    for number in range(1, 31):
        weekend = date(2025, 4, number).weekday() >= 5
        usual = DayKind.WEEKEND if weekend else DayKind.WORKING
        kind, words, note, unread = MARKED.get(number, (usual, "", "", False))
        cells.append(CalendarCell(str(number), kind.value, "", words, note, unread, number == 14))
    cells += [CalendarCell()] * (-len(cells) % 7)
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))


def writing() -> CalendarPage:
    """The same for who enters a day off, refused once, with suggestions."""
    form = CalendarForm(
        title="Ngày nghỉ",
        lead="Áp dụng cho mọi cơ quan. Hạn của hồ sơ đang giải quyết được tính lại ngay.",
        submit="Ghi ngày nghỉ",
        post=post("/lich/ngay-nghi", version=""),
        questions=(
            Question(Field("day", "Ngày nghỉ", value="03/05/2025", hint="Ngày trong tuần"), "day"),
            Question(Field("kind", "Loại", value="holiday",
                           choices=(Choice("holiday", "Nghỉ lễ"), Choice("swapped", "Hoán đổi"))),
                     "radios"),
            Question(Field("basis", "Số văn bản", required=False)),
            Question(Field("verified", "Đã đọc văn bản gốc", required=False), "check"),
        ),
        problem="Ngày 03/05/2025 là cuối tuần.",
    )  # fmt: skip
    month = calendar()
    swapped = replace(month.lines[-1], withdraw=Link("Hủy", "/"), confirm=Link("Đối chiếu", "/"))
    return replace(
        month,
        lines=(*month.lines[:-1], swapped),
        acts=((Link("Ngày nghỉ", "/"), True), (Link("Đóng cửa", "/"), False)),
        form=form,
        suggested=(Link("05/02/2027: Tết Nguyên đán, nghỉ lễ", "/"),),
        suggested_title="Gợi ý năm 2027, chưa có trong lịch",
    )


def moved() -> CalendarPage:
    """After an act: which deadlines it moved."""
    return replace(
        calendar(),
        moves=Moves(
            "1.204 hạn đang chạy đã dời, ở 2 cơ quan.",
            offices=(("UBND tỉnh Bắc Giang", "1.190"), ("UBND xã Tam Dị", "14")),
            rows=(MovedLine("LN-TDI-25-0147", "/ho-so/0147", "Trả lời công dân", "19/05/2025",
                            "20/05/2025"),),
            more="Còn nữa: xem trong danh sách hồ sơ.",
        ),
        find=Field("tim", "Tìm theo tên", value="tam", required=False, unmarked=True),
        found=(Link("UBND xã Tam Dị", "/"),),
    )  # fmt: skip


RULE = RuleLine(
    term="Thụ lý khiếu nại",
    says="10 ngày từ ngày tiếp nhận (khiếu nại)",
    article="Luật Khiếu nại 2011, Điều 27",
    validity="từ 01/07/2012 đến 30/06/2026",
    read="Đã đối chiếu",
    href="/luat/acceptance.complaint",
    beside=("Từ 01/07/2026: 7 ngày làm việc từ ngày tiếp nhận (Nghị định 155/2026, Điều 10)",),
    attempt=Link("Tính thử", "/luat#thu"),
)


def law() -> LawPage:
    """What is in force, before anything is tried."""
    clocks = (Choice("reply.citizen", "Trả lời công dân"), Choice("acceptance", "Thụ lý"))
    questions = (
        Question(Field("dong-ho", "Thời hạn", value="reply.citizen", choices=clocks), "select"),
        Question(Field("tu", "Tính từ ngày", value="24/04/2025", hint="Ngày này chưa tính"), "day"),
        Question(Field("co-remote", "Vùng sâu, vùng xa", required=False), "check"),
        Question(Field("noi", "Theo lịch của", required=False, unmarked=True)),
    )
    return LawPage(
        shell=clerk("Quy định áp dụng", "Quy định"),
        title="Quy định áp dụng ngày 14/05/2025",
        summary="Bộ quy tắc ấn bản 1, 47 quy định.",
        day=DayPick("/luat", "14/05/2025", asks_known=True),
        regimes=((Link("Trước 01/07/2025", "/"), True), (Link("Từ 01/07/2025", "/"), False)),
        books=((Link("Mọi thời hạn", "/"), True), (Link("Khiếu nại", "/"), False)),
        groups=(
            RuleGroup("g-0", "Khiếu nại", (RULE, replace(
                RULE, term="Đối thoại", read="Chưa đối chiếu văn bản gốc", unread=True,
                notes=("Chuyển tiếp: vụ việc thụ lý trước 01/07/2026 theo quy định mới.",),
                beside=(),
            ))),
        ),
        trial=Trial(questions),
    )  # fmt: skip


def tried() -> LawPage:
    """A limit tried out, with each day on the way."""
    why = Why(
        "Trả lời công dân", DueChip("later", "Còn 10 ngày làm việc"),
        "Thứ Hai 12/05/2025: 10 ngày làm việc từ ngày tiếp nhận 24/04/2025.", "Vì sao 12/05?",
        days=(WhyDay("24/4", "0/10"), WhyDay("25", "1/10"), WhyDay("26", "2/10"),
              WhyDay("27", "CN", skipped=True)),
        reasons=("Tính cả thứ Bảy 26/04: ngày làm bù.",), open=True,
    )  # fmt: skip
    page = law()
    rule = Link("Luật Tiếp công dân 2013, Điều 28 khoản 1", "/luat/reply.citizen")
    trial = replace(
        page.trial, why=why, whose="Tính theo lịch của UBND xã Tam Dị.", rule=rule,
        others=(Link("mọi cơ quan của phường Tam Dị", "/"),),
    )  # fmt: skip
    return replace(page, trial=trial)


def reviews() -> ReviewsPage:
    """Two ended files, one of which the reader may say something about."""
    line = ReviewLine(
        "xem-lai-0131", "LN-TDI-25-0131", "/ho-so/0131", "Trả lời công dân", "20/05/2025",
        "19/05/2025, muộn 1 ngày", "20/05/2025, đúng hạn", "UBND xã Tam Dị",
        post("/xem-lai/0131", version=""),
    )  # fmt: skip
    return ReviewsPage(
        shell=clerk("Hồ sơ đã kết thúc chờ xem lại", "Lịch"),
        title="Hồ sơ đã kết thúc chờ xem lại",
        summary="Thông báo đến muộn làm đổi kết quả đúng hạn hay quá hạn.",
        rows=(line, replace(line, number="LN-TDI-25-0140", post=None)),
        outcomes=(Choice("stands", "Giữ nguyên kết quả đã ghi"),
                  Choice("amended", "Đã đính chính trong báo cáo")),
        problem="Chọn kết quả xem lại.",
        pager=Pager("", next_href="/"),
    )  # fmt: skip


def rule() -> RulePage:
    """A rule whose limit changes."""
    old = replace(RULE, term="từ 01/07/2012 đến 30/06/2026", href="", current=True)
    new = replace(
        RULE, term="từ 01/07/2026", says="7 ngày làm việc từ ngày tiếp nhận (khiếu nại)", href="",
        attempt=None, unread=True, read="Chưa đối chiếu văn bản gốc",
        beside=("Trước đó, đến 30/06/2026: 10 ngày từ ngày tiếp nhận",),
    )  # fmt: skip
    return RulePage(
        shell=clerk("Thụ lý khiếu nại", "Quy định"),
        crumbs=(Link("Quy định áp dụng", "/luat"), Link("Khiếu nại", "/luat?so=Khiếu nại")),
        title="Thụ lý khiếu nại",
        code="acceptance.complaint",
        summary="Bộ quy tắc ấn bản 1. Đánh dấu quy định có hiệu lực 14/05/2025.",
        groups=(RuleGroup("r-0", "Thụ lý khiếu nại", (old, new)),),
    )
