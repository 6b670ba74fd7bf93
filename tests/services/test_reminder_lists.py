"""On whose list a reminder stands: with its file, and no longer than its reason."""

from datetime import date
from typing import Any

from domain.codes import PetitionKind
from domain.events import calendar, directory, gathering, petition, settlement
from domain.events import case as of_case
from domain.events.base import OfficeEvent
from domain.events.reminder import ReminderPassedOn, ReminderSettled
from domain.streams import reminder_stream
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, MORNING, PETITION, Draft, fact
from tests.domain.after_the_reform import NEW_CAM_LY, reform
from tests.domain.noting import Noting
from tests.services.reminder_facts import CROWD, OPENED, PROPOSAL, june, may, storm
from tests.services.reminding import Watch, given, moment

REPLY = "clock/reply.citizen/2025-05-19"
TAKEN = (fact(petition.PetitionTransferred, CAM_LY), fact(petition.PetitionAccepted, LUC_NAM))


def said(watch: Watch) -> list[OfficeEvent]:
    """What the system recorded about the petition, reminders and what became of them."""
    return list(watch.store.load(reminder_stream(PETITION)))


def test_one_day_stands_once_on_a_list_however_often_it_was_told_of() -> None:
    watch = given(PROPOSAL)
    for day in (15, 19, 20):
        assert watch.at(may(day)).on_lists() == {CAM_LY: [f"{REPLY}/0"]}
    assert [row.what for row in watch.lists()[CAM_LY]] == ["reminder.overdue"]


def test_what_climbed_up_stands_with_the_superior_as_well() -> None:
    lists = given(PROPOSAL).at(may(28)).on_lists()
    assert lists == {
        CAM_LY: [f"{REPLY}/0"], LUC_NAM: [f"{REPLY}/1"], BAC_GIANG: [f"{REPLY}/2"],
    }  # fmt: skip


def test_an_answer_takes_it_off_every_list_and_the_record_stays() -> None:
    watch = given(PROPOSAL).at(may(23))
    watch.given(fact(petition.CitizenGuided, CAM_LY)).at(may(23))
    assert watch.on_lists() == {}
    *told, settled = said(watch)
    assert len(told) == len(watch.reminders()) == 4
    assert isinstance(settled, ReminderSettled)
    assert settled.reminders == (f"{REPLY}/0", f"{REPLY}/1")
    assert set(settled.offices) == {CAM_LY, LUC_NAM}
    assert settled.causation == f"{PETITION}/2"


def test_whoever_takes_the_file_over_finds_it_on_the_own_list() -> None:
    watch = given(PROPOSAL).at(may(23)).given(*TAKEN).at(may(23))
    assert watch.on_lists() == {LUC_NAM: [f"{REPLY}/0"], BAC_GIANG: [f"{REPLY}/1"]}
    assert {type(each) for each in said(watch)[-2:]} == {ReminderPassedOn}


def test_a_case_that_rests_is_on_no_list_and_is_back_as_soon_as_it_goes_on() -> None:
    settle = {CAM_LY: ["clock/settlement/2025-06-04/0"]}
    watch = given(OPENED).at(june(2))
    assert watch.on_lists() == settle
    watch.given(fact(settlement.CaseSuspended, CAM_LY, decided_on=june(2)))
    assert watch.at(june(2)).on_lists() == {}
    watch.given(fact(settlement.CaseContinued, CAM_LY, decided_on=june(2)))
    assert watch.at(june(2)).on_lists() == settle
    assert len(watch.reminders()) == 1


def test_a_day_moved_away_and_back_stands_again_without_being_told_of_twice() -> None:
    watch = given(PROPOSAL).at(may(15)).given(storm(15, 16)).at(may(15))
    assert watch.on_lists() == {}
    back = fact(calendar.ClosureWithdrawn, CAM_LY, storm(15, 16).stream, withdrawn=1)
    assert watch.given(back).at(may(15)).on_lists() == {CAM_LY: [f"{REPLY}/0"]}
    assert len(watch.reminders()) == 1


def test_a_crowd_that_was_received_is_on_no_list() -> None:
    watch = given(CROWD).at(MORNING.replace(hour=4))
    assert set(watch.on_lists()) == {LUC_NAM, BAC_GIANG}
    assert watch.given(fact(gathering.CrowdReceived, LUC_NAM)).at(may(6)).on_lists() == {}


def test_work_handed_on_leaves_the_list_of_what_leavers_left() -> None:
    handler: dict[str, Any] = {"account": "handler.07519", "post": "handler"}
    watch = given(
        fact(directory.PostFilled, CAM_LY, **handler),
        OPENED,
        fact(of_case.HandlerAssigned, CAM_LY),
        fact(directory.PostLeft, CAM_LY, **handler, last_day=may(9)),
    )
    assert watch.at(may(10)).on_lists() == {CAM_LY: ["leaver/handler.07519/2025-05-09/0"]}
    watch.given(fact(of_case.HandlerAssigned, CAM_LY, handler="another"))
    assert watch.at(may(10)).on_lists() == {}


def received(day: date) -> Draft:
    """A proposal of a day."""
    kind = PetitionKind.PROPOSAL
    return fact(petition.PetitionReceived, CAM_LY, kind=kind, at=moment(day))


def test_on_the_day_of_the_reform_what_a_district_knew_of_stands_with_the_province() -> None:
    """The reform was recorded in May; nothing is recorded on its day, and still it is seen."""
    watch = Watch()
    watch.store.append(reform(Noting()))
    watch.given(received(june(9))).at(june(30))
    lists = watch.on_lists()
    assert set(lists) == {CAM_LY, LUC_NAM}
    watch.at(date(2025, 7, 1))
    assert watch.on_lists() == {NEW_CAM_LY: lists[CAM_LY], BAC_GIANG: lists[LUC_NAM]}
