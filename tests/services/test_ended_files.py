"""An ended file is told as it was known on the day it ended; what came later is told beside it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.codes import ReviewOutcome
from domain.events import calendar as calendar_facts
from domain.events.case import CaseClosed, CaseOpened, DecisionIssued, PetitionLinked
from domain.events.law import RulebookPublished
from domain.events.petition import (
    CitizenGuided,
    PetitionConcluded,
    PetitionReceived,
    PetitionTakenUp,
)
from domain.events.review import ReviewAsked, ReviewNoted
from domain.law.clocks import REPLY, Clock
from domain.law.editions import digest_of
from domain.streams import calendar_stream
from infra.memory import MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.explained import Days, Explained
from services.explaining import days_asked, explain
from services.law import carried_law
from tests.builders import CAM_LY, CASE, PETITION, Draft, fact, in_order

TODAY = date(2025, 7, 1)
DUE, DUE_NOW, ANSWERED = date(2025, 5, 19), date(2025, 5, 20), date(2025, 5, 20)


def on(day: int, month: int = 5) -> datetime:
    return datetime(2025, month, day, 2, tzinfo=UTC)


RECEIVED = fact(PetitionReceived, CAM_LY, at=on(5))
GUIDED = fact(CitizenGuided, CAM_LY, at=on(20))
STORM = fact(
    calendar_facts.DayOffAnnounced, "system", calendar_stream(2031), day=date(2025, 5, 15),
    at=on(20, 6),
)  # fmt: skip
TAKEN_BACK = fact(
    calendar_facts.DayOffWithdrawn, "system", calendar_stream(2031), withdrawn=1, at=on(25, 6)
)


def edition(number: int, days: int, at: datetime) -> Draft:
    """One that lets a citizen be answered within so many working days, and knows nothing else."""
    lines: tuple[dict[str, Any], ...] = (
        {
            "sort": "limit", "id": "reply.citizen", "term": "Trả lời", "article": "Điều 28",
            "from": "2014-07-01", "verified": True, "book": "Thử", "days": days,
            "unit": "working_day", "start": "received",
        },
    )  # fmt: skip
    return fact(
        RulebookPublished, "system", edition=number, digest=digest_of(lines), lines=lines, at=at
    )


def told(
    *drafts: Draft, at: date | None = None, known: date | None = None, case: bool = False
) -> Explained:
    """The file as it is told to who asks so today."""
    store = MemoryFactStore()
    store.append(in_order(*drafts))
    law = MemoryLawFollower(store, carried_law()).current()
    subject = CASE if case else PETITION
    return explain(subject, store, law, days_asked(at, known, TODAY)).files[0]


def reply(file: Explained) -> Clock:
    (found,) = (clock for clock in file.clocks if clock.name == REPLY)
    return found


def words(file: Explained) -> str:
    return "\n".join(file.lines())


def test_a_notice_after_its_end_does_not_move_what_an_ended_file_is_told_by() -> None:
    file = told(RECEIVED, GUIDED, STORM)
    assert (reply(file).deadline.due, reply(file).is_late_on(TODAY)) == (DUE, True)
    assert (file.known_on, file.known_of(reply(file))) == (ANSWERED, ANSWERED)
    assert "Đơn đã kết thúc ngày 20/05/2025: mỗi thời hạn giữ theo thông tin đã ghi" in words(file)


def test_the_day_by_what_is_known_now_is_told_beside_it() -> None:
    file = told(RECEIVED, GUIDED, STORM)
    assert file.turned == {REPLY: DUE_NOW}
    assert "theo thông tin ghi đến nay, hạn là 20/05/2025" in words(file)
    data = file.as_data()
    (clock,) = (each for each in data["clocks"] if each["clock"] == REPLY)
    assert (clock["due"], clock["known_at"], clock["due_now"], clock["review"]) == (
        "2025-05-19", "2025-05-20", "2025-05-20", None,
    )  # fmt: skip
    assert (data["known_at"], data["ended_on"]) == ("2025-05-20", "2025-05-20")


def test_who_names_the_day_of_knowing_is_told_by_that_day_alone() -> None:
    file = told(RECEIVED, GUIDED, STORM, known=TODAY)
    assert (reply(file).deadline.due, file.known_on) == (DUE_NOW, TODAY)
    assert (file.as_then, file.turned, file.kept) == ("", {}, {})
    early = told(RECEIVED, GUIDED, STORM, known=date(2025, 6, 1))
    assert reply(early).deadline.due == DUE


def test_what_was_known_in_time_or_is_taken_back_gives_no_other_day() -> None:
    assert told(RECEIVED, GUIDED).turned == {}
    assert told(RECEIVED, GUIDED, STORM, TAKEN_BACK).turned == {}
    in_time = fact(
        calendar_facts.DayOffAnnounced, "system", calendar_stream(2031), day=date(2025, 5, 15),
        at=on(12),
    )  # fmt: skip
    file = told(RECEIVED, GUIDED, in_time)
    assert (reply(file).deadline.due, file.turned) == (DUE_NOW, {})


def test_an_open_file_moves_with_every_notice() -> None:
    file = told(RECEIVED, STORM)
    assert (reply(file).deadline.due, file.known_on) == (DUE_NOW, TODAY)
    assert (file.as_then, file.kept) == ("", {})


def test_of_a_day_before_its_end_it_is_told_as_an_open_one() -> None:
    file = told(RECEIVED, GUIDED, STORM, at=date(2025, 5, 19))
    assert (reply(file).deadline.due, reply(file).met_on) == (DUE_NOW, None)
    assert file.as_then == ""


def test_an_edition_published_after_the_end_counts_only_from_then_on() -> None:
    first, second = edition(1, 10, on(1)), edition(2, 8, on(10, 6))
    file = told(first, RECEIVED, GUIDED, second)
    assert (reply(file).deadline.due, file.edition) == (DUE, 1)
    assert file.turned == {REPLY: date(2025, 5, 15)}
    now = told(first, RECEIVED, GUIDED, second, known=TODAY)
    assert (reply(now).deadline.due, now.edition) == (date(2025, 5, 15), 2)


def test_an_answered_petition_keeps_its_clock_while_its_case_goes_on() -> None:
    taken_up = (
        RECEIVED,
        fact(PetitionTakenUp, CAM_LY, at=on(20)),
        fact(CaseOpened, CAM_LY, at=on(20)),
        fact(PetitionLinked, CAM_LY, at=on(20)),
    )
    file = told(*taken_up, STORM)
    assert (reply(file).deadline.due, file.turned[REPLY]) == (DUE, DUE_NOW)
    assert (file.as_then, file.ended_on, file.known_on) == ("", None, TODAY)


def test_a_closed_case_says_when_it_ended_and_each_clock_is_of_its_own_day() -> None:
    file = told(
        RECEIVED,
        fact(PetitionTakenUp, CAM_LY, at=on(14)),
        fact(CaseOpened, CAM_LY, at=on(14)),
        fact(PetitionLinked, CAM_LY, at=on(14)),
        fact(DecisionIssued, CAM_LY, decided_on=date(2025, 6, 2), at=on(2, 6)),
        fact(CaseClosed, CAM_LY, noticed_on=date(2025, 6, 4), at=on(6, 6)),
        fact(PetitionConcluded, CAM_LY, at=on(6, 6)),
        case=True,
    )
    assert file.as_then.startswith("Vụ việc đã kết thúc ngày 06/06/2025")
    assert file.kept["settlement"] == date(2025, 6, 2)
    assert file.kept["decision_sent"] == date(2025, 6, 4)
    assert file.known_on == date(2025, 6, 6)


ASKED = fact(ReviewAsked, CAM_LY, at=on(20, 6))
NOTED = fact(ReviewNoted, CAM_LY, outcome=ReviewOutcome.AMENDED, at=on(23, 6))


@pytest.mark.parametrize(
    ("review", "state", "sentence"),
    [
        ((ASKED,), "waiting", "đang chờ thủ trưởng xem lại"),
        ((ASKED, NOTED), "amended", "Đã xem lại: đã đính chính trong báo cáo."),
        ((), None, ""),
    ],
)
def test_what_became_of_the_question_to_look_again_is_told(
    review: tuple[Draft, ...], state: str | None, sentence: str
) -> None:
    file = told(RECEIVED, GUIDED, STORM, *review)
    assert file.reviews.get(REPLY) == state
    assert sentence in words(file)


def test_a_question_whose_notice_was_taken_back_is_not_told() -> None:
    file = told(RECEIVED, GUIDED, STORM, ASKED, TAKEN_BACK)
    assert file.reviews == {}
    assert "xem lại" not in words(file)


def test_a_day_of_knowing_is_named_only_by_who_asks() -> None:
    assert days_asked(None, None, TODAY) == Days(TODAY, TODAY, named=False)
    assert days_asked(None, TODAY, TODAY) == Days(TODAY, TODAY, named=True)
