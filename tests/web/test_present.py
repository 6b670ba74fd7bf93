"""What pages say, from plain values: words, days as people write them, what a session trusts."""

from datetime import date, datetime, timedelta

import pytest

from domain.days import VIETNAM
from domain.events.registry import ALL
from domain.law.public_holidays import public_calendar
from services.web import session
from services.web.present.asking import answered, day_in, moment_in
from services.web.present.deadlines import why
from services.web.present.facts import WORDS
from services.web.present.petition_acts import INTAKE, TRANSFER
from services.web.present.words import Names, ago, due_chip, duration, people, reply_chip
from tests.builders import NGHIA_PHUONG
from tests.domain.after_the_reform import AUGUST_MORNING, REFORMED
from tests.domain.law.counted import reply

TODAY = date(2025, 5, 14)
CALENDAR = public_calendar()
NOW = datetime(2025, 5, 14, 14, 32, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("due", "kind", "words"),
    [
        (date(2025, 5, 8), "overdue", "Quá hạn 6 ngày"),
        (TODAY, "today", "Hạn hôm nay"),
        (date(2025, 5, 16), "soon", "Còn 2 ngày làm việc"),
        (date(2025, 5, 19), "soon", "Còn 3 ngày làm việc"),
        (date(2025, 5, 20), "later", "Còn 4 ngày làm việc"),
    ],
)
def test_a_deadline_says_how_far_it_is_in_working_days(due: date, kind: str, words: str) -> None:
    chip = due_chip(due, TODAY, CALENDAR)
    assert chip
    assert (chip.kind, chip.words) == (kind, words)


def test_a_deadline_in_another_millennium_is_far_and_quickly_said() -> None:
    chip = due_chip(date(9025, 5, 14), TODAY, CALENDAR)
    assert chip
    assert chip.kind == "later"
    assert reply_chip(date(9025, 5, 14), TODAY, CALENDAR) == chip


def test_no_deadline_has_no_chip_and_an_offer_says_when_to_answer() -> None:
    assert due_chip(None, TODAY, CALENDAR) is None
    assert reply_chip(TODAY, TODAY, CALENDAR).words == "Nhận trong hôm nay"
    assert reply_chip(date(2025, 5, 12), TODAY, CALENDAR).words == "Quá hạn nhận 2 ngày"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=12), "12 phút"),
        (timedelta(hours=1, minutes=5), "1 giờ 05 phút"),
        (timedelta(days=3, hours=2), "3 ngày"),
    ],
)
def test_a_duration_is_said_as_people_say_it(span: timedelta, words: str) -> None:
    assert duration(span) == words


def test_a_moment_is_told_relative_and_absolute() -> None:
    said = ago(NOW - timedelta(minutes=12), NOW, "báo", clock=True)
    assert (said.relative, said.absolute, said.after) == (
        "12 phút", "báo lúc 14:20", " từ khi báo, 14:20",
    )  # fmt: skip
    assert ago(NOW - timedelta(days=1), NOW, "báo").absolute == "báo lúc 13/05 14:32"
    assert ago(NOW - timedelta(days=365), NOW, "báo").absolute == "báo lúc 14/05/2024 14:32"
    assert (people(8, 8), people(40, 50)) == ("8 người", "40–50 người")


@pytest.mark.parametrize("said", ["5/2/26", "05-02-2026", "5.2.2026", "05 02 2026"])
def test_five_slash_two_is_the_fifth_of_february_everywhere(said: str) -> None:
    assert day_in(said, TODAY) == date(2026, 2, 5)


@pytest.mark.parametrize(
    "said",
    [
        "31/02/2025", "2025-05-20", "mai", "1/13/2025", "5/2", "٥/٢/٢٠٢٥",
        "01/01/0001", "01/09/1945", "01/01/2200", "31/12/9999",
    ],
)  # fmt: skip
def test_what_is_no_day_is_none(said: str) -> None:
    assert day_in(said, TODAY) is None


def test_today_may_be_said_in_words() -> None:
    assert day_in("Hôm nay", TODAY) == TODAY


@pytest.mark.parametrize("said", ["14/05/2025 09:15", "hôm nay 9h15", "14/5/25 9.15"])
def test_a_moment_is_a_day_and_a_clock_in_vietnam(said: str) -> None:
    assert moment_in(said, TODAY) == datetime(2025, 5, 14, 9, 15, tzinfo=VIETNAM)


