"""Every clock of a file explains itself, as of a day and as it was known on a day."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.codes import ClosureScope, ComplexGround, PetitionKind
from domain.errors import NotFound
from domain.events import calendar as calendar_facts
from domain.events import settlement
from domain.events.case import CaseClosed, CaseOpened, DecisionIssued, PetitionLinked
from domain.events.petition import (
    PetitionAccepted,
    PetitionClassified,
    PetitionReceived,
    PetitionRehomed,
    PetitionReturned,
    PetitionTakenUp,
    PetitionTransferred,
)
from domain.law.clocks import Clock
from domain.streams import calendar_stream, place_calendar_stream
from infra.memory import MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.explained import Days, Explained
from services.explaining import explain
from services.law import carried_law
from tests.builders import CAM_LY, CASE, LUC_NAM, PETITION, Draft, fact, in_order

MAY = date(2025, 5, 5)
LATER = date(2026, 12, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def on(day: int, month: int = 5, year: int = 2025) -> datetime:
    return at(date(year, month, day))


def explained(
    *drafts: Draft, subject: str = "petition", asked: date = LATER, known: date = LATER
) -> list[Explained]:
    store = MemoryFactStore()
    store.append(in_order(*drafts))
    law = MemoryLawFollower(store, carried_law()).current()
    stream = {"petition": PETITION, "case": CASE}[subject]
    return list(explain(stream, store, law, Days(asked, known)).files)


def clock(files: list[Explained], name: str) -> Clock:
    (found,) = (each for file in files for each in file.clocks if each.name == name)
    return found


RECEIVED = fact(PetitionReceived, CAM_LY, at=on(5))
TAKEN_UP = (
    RECEIVED,
    fact(PetitionTakenUp, CAM_LY, at=on(14)),
    fact(CaseOpened, CAM_LY, at=on(14)),
    fact(PetitionLinked, CAM_LY, at=on(14)),
)


@pytest.mark.parametrize("subject", ["petition", "case"])
def test_a_petition_and_its_case_are_explained_together_whichever_is_asked(subject: str) -> None:
    files = explained(*TAKEN_UP, subject=subject)
    names = {each.name for file in files for each in file.clocks}
    assert {"reply.citizen", "acceptance", "settlement"} <= names
    assert clock(files, "reply.citizen").met_on == date(2025, 5, 14)
    assert clock(files, "settlement").deadline.due == date(2025, 6, 13)


def test_the_stage_clock_is_the_new_holders_and_the_total_clock_runs_on() -> None:
    moved = (
        RECEIVED,
        fact(PetitionTransferred, CAM_LY, at=on(7)),
        fact(PetitionAccepted, LUC_NAM, at=on(9)),
    )
    offered = explained(*moved[:2])
    assert clock(offered, "transfer.answer").deadline.due == date(2025, 5, 12)
    taken = explained(*moved)
    assert clock(taken, "reply.citizen").deadline.start == MAY
    assert clock(taken, "acceptance").deadline.start == date(2025, 5, 9)
    assert taken[0].file.office == LUC_NAM
    assert not any(each.name == "transfer.answer" for each in taken[0].clocks)


def test_a_returned_offer_is_no_longer_waited_for() -> None:
    back = explained(
        RECEIVED,
        fact(PetitionTransferred, CAM_LY, at=on(7)),
        fact(PetitionReturned, LUC_NAM, at=on(8)),
    )
    assert not any(each.name == "transfer.answer" for each in back[0].clocks)


def test_a_denunciation_of_somebody_elses_office_is_to_be_passed_on_in_five_days() -> None:
    files = explained(
        fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION, at=on(5)),
        fact(
            PetitionClassified, CAM_LY, kind=PetitionKind.DENUNCIATION, competent_office=LUC_NAM,
            at=on(6),
        ),
    )  # fmt: skip
    assert clock(files, "wrong_addressee").deadline.due == date(2025, 5, 12)


def test_an_heir_goes_on_with_every_clock() -> None:
    moved = fact(PetitionRehomed, LUC_NAM, to_office=LUC_NAM, to_unit="218-20250101", at=on(1, 7))
    files = explained(RECEIVED, moved)
    assert files[0].file.office == LUC_NAM
    assert clock(files, "acceptance").deadline.start == MAY


def test_a_case_tells_its_extension_and_its_suspension_in_sentences() -> None:
    grounds = (ComplexGround.FOREIGN,)
    kind = PetitionKind.DENUNCIATION
    files = explained(
        fact(PetitionReceived, CAM_LY, kind=kind, at=on(5)),
        fact(PetitionTakenUp, CAM_LY, at=on(14)),
        fact(CaseOpened, CAM_LY, kind=kind, at=on(14)),
        fact(settlement.CaseMarkedComplex, CAM_LY, grounds=grounds, at=on(15)),
        fact(settlement.CaseSuspended, CAM_LY, decided_on=date(2025, 5, 20), at=on(20)),
        fact(settlement.CaseContinued, CAM_LY, decided_on=date(2025, 5, 30), at=on(30)),
        fact(settlement.SettlementExtended, CAM_LY, grounds=grounds,
             decided_on=date(2025, 6, 10), at=on(10, 6)),
        subject="case", asked=date(2025, 7, 1),
    )  # fmt: skip
    settled = clock(files, "settlement")
    assert settled.deadline.due == date(2025, 7, 23)
    said = "\n".join(files[0].lines())
    assert "Gia hạn thêm 30 ngày theo quyết định ngày 10/06/2025" in said
    assert "Tạm đình chỉ từ ngày 20/05/2025 đến ngày 30/05/2025: 10 ngày" in said
    assert "Nếu tạm đình chỉ: thời gian tạm đình chỉ không tính vào thời hạn." in said
    data = json.loads(json.dumps(files[0].as_data()))
    (told,) = (each for each in data["clocks"] if each["clock"] == "settlement")
    assert told["suspensions"] == [{"from": "2025-05-20", "until": "2025-05-30", "days": 10,
                                    "why": "suspended"}]  # fmt: skip
    assert [each["days"] for each in told["extensions"]] == [30]
    assert told["rule"]["article"].startswith("Luật Tố cáo 2018, Điều 30")


def test_a_decided_case_is_done_and_its_decision_is_to_be_sent() -> None:
    decided = fact(DecisionIssued, CAM_LY, decided_on=date(2025, 6, 10), at=on(10, 6))
    open_ = explained(*TAKEN_UP, decided, subject="case", asked=date(2025, 6, 20))
    assert clock(open_, "settlement").met_on == date(2025, 6, 10)
    assert clock(open_, "decision_sent").is_late_on(date(2025, 6, 20))
    closed = fact(CaseClosed, CAM_LY, noticed_on=date(2025, 6, 12), at=on(20, 6))
    done = explained(*TAKEN_UP, decided, closed, subject="case")
    assert not clock(done, "decision_sent").is_late_on(LATER)


def test_a_file_is_told_as_of_a_day_and_as_known_on_a_day() -> None:
    early = explained(*TAKEN_UP, asked=date(2025, 5, 13))
    assert {file.subject for file in early} == {PETITION}
    with pytest.raises(NotFound):
        explained(*TAKEN_UP, asked=MAY - timedelta(days=1))
    with pytest.raises(NotFound):
        explained(*TAKEN_UP, known=MAY - timedelta(days=1))


def test_a_holiday_announced_late_moves_the_day_but_not_what_was_known_before() -> None:
    storm = fact(
        calendar_facts.DayOffAnnounced, "system", calendar_stream(2031), day=date(2025, 5, 15),
        at=on(12),
    )  # fmt: skip
    before = explained(RECEIVED, storm, known=date(2025, 5, 11))
    after = explained(RECEIVED, storm, known=date(2025, 5, 12))
    assert clock(before, "reply.citizen").deadline.due == date(2025, 5, 19)
    moved = clock(after, "reply.citizen").deadline
    assert moved.due == date(2025, 5, 20)
    assert date(2025, 5, 15) in {skip.day for skip in moved.skipped}


def test_an_offer_is_answered_by_its_receivers_working_days() -> None:
    closures = place_calendar_stream(ClosureScope.OFFICE, LUC_NAM)
    storm = fact(
        calendar_facts.OfficeClosed, LUC_NAM, closures, place=LUC_NAM,
        first_day=date(2025, 5, 8), last_day=date(2025, 5, 9), at=on(6),
    )  # fmt: skip
    offered = fact(PetitionTransferred, CAM_LY, at=on(7), reply_due=date(2025, 5, 14))
    files = explained(RECEIVED, storm, offered)
    answer = clock(files, "transfer.answer").deadline
    assert answer.due == date(2025, 5, 14)
    assert {skip.day.day for skip in answer.skipped} == {8, 9, 10, 11}
    assert clock(files, "reply.citizen").deadline.due == date(2025, 5, 19)
    assert not files[0].notes(clock(files, "transfer.answer"))
