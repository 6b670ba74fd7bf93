"""The province board of Bắc Giang on an invented afternoon."""

from dataclasses import replace
from typing import Final

from services.web.models import (
    Ago,
    Alert,
    Cell,
    ChangeLine,
    EmptyState,
    Figure,
    GatheringCard,
    Header,
    Link,
    ProvinceBoard,
    StateTag,
    UnitGroup,
    UnitRow,
    UnitTable,
)
from services.web.models.shell import AgeState, Fragment
from services.web.showcase.frames import NOW, at, province_shell
from services.web.showcase.province_map import DISTRICTS, drawing

ROWS: Final[tuple[tuple[str, int, int, int, int, int, int], ...]] = (
    ("B", 0, 0, 5, 3, 7, 0), ("Y", 1, 0, 1, 0, 2, 0), ("T", 0, 0, 2, 1, 4, 0),
    ("L", 0, 0, 3, 1, 3, 0), ("N", 1, 1, 10, 6, 9, 1), ("G", 0, 0, 1, 1, 2, 0),
    ("S", 0, 0, 5, 1, 3, 0), ("V", 1, 0, 3, 2, 5, 0), ("H", 0, 0, 3, 3, 4, 0),
    ("C", 0, 0, 0, 1, 2, 0),
)  # fmt: skip
HEADERS: Final = (
    "Đoàn đang\ndiễn ra",
    "Chưa\nai tiếp",
    "Chuyển đến\nchưa nhận",
    "Quá\nhạn",
    "Hạn trong\n3 ngày",
    "Đang hỗ\ntrợ về",
)


def province_board(state: AgeState = "live", *, wall: bool = False) -> ProvinceBoard:
    """The board with work on it."""
    shell = province_shell(state, wall=wall)
    return ProvinceBoard(
        shell=shell,
        title="Bảng điều hành toàn tỉnh",
        summary="10 huyện, thị xã, thành phố · 192 xã, phường, thị trấn",
        as_of=shell.age.at or NOW,
        live=Fragment("/dieu-hanh/phan/bang", "board"),
        alerts=(alert(),),
        figures=figures(),
        units=unit_table(busy=True),
        gatherings=gatherings(),
        gatherings_note="4 đoàn, chưa ai tiếp xếp trước",
        no_gatherings=None,
        stale_advice="Việc đoàn đông người: gọi trực ban 0204 385 xxx.",
        map=drawing(busy=True, wall=wall),
        changes=changes()[: 6 if wall else None],
        changes_more=Link("Cả ngày, 61 việc", "/thay-doi"),
        viewing="14/05/2025 14:24" if state == "stale" else "Bây giờ",
        view_href="/dieu-hanh",
        wall_href="/dieu-hanh?man-hinh-lon=1",
        wall_units=wall_table() if wall else None,
    )


def empty_province_board(*, wall: bool = False) -> ProvinceBoard:
    """The board on a day on which nothing waits."""
    quiet = (
        ("Đoàn đang diễn ra", "Kết thúc gần nhất 13/05, 16:40"),
        ("Đoàn chưa ai tiếp", "Không có đoàn chờ"),
        ("Chuyển đến chưa nhận", "Tất cả đã nhận"),
        ("Quá hạn", "Không có đơn quá hạn"),
        ("Đang hỗ trợ về", "Không có đợt nào"),
    )
    lines = tuple(replace(f, ago=None, urgent=False, number=0) for f in figures())
    return replace(
        province_board(wall=wall),
        shell=province_shell(busy=False, wall=wall),
        alerts=(),
        figures=tuple(
            replace(figure, label=label, trend=words, days=(*figure.days[:-1], 0))
            for figure, (label, words) in zip(lines, quiet, strict=True)
        ),
        units=unit_table(busy=False),
        gatherings=(),
        gatherings_note="",
        no_gatherings=EmptyState(
            "Không có đoàn nào đang diễn ra.",
            "Kiểm tra gần nhất 14:32:05. Đoàn gần nhất kết thúc hôm qua, 13/05/2025, 16:40.",
            Link("Xem các đoàn đã kết thúc", "/doan?ket-thuc=1"),
        ),
        map=drawing(busy=False, wall=wall),
        changes=(),
        changes_more=None,
        no_changes=EmptyState("Chưa có thay đổi nào từ 13:32.", "Đường truyền vẫn hoạt động."),
    )


def alert() -> Alert:
    return Alert(
        id="g1",
        label="Đoàn mới",
        at="14:20",
        lead="Trụ sở UBND huyện Lục Nam",
        words=", 40–50 người. Chưa ai tiếp. Phải tiếp: Chủ tịch UBND huyện.",
        open=Link("Mở sự việc", "/su-viec/g1"),
        acknowledge_href="/su-viec/g1/da-biet",
    )


def figures() -> tuple[Figure, ...]:
    return (
        Figure("Đoàn đang diễn ra", 4, "/doan", (2, 1, 2, 3, 3, 1, 1, 2, 4, 3, 2, 2, 3, 4),
               "▲ 1 so với 1 giờ trước", steady=False),
        Figure("Đoàn chưa ai tiếp", 1, "/doan?chua-tiep=1",
               (0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1), "",
               Ago("12 phút", "báo lúc 14:20", " từ khi báo, 14:20"), urgent=True),
        Figure("Chuyển đến chưa nhận", 37, "/ho-so?chua-nhan=1",
               (24, 26, 28, 25, 25, 25, 29, 31, 37, 35, 31, 32, 36, 37),
               "6 đơn đã quá 3 ngày làm việc"),
        Figure("Quá hạn", 23, "/ho-so?qua-han=1",
               (38, 36, 36, 34, 34, 34, 30, 28, 32, 30, 26, 26, 25, 23), "▼ 2 so với sáng nay"),
        Figure("Đang hỗ trợ về", 1, "/ho-tro-ve", (0, 0, 1, 1, 0, 0, 0, 0, 2, 1, 0, 0, 0, 1),
               "12 người đồng ý, 4 ở lại"),
    )  # fmt: skip


