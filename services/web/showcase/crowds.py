"""Samples of crowds, missions and their lists; invented."""

from dataclasses import replace

from services.web.models import Ago, Alert, EmptyState, Fragment, Link, StateTag
from services.web.models.crowds import (
    CrowdLine,
    CrowdList,
    CrowdRow,
    CrowdStep,
    Duty,
    GatheringPage,
    MissionPage,
    MissionStep,
    Share,
)
from services.web.models.dossier import Acts, HomeWait, ProtectedText, Tab
from services.web.models.shell import AgeState
from services.web.showcase.frames import at
from services.web.showcase.offices import chair, on

HERE = "/su-viec/g1"
ALONE = StateTag("alone", "Chưa ai tiếp")


def gathering(state: AgeState = "live") -> GatheringPage:
    """Forty to fifty people at a district's gate; its chair has not confirmed yet."""
    return GatheringPage(
        shell=chair("Đoàn tại trụ sở UBND huyện Lục Nam", state),
        title="Đoàn tại trụ sở UBND huyện Lục Nam",
        state=ALONE,
        ago=Ago("12 phút", "báo lúc 14:20", " từ khi báo (14:20)"),
        steps=(
            CrowdStep("Báo", "done"), CrowdStep("Tiếp", "late"), CrowdStep("Đối thoại", "next"),
            CrowdStep("Chỉ đạo", "next"), CrowdStep("Kết thúc", "next"),
        ),
        people="40–50",
        counted="Đếm lúc 14:24 · Ban Tiếp công dân huyện. Trước đó 30–40 (14:20).",
        counts="3 lần đếm",
        duties=(
            Duty("Trực tiếp tiếp đoàn", "Chủ tịch UBND huyện",
                 StateTag("waiting", "Đã báo 14:21, chưa xác nhận")),
            Duty("Phải có mặt", "Chủ tịch UBND xã Nghĩa Phương",
                 StateTag("done", "Đã biết, 14:27")),
            Duty("Cấp đang xử lý", "Huyện · tỉnh đã được báo 14:20"),
        ),
        issue="Bồi thường giải phóng mặt bằng đường tỉnh 293, người dân xã Nghĩa Phương.",
        related=(Link("1 vụ việc liên quan", "/vu-viec/31"),),
        texts=(ProtectedText("Họ đề nghị gì", open=Link("Mở, nêu mục đích", f"{HERE}/nd/1")),),
        feed=(
            CrowdLine("change-4", at(14, 27), "UBND xã Nghĩa Phương: đã biết"),
            CrowdLine("change-3", at(14, 24), "Đếm lại: 40–50 người"),
            CrowdLine("change-2", at(14, 22), "Đếm lại: 35–45 người"),
            CrowdLine("change-1", at(14, 20), "Báo đoàn đông người, 30–40 người"),
        ),
        acts=Acts("", Link("Tôi tiếp đoàn này", f"{HERE}/tiep"),
                  (Link("Đếm lại", f"{HERE}/dem-lai"), Link("Xin hỗ trợ về", f"{HERE}/ho-tro-ve"))),
        more=(Link("Đoàn đã về", f"{HERE}/da-ve"),),
        stale_advice="Gọi Ban Tiếp công dân huyện để biết số mới.",
        live=Fragment(f"{HERE}/phan/tat-ca", "gatherings"),
    )  # fmt: skip


def unacknowledged() -> GatheringPage:
    """The office has not said that it knows."""
    alert = Alert("g1", "Đoàn mới", "14:20", "Trụ sở UBND huyện Lục Nam: ",
                  "30–40 người, bạn phải trực tiếp tiếp.",
                  acknowledge_href=f"{HERE}/da-biet")  # fmt: skip
    return replace(gathering(), alerts=(alert,))


def dispersed() -> GatheringPage:
    """Received, talked to, gone."""
    done = tuple(replace(step, state="done") for step in gathering().steps)
    return replace(
        gathering(),
        state=StateTag("done", "Đã tiếp"),
        ago=None,
        steps=done,
        duties=(Duty("Đã tiếp đoàn", "Chủ tịch UBND huyện, trực tiếp, 5 đại diện"),),
        acts=Acts("Đoàn đã về lúc 16:05, không ghi thêm được."),
        more=(),
    )


