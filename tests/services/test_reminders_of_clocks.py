"""Each clock of a file is reminded of while it runs, and only then: through the real scheduler."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from domain.codes import Channel, PetitionKind, Seat
from domain.events import case, filing, petition
from domain.events import reminder as say
from domain.law.clocks import LINES, TRANSFER_ANSWER, UNTOUCHED
from tests.builders import BAC_GIANG, CAM_LY, CASE, LUC_NAM, VOI, Draft, fact, unit_of
from tests.domain.after_the_reform import NEW_CAM_LY, reform
from tests.domain.noting import Noting
from tests.services.reminder_facts import JUNE, june, may, storm
from tests.services.reminding import Watch, given, moment, reminded

COMPLAINT = fact(petition.PetitionReceived, CAM_LY)
"""Received on Monday 5/5/2025, to be accepted by 15/5."""
DENOUNCED = fact(petition.PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION)
TAKEN_UP = fact(petition.PetitionTakenUp, CAM_LY)
DECIDED = fact(case.DecisionIssued, CAM_LY)
SENT = fact(case.CaseClosed, CAM_LY)
LINKED = fact(case.PetitionLinked, CAM_LY)
OPENED = fact(case.CaseOpened, CAM_LY, kind=PetitionKind.DENUNCIATION)
ELSEWHERE = fact(
    petition.PetitionClassified, CAM_LY, kind=PetitionKind.DENUNCIATION, competent_office=LUC_NAM
)


def clocks_told(watch: Watch) -> set[tuple[str, date]]:
    """The clocks that were reminded of, each with its due day."""
    return {
        (each.clock, each.due)
        for each in watch.reminders()
        if isinstance(each, say.DueSoonReminded | say.DueReminded | say.OverdueReminded)
    }


@pytest.mark.parametrize("kind", [PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION])
def test_what_was_taken_up_and_decided_in_time_is_reminded_of_nowhere(kind: PetitionKind) -> None:
    received = fact(petition.PetitionReceived, CAM_LY, kind=kind)
    opened = fact(case.CaseOpened, CAM_LY, kind=kind)
    watch = given(received, TAKEN_UP, opened, LINKED, DECIDED, SENT)
    assert watch.at(june(30)).then().on_lists() == {}


def test_a_denunciation_taken_up_and_notified_of_waits_for_its_settlement_alone() -> None:
    notified = fact(case.AcceptanceNotified, CAM_LY)
    watch = given(DENOUNCED, TAKEN_UP, OPENED, LINKED, notified).at(june(30))
    assert clocks_told(watch) == {("settlement", june(4))}


def test_a_notice_that_was_not_sent_stands_once_on_the_list_and_goes_when_it_is_sent() -> None:
    watch = given(DENOUNCED, TAKEN_UP, OPENED, LINKED).at(may(13))
    assert watch.on_lists() == {CAM_LY: ["clock/acceptance_notice/2025-05-12/0"]}
    watch.given(fact(case.AcceptanceNotified, CAM_LY, noticed_on=may(13)))
    assert watch.at(may(14)).on_lists() == {}


FROM_AGENCY = fact(
    petition.PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION, channel=Channel.AGENCY
)
DEMANDED = fact(case.DirectionIssued, LUC_NAM, at=moment(june(9)), due=june(30))
HISTORIES: dict[str, tuple[Sequence[Draft], date]] = {
    "reply.citizen": ((COMPLAINT,), may(19)),
    "acceptance": ((COMPLAINT,), may(15)),
    "denunciation.from_press": ((FROM_AGENCY,), may(25)),
    "wrong_addressee": ((DENOUNCED, ELSEWHERE), may(12)),
    "denunciation.further": ((DENOUNCED, fact(filing.FurtherDenounced, CAM_LY, basis="1/KL")),
        may(25)),
    "acceptance_notice": ((OPENED,), may(12)),
    "settlement": ((OPENED,), june(4)),
    "denunciation.overdue.answer": ((OPENED, DEMANDED), june(16)),
    "decision_sent": ((OPENED, DECIDED), may(12)),
}  # fmt: skip
"""For each clock a file in which it is reminded of, and the day."""


def test_every_clock_an_office_is_to_be_reminded_of_has_its_history_here() -> None:
    of_their_own = {UNTOUCHED, TRANSFER_ANSWER}
    assert set(HISTORIES) | of_their_own == {line.clock for line in LINES if line.watched}


@pytest.mark.parametrize("clock", HISTORIES)
def test_the_office_is_told_before_the_day_on_it_and_after_it(clock: str) -> None:
    facts, due = HISTORIES[clock]
    watch = given(*facts).at(due + timedelta(days=1))
    kinds = [
        type(each) for each in watch.reminders() if (getattr(each, "clock", ""), each.to_office)
        == (clock, CAM_LY) and getattr(each, "due", None) == due
    ]  # fmt: skip
    assert kinds == [say.DueSoonReminded, say.DueReminded, say.OverdueReminded]


def test_a_report_to_the_superior_that_asked_ends_the_reminders_of_why_it_is_overdue() -> None:
    watch = given(OPENED, DEMANDED).at(june(17))
    assert ("denunciation.overdue.answer", june(16)) in clocks_told(watch)
    watch.given(fact(case.CaseReportedUpward, CAM_LY), fact(case.CaseAcknowledged, LUC_NAM))
    listed = watch.at(june(18)).on_lists()
    assert not [line for lines in listed.values() for line in lines if "overdue.answer" in line]


def test_sorting_a_denunciation_again_does_not_postpone_passing_it_on() -> None:
    watch = given(DENOUNCED, ELSEWHERE).at(may(16))
    watch.given(ELSEWHERE).at(june(2))
    assert {due for clock, due in clocks_told(watch) if clock == "wrong_addressee"} == {may(12)}


def moved(former: str, seat: Seat) -> Draft:
    """A part of the petition goes to the commune that took over both."""
    return fact(
        petition.PetitionRehomed, "system", former=former, from_office=former,
        to_office=NEW_CAM_LY, to_unit=unit_of(NEW_CAM_LY), seats=(seat,),
        candidates=(NEW_CAM_LY,), offer=1,
    )  # fmt: skip


def test_when_sender_and_receiver_become_one_office_it_must_take_the_petition_up_itself() -> None:
    offered = fact(petition.PetitionTransferred, CAM_LY, to_office=VOI, to_unit=unit_of(VOI))
    watch = Watch()
    watch.store.append(reform(Noting()))
    watch.given(COMPLAINT, offered).at(JUNE)
    watch.clock.at = moment(date(2025, 7, 1))
    watch.given(moved(CAM_LY, Seat.IN_CHARGE), moved(VOI, Seat.OFFERED_TO))
    listed = watch.at(date(2025, 7, 2)).on_lists()
    assert "clock/acceptance/2025-05-15/0" in listed[NEW_CAM_LY]
    assert not [line for lines in listed.values() for line in lines if line.startswith("offer")]


def test_the_day_by_which_a_superior_must_know_of_a_report_is_counted_by_its_own_days() -> None:
    """The commune is closed by a storm; the province is not."""
    reported = fact(case.CaseReportedUpward, CAM_LY, CASE, to_office=BAC_GIANG)
    opened = fact(case.CaseOpened, CAM_LY, kind=PetitionKind.PROPOSAL)
    watch = given(storm(6, 8), opened, reported).at(may(7))
    watch.then(reminded(say.ReportUnacknowledgedReminded, CAM_LY, to_office=BAC_GIANG, due=may(6)))