@pytest.mark.parametrize("said", ["14/05/2025", "09:15", "14/05/2025 25:00", "14/05/2025 x"])
def test_half_a_moment_is_none(said: str) -> None:
    assert moment_in(said, TODAY) is None


def test_a_form_becomes_the_api_s_own_body() -> None:
    found = answered(
        TRANSFER,
        {"to_office": "07519", "ground": "other_field", "papers": "2", "reply_due": "20/5/25",
         "texts.note": "Kèm đơn", "occurred_at": "14/05/2025 09:15", "csrf": "x", "extra": "y"},
        TODAY,
    )  # fmt: skip
    assert not found.errors
    assert found.body
    assert found.body.model_dump(mode="json", exclude_none=True) == {
        "occurred_at": "2025-05-14T09:15:00+07:00", "to_office": "07519",
        "ground": "other_field", "papers": 2, "reply_due": "2025-05-20",
        "texts": {"note": "Kèm đơn"},
    }  # fmt: skip


def test_every_place_to_mend_is_told_at_once_and_never_repeats_what_was_typed() -> None:
    found = answered(
        INTAKE, {"kind": "secret-kind", "petitioners": "-1", "place": "<b>", "field": ""}, TODAY
    )
    assert found.body is None
    assert {error.field for error in found.errors} == {
        "kind", "channel", "field", "place", "petitioners",
    }  # fmt: skip
    said = " ".join(error.words for error in found.errors)
    assert "secret-kind" not in said
    assert "<b>" not in said


def test_a_deadline_explains_every_day_on_the_way() -> None:
    told = why(reply(date(2025, 4, 29)), TODAY, CALENDAR)
    assert told.question == "Vì sao 16/05?"
    assert [day.top for day in told.days if day.today] == ["14"]
    assert [day.below for day in told.days if day.last] == ["10/10"]
    assert sum(day.skipped for day in told.days) == 7
    assert (told.off[0].day, told.off[0].name) == ("30/04/2025", "Ngày Chiến thắng")
    assert "Điều 112" in told.off[0].basis


def test_an_office_that_has_ended_bears_its_last_name() -> None:
    names = Names(REFORMED, AUGUST_MORNING.date())
    assert names.office(NGHIA_PHUONG) == "UBND xã Nghĩa Phương"
    assert names.unit(NGHIA_PHUONG.partition("-")[2]) == "Xã Nghĩa Phương"
    assert names.office("ubnd-99999-20250101") == "ubnd-99999-20250101"


def test_every_fact_about_files_has_words() -> None:
    topics = {event.TOPIC for event in ALL}
    outside = ("unit.", "office.", "register.", "calendar.", "rulebook.")
    assert {topic for topic in topics if not topic.startswith(outside)} <= set(WORDS)


@pytest.mark.parametrize(
    ("asked", "safe"),
    [
        ("/ds?hang=qua-han", "/ds?hang=qua-han"), ("//evil", ""), ("/\\evil", ""), ("http://x", ""),
        ("/a\\b", ""), ("/a\nb", ""), ("", ""), ("/" + "a" * 600, ""), ("/đ", ""),
    ],
)  # fmt: skip
def test_only_a_path_of_this_site_is_gone_on_to(asked: str, safe: str) -> None:
    assert session.safe_path(asked) == safe


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("https://site.test/bang-tinh/24?loc=x", "/bang-tinh/24"), ("http://[", ""),
        ("http://[::1", ""), ("https://a\u2100b.test/x", ""), ("", ""), ("about:blank", ""),
        ("https://site.test//evil.test", ""),
    ],
)  # fmt: skip
def test_whatever_a_client_says_it_came_from_leads_to_a_path_of_ours_or_nowhere(
    sent: str, path: str
) -> None:
    assert session.path_of(sent) == path
    assert session.comes_from_here({"origin": sent, "host": "site.test"}) is (
        sent.startswith("https://site.test/")
    )


def test_a_csrf_value_fits_its_own_session_alone() -> None:
    value = session.csrf_of("token")
    assert session.fits("token", value)
    assert not session.fits("other", value)
    assert not session.fits("", session.csrf_of(""))
    assert "token" not in value