def mission() -> MissionPage:
    """Sixteen asked in Hanoi: twelve on their way home, four stay by choice."""
    return MissionPage(
        shell=chair("Hỗ trợ công dân về, Lục Nam"),
        crumbs=(Link("Hỗ trợ về", "/ho-tro-ve"),),
        title="12 người đang trên đường về, 4 người ở lại",
        state=StateTag("working", "Đang hỗ trợ về"),
        facts=("Từ Hà Nội về huyện Lục Nam", "Đề nghị 14/05/2025, 08:10", "Bản ghi thứ 7"),
        people=16,
        shares=(Share(12, "Đồng ý về"), Share(4, "Ở lại theo ý mình", "vẫn được mời tiếp"),
                Share(0, "Chưa trả lời")),
        promise="Về hay ở do người dân tự quyết; không ghi tên, không nhận xét. Ở lại không ảnh "
        "hưởng gì đến vụ việc và thời hạn.",
        steps=steps(),
        acts=Acts("Ghi khi mọi người đã về đến địa phương.",
                  Link("Về đến nơi", "/ho-tro-ve/m1/ve-den"),
                  (Link("Cử thêm cán bộ", "/ho-tro-ve/m1/cu-can-bo"),)),
        missing=(Link("12 người chưa về đến nơi", ""),
                 Link("Cán bộ tiếp nhận tại địa phương", ""),
                 Link("Ngày tiếp tại địa phương", "/ho-tro-ve/m1/hen-tiep")),
        offices=(Duty("Nơi đề nghị", "Ban Tiếp công dân tỉnh Bắc Giang"),
                 Duty("Phụ trách", "UBND huyện Lục Nam", StateTag("done", "Đã cử, 08:25")),
                 Duty("Nơi cư trú", "UBND huyện Lục Nam")),
        related=(Link("Đoàn tại Hà Nội", "/su-viec/g4"), Link("Vụ việc liên quan", "/vu-viec/31")),
        reminders=(CrowdLine("reminder-1", at(9, 0), "Nhắc: sắp đến ngày tiếp tại địa phương. "
                             "Hệ thống báo UBND huyện Lục Nam. Hạn 16/05/2025."),),
        homes=(HomeWait("Cơ quan bạn chỉ tạm chịu trách nhiệm thay UBND xã Nghĩa Phương cho đến "
                        "khi bạn quyết định nơi nhận.",
                        Link("Quyết định nơi nhận", "/ho-so-cho-quyet-dinh?chon=m1#chosen")),),
        live=Fragment("/ho-tro-ve/m1/phan/tat-ca", "returns"),
    )  # fmt: skip


def steps() -> tuple[MissionStep, ...]:
    return (
        MissionStep("b1", "Đề nghị nơi cư trú", "16 người", "done", at(8, 10)),
        MissionStep("b2", "Cử người phụ trách", "UBND huyện Lục Nam", "done", at(8, 25)),
        MissionStep("b3", "Cử cán bộ, bố trí xe", "3 cán bộ, 1 xe", "done", at(8, 50)),
        MissionStep("b4", "Hỏi từng người", "16 người được giải thích và hỏi", "done", at(11, 20)),
        MissionStep("b5", "Người dân trả lời", "12 đồng ý, 4 ở lại", "done", at(11, 45)),
        MissionStep("b6", "Khởi hành", "12 người", "done", at(12, 30)),
        MissionStep("b7", "Về đến nơi", "đang trên đường", "now",
                    act=Link("Ghi về đến", "/ho-tro-ve/m1/ve-den")),
        MissionStep("b8", "Bàn giao tại địa phương", "cần một cán bộ tiếp nhận", "next"),
        MissionStep("b9", "Hẹn ngày tiếp", "mời cả người ở lại", "next",
                    act=Link("Hẹn ngày", "/ho-tro-ve/m1/hen-tiep")),
        MissionStep("b10", "Kết thúc", "", "next"),
    )  # fmt: skip