def gatherings() -> tuple[GatheringCard, ...]:
    return (
        GatheringCard(
            "g1", "Trụ sở UBND huyện Lục Nam", "/su-viec/g1", StateTag("alone", "Chưa ai tiếp"),
            "40–50 người", ", đếm lúc 14:24", Ago("12 phút", "báo lúc 14:20", " từ khi báo"),
            issue="Bồi thường giải phóng mặt bằng đường tỉnh 293 · quê xã Nghĩa Phương",
            must="Chủ tịch UBND huyện",
        ),
        GatheringCard(
            "g2", "Phường Tự Lạn, TX Việt Yên", "/su-viec/g2",
            StateTag("working", "Đang đối thoại"),
            "20–25 người", ", đếm lúc 14:10", Ago("1 giờ 05 phút", "báo lúc 13:27"),
            issue="Tiếng ồn cụm công nghiệp · Chủ tịch UBND phường tiếp",
        ),
        GatheringCard(
            "g3", "Trụ sở Tiếp công dân tỉnh", "/su-viec/g3", StateTag("working", "Đang hỗ trợ về"),
            "16 người", " · 12 đồng ý về, 4 ở lại theo ý muốn",
            issue="Quê xã Lục Sơn, huyện Lục Nam · xe đi lúc 14:15",
        ),
        GatheringCard(
            "g4", "TT Phồn Xương, huyện Yên Thế", "/su-viec/g4", StateTag("done", "Đã tiếp"),
            "8 người", " · chờ kết luận, hạn 21/05/2025",
        ),
    )  # fmt: skip


def changes() -> tuple[ChangeLine, ...]:
    lines = (
        (14, 24, "Lục Nam", "đếm lại đoàn tại trụ sở UBND huyện: 40–50 người"),
        (14, 21, "Việt Yên", "Chủ tịch UBND phường Tự Lạn bắt đầu đối thoại"),
        (14, 20, "Lục Nam", "đoàn mới tại trụ sở UBND huyện, 30–40 người"),
        (14, 16, "Tân Yên → Sở Nông nghiệp và Môi trường", "đơn chuyển đã được nhận sau 2 ngày"),
        (14, 15, "Trụ sở TCD tỉnh", "12 người lên xe về Lục Nam, 4 người ở lại"),
        (14, 8, "TP Bắc Giang", "phường Dĩnh Kế trả lời 2 đơn quá hạn"),
        (13, 52, "Sơn Động", "TT An Châu: đơn bị trả lại lần 2, chờ UBND huyện quyết định"),
        (13, 40, "Hiệp Hòa", "niêm yết lịch tiếp dân 19–23/05/2025"),
    )
    return tuple(
        ChangeLine(str(index), at(hour, minute), lead, words)
        for index, (hour, minute, lead, words) in enumerate(lines)
    )


def unit_table(*, busy: bool) -> UnitTable:
    """District rows in administrative order, departments as a row so that totals add up."""
    numbers = {letter: list(figures) for letter, *figures in ROWS} | {"so": [1, 0, 4, 4, 5, 0]}
    names = {**DISTRICTS, "so": "Sở, ban, ngành tỉnh"}
    lines = tuple(
        UnitRow(code, names[code], f"/huyen/{code}", _cells([n * busy for n in figures]))
        for code, figures in numbers.items()
    )
    totals = [sum(column) * busy for column in zip(*numbers.values(), strict=True)]
    return UnitTable(
        title="Theo đơn vị",
        note="Thứ tự hành chính, không xếp hạng",
        first="Đơn vị",
        headers=tuple(Header(label) for label in HEADERS),
        groups=(UnitGroup("", lines),),
        total=UnitRow("total", "Toàn tỉnh", "", _cells(totals)),
    )


def _cells(numbers: list[int]) -> tuple[Cell, ...]:
    return tuple(
        Cell(value, href="/ho-so" if value else "", urgent=column == 1 and value > 0)
        for column, value in enumerate(numbers)
    )


def wall_table() -> UnitTable:
    """The same figures lying down: units are the columns."""
    names = ["TP Bắc Giang", "Yên Thế", "Tân Yên", "Lạng Giang", "Lục Nam", "Lục Ngạn"]
    names += ["Sơn Động", "Việt Yên", "Hiệp Hòa", "Chũ", "Sở, ngành"]
    numbers = [*ROWS, ("so", 1, 0, 4, 4, 5, 0)]
    columns = list(zip(*(figures for _, *figures in numbers), strict=True))
    rows = (("Chưa nhận", 2), ("Quá hạn", 3))
    return UnitTable(
        title="Theo đơn vị",
        note="Thứ tự hành chính",
        first="",
        headers=tuple(Header(name) for name in names),
        groups=(
            UnitGroup(
                "",
                tuple(
                    UnitRow(f"w{i}", name, "", tuple(Cell(value) for value in columns[i]))
                    for name, i in rows
                ),
            ),
        ),
    )
