from datetime import date

from domain.law.explanation import day_strip, reasons, sentence, weekday
from tests.domain.law.counted import acceptance, reply, settlement


def test_the_day_strip_of_the_petition_file_reads_as_drawn() -> None:
    """look/petition-file.png: received 29/04/2025, due 16/05/2025."""
    answer = reply(date(2025, 4, 29))
    strip = day_strip(answer)
    assert [cell.below for cell in strip[:9]] == [
        "0/10", "lễ", "lễ", "bù", "T7", "CN", "1/10", "2/10", "3/10",
    ]  # fmt: skip
    assert [cell.below for cell in strip[9:]] == [
        "4/10", "5/10", "T7", "CN", "6/10", "7/10", "8/10", "9/10", "10/10",
    ]  # fmt: skip
    assert strip[-1].day == answer.due


def test_the_reasons_name_rule_start_and_each_skipped_day() -> None:
    answer = reply(date(2025, 4, 29))
    assert reasons(answer) == (
        "Quy định: 10 ngày làm việc từ ngày tiếp nhận. Luật Tiếp công dân 2013, Điều 28 khoản 1.",
        "Đã đối chiếu với văn bản gốc.",
        "Bắt đầu: 29/04/2025 (ngày tiếp nhận, không tính).",
        "Bỏ qua 7 ngày: 30/04 và 01/05 nghỉ lễ; 02/05 nghỉ hoán đổi, đã làm bù 26/04; "
        "03–04/05 và 10–11/05 cuối tuần.",
        "Gia hạn: không. Tạm dừng: không.",
        "Tạm tính: có ngày nghỉ trong khoảng này chưa đối chiếu văn bản.",
    )


def test_a_worked_saturday_is_listed_and_so_is_the_monday_it_stands_for() -> None:
    """ux.md 9: 22/08/2026 counts as working, 31/08/2026 does not; the page lists both."""
    answer = reply(date(2026, 8, 19))
    told = " ".join(reasons(answer))
    assert "Tính cả thứ Bảy 22/08: ngày làm bù." in told
    assert "31/08 nghỉ hoán đổi, đã làm bù 22/08" in told


def test_a_deadline_is_told_in_one_sentence() -> None:
    answer = reply(date(2025, 4, 29))
    assert sentence(answer) == (
        "Thứ Sáu 16/05/2025: 10 ngày làm việc từ ngày tiếp nhận 29/04/2025 "
        "(Luật Tiếp công dân 2013, Điều 28 khoản 1)."
    )


def test_calendar_days_skip_nothing_and_say_so() -> None:
    settled_by = settlement(date(2025, 4, 29))
    assert "Tính cả ngày nghỉ, ngày lễ." in reasons(settled_by)
    assert day_strip(settled_by)[-1].below == "30/30"


def test_a_rule_nobody_checked_and_a_year_not_announced_are_said_aloud() -> None:
    unchecked = acceptance(date(2026, 12, 28))
    told = reasons(unchecked)
    assert "Quy định này chưa được đối chiếu với văn bản gốc." in told
    assert "Tạm tính: lịch nghỉ lễ của năm đến hạn chưa được công bố." in told


def test_sunday_is_not_a_numbered_day() -> None:
    assert weekday(date(2025, 5, 18)) == "Chủ nhật"
    assert weekday(date(2025, 5, 17)) == "Thứ Bảy"