def all_declined() -> MissionPage:
    """Nobody wished to go: nothing is missing but the date."""
    page = mission()
    changed = tuple(
        replace(step, state="skipped", words="không ai cần", at=None, act=None)
        if step.id in ("b6", "b7", "b8") else step
        for step in page.steps
    )  # fmt: skip
    return replace(
        page,
        title="16 người ở lại theo ý mình",
        state=StateTag("waiting", "Chờ hẹn ngày tiếp"),
        shares=(Share(0, "Đồng ý về"), Share(16, "Ở lại theo ý mình", "vẫn được mời tiếp"),
                Share(0, "Chưa trả lời")),
        steps=changed,
        acts=Acts("Hẹn ngày tiếp tại địa phương rồi kết thúc được.",
                  Link("Hẹn ngày tiếp", "/ho-tro-ve/m1/hen-tiep")),
        missing=(Link("Ngày tiếp tại địa phương", "/ho-tro-ve/m1/hen-tiep"),),
    )  # fmt: skip


def gatherings(state: AgeState = "live") -> CrowdList:
    rows = (
        CrowdRow("g1", "Trụ sở UBND huyện Lục Nam", HERE, "tỉnh Bắc Giang",
                 "Bồi thường, tái định cư", "từ xã Nghĩa Phương", ALONE,
                 "Phải tiếp: Chủ tịch UBND huyện", "40–50 người", "đếm 14:24",
                 Ago("12 phút", "báo lúc 14:20", " từ khi báo")),
        CrowdRow("g2", "Trụ sở UBND xã Bảo Sơn", "/su-viec/g2", "huyện Lục Nam", "Đất đai",
                 "từ xã Bảo Sơn", StateTag("working", "Đang đối thoại"),
                 "Chủ tịch UBND xã tiếp lúc 13:40", "10–15 người", "đếm 13:30"),
    )  # fmt: skip
    return CrowdList(
        shell=chair("Đoàn đông người", state),
        title="Đoàn đông người",
        summary="Huyện Lục Nam · 2 đoàn, 1 chưa ai tiếp",
        tabs=(Tab("Đang diễn ra", "/doan-dong-nguoi", 2, current=True),
              Tab("Chưa ai tiếp", "/doan-dong-nguoi?tt=waiting", 1),
              Tab("Đã về", "/doan-dong-nguoi?tt=gone", 5)),
        headers=("Nơi tập trung", "Việc gì", "Trạng thái", "Số người"),
        rows=rows,
        act=Link("Báo đoàn đông người", "/su-viec/bao"),
        live=Fragment("/doan-dong-nguoi/phan/hang", "gatherings"),
    )  # fmt: skip


def no_gatherings() -> CrowdList:
    """A quiet day."""
    return replace(
        gatherings(),
        summary="Huyện Lục Nam",
        rows=(),
        empty=EmptyState("Không có đoàn đông người.", "Kiểm tra gần nhất 14:32:05."),
    )


def missions() -> CrowdList:
    row = CrowdRow(
        "m1", "Hà Nội → huyện Lục Nam", "/ho-tro-ve/m1", f"đề nghị {on(14, 8, 10):%d/%m %H:%M}",
        "Bồi thường, tái định cư", "phụ trách: UBND huyện Lục Nam",
        StateTag("working", "Trên đường về"), "kế tiếp: ghi về đến nơi",
        "12 về, 4 ở lại", "16 người được hỏi",
    )  # fmt: skip
    return replace(
        gatherings(),
        shell=chair("Hỗ trợ công dân về"),
        title="Hỗ trợ công dân về",
        summary="Huyện Lục Nam · 1 đợt",
        tabs=(Tab("Đang làm", "/ho-tro-ve", 1, current=True), Tab("Tất cả", "/ho-tro-ve?tat-ca=1")),
        headers=("Từ đâu về đâu", "Việc gì", "Đến bước nào", "Người dân trả lời"),
        rows=(row,),
        act=None,
        live=Fragment("/ho-tro-ve/phan/hang", "returns"),
    )
