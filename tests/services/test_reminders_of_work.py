"""Offers, untouched files, leavers, crowds and reports are told of while they wait, no longer."""

from datetime import date, timedelta

from domain.codes import EscalationGround, Role
from domain.events import access, case, directory, gathering, petition
from domain.events import reminder as say
from domain.streams import access_stream
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    GATHERING,
    LUC_NAM,
    MORNING,
    NGHIA_PHUONG,
    PETITION,
    Draft,
    fact,
    unit_of,
)
from tests.services.reminder_facts import CROWD, JUNE, OPENED, PROPOSAL, may
from tests.services.reminding import Watch, given, moment, reminded


def test_an_offer_not_answered_by_its_day_is_told_to_the_office_offered_it() -> None:
    offered = fact(petition.PetitionTransferred, CAM_LY, reply_due=may(8))
    watch = given(PROPOSAL, offered).at(may(8)).then()
    unanswered = reminded(
        say.OfferUnansweredReminded, CAM_LY, to_office=LUC_NAM, offer=1, due=may(8)
    )
    watch.at(may(9)).then(unanswered).at(may(14)).then()
    assert watch.reminders()[0].causation == f"{PETITION}/2"


def test_an_offer_answered_or_taken_back_in_time_is_not_told() -> None:
    offered = fact(petition.PetitionTransferred, CAM_LY, reply_due=may(8))
    for answer in (
        fact(petition.PetitionAccepted, LUC_NAM),
        fact(petition.PetitionReturned, LUC_NAM),
        fact(petition.PetitionRecalled, CAM_LY),
    ):
        given(PROPOSAL, offered, answer).at(may(14)).then()


def test_each_offer_is_told_of_by_itself() -> None:
    again = fact(
        petition.PetitionTransferred, CAM_LY, offer=2, reply_due=may(8),
        to_office=NGHIA_PHUONG, to_unit=unit_of(NGHIA_PHUONG),
    )  # fmt: skip
    first = fact(petition.PetitionTransferred, CAM_LY, reply_due=may(8))
    watch = given(PROPOSAL, first).at(may(9)).given(fact(petition.PetitionReturned, LUC_NAM), again)
    watch.at(may(10)).then(
        reminded(say.OfferUnansweredReminded, CAM_LY, to_office=LUC_NAM, offer=1),
        reminded(say.OfferUnansweredReminded, CAM_LY, to_office=NGHIA_PHUONG, offer=2),
    )


def untouched(watch: Watch) -> list[tuple[int, str]]:
    """Rung and office of each reminder that nobody looked at a petition."""
    found = [each for each in watch.reminders() if isinstance(each, say.UntouchedReminded)]
    return [(each.rung, each.to_office) for each in found]


IN_2026 = moment(date(2026, 7, 6))
"""The decree that knows of the untouched petition is in force from 1/7/2026."""


def test_a_petition_untouched_for_45_days_is_told_to_the_head_and_his_superior() -> None:
    watch = given(fact(petition.PetitionReceived, CAM_LY, at=IN_2026))
    assert untouched(watch.at(date(2026, 8, 20))) == []
    assert untouched(watch.at(date(2026, 8, 21))) == [(0, CAM_LY), (1, LUC_NAM)]
    assert untouched(watch.at(date(2026, 12, 1))) == [(0, CAM_LY), (1, LUC_NAM)]


def test_a_petition_somebody_acted_on_is_not_untouched() -> None:
    sorted_late = fact(petition.PetitionClassified, CAM_LY, at=IN_2026 + timedelta(days=44))
    watch = given(fact(petition.PetitionReceived, CAM_LY, at=IN_2026), sorted_late)
    assert untouched(watch.at(date(2026, 12, 1))) == []


def test_opening_a_text_of_it_touches_no_petition() -> None:
    watch = given(fact(petition.PetitionReceived, CAM_LY, at=IN_2026))
    watch.at(IN_2026).given(fact(access.TextOpened, CAM_LY, access_stream(PETITION)))
    assert untouched(watch.at(date(2026, 12, 1))) == [(0, CAM_LY), (1, LUC_NAM)]


HANDLER = "handler.07519"
HIRED = fact(directory.PostFilled, CAM_LY, account=HANDLER, post=Role.HANDLER)
LEFT = fact(directory.PostLeft, CAM_LY, account=HANDLER, post=Role.HANDLER, last_day=may(9))
LEAVERS = reminded(
    say.LeaversWorkReminded, CAM_LY, to_office=CAM_LY, handler=HANDLER, last_day=may(9)
)

HANDLED = (OPENED, fact(case.HandlerAssigned, CAM_LY, handler=HANDLER))


def test_open_work_of_somebody_who_left_is_told_the_day_after() -> None:
    watch = given(HIRED, *HANDLED).at(may(6)).then().given(LEFT).at(may(9)).then()
    watch.at(may(10)).then(LEAVERS).at(may(20)).then()


def test_a_leave_entered_late_is_told_at_once() -> None:
    given(HIRED, *HANDLED).at(may(20)).then().given(LEFT).at(may(20)).then(LEAVERS)


def test_work_handed_on_in_time_and_a_colleague_who_came_back_are_not_told() -> None:
    other = fact(case.HandlerAssigned, CAM_LY, handler="another")
    given(HIRED, *HANDLED, LEFT, other).at(may(20)).then()
    back = fact(directory.PostFilled, CAM_LY, account=HANDLER, post=Role.CLERK, valid_from=may(9))
    given(HIRED, *HANDLED, LEFT, back).at(may(20)).then()


def test_who_never_had_a_post_in_the_list_is_no_leaver() -> None:
    given(*HANDLED, LEFT).at(may(20)).then()


def test_somebody_leaves_long_after_the_last_rung_of_a_case_was_told() -> None:
    watch = given(HIRED, *HANDLED).at(date(2025, 9, 1))
    told = len(watch.reminders())
    watch.given(fact(directory.PostLeft, CAM_LY, account=HANDLER, post=Role.HANDLER, last_day=JUNE))
    watch.at(date(2025, 9, 2))
    assert [type(each) for each in watch.reminders()[told:]] == [say.LeaversWorkReminded]


def crowd(rung: int, to_office: str) -> Draft:
    """A crowd that nobody received."""
    return reminded(say.CrowdNotReceivedReminded, LUC_NAM, to_office=to_office, rung=rung)


def test_an_hour_after_the_report_a_crowd_not_received_is_told_and_then_upwards() -> None:
    watch = given(CROWD).at(MORNING + timedelta(minutes=59)).then()
    watch.at(MORNING + timedelta(minutes=60)).then(crowd(0, LUC_NAM))
    watch.at(MORNING + timedelta(hours=3)).then(crowd(1, BAC_GIANG))
    watch.at(may(9)).then()
    assert watch.reminders()[0].causation == f"{GATHERING}/1"


def test_a_count_or_a_confirmation_does_not_stand_for_receiving_a_crowd() -> None:
    watch = given(CROWD, fact(gathering.GatheringAcknowledged, BAC_GIANG))
    watch.given(fact(gathering.GatheringCountRevised, LUC_NAM))
    watch.at(MORNING + timedelta(hours=1)).then(crowd(0, LUC_NAM))


def test_a_crowd_received_or_gone_is_not_told() -> None:
    for ended in (
        fact(gathering.CrowdReceived, LUC_NAM), fact(gathering.GatheringDispersed, LUC_NAM)
    ):  # fmt: skip
        given(CROWD, ended).at(may(9)).then()


REPORTED = fact(case.CaseReportedUpward, CAM_LY)


def test_a_report_not_acknowledged_within_a_working_day_is_told_to_the_superior() -> None:
    watch = given(OPENED, REPORTED).at(may(6)).then()
    told = reminded(
        say.ReportUnacknowledgedReminded, CAM_LY, to_office=LUC_NAM, report=2, due=may(6)
    )
    watch.at(may(7)).then(told).at(may(30)).then()
    assert watch.reminders()[0].causation == f"{CASE}/2"


def test_an_acknowledged_report_is_not_told_and_a_newer_one_is() -> None:
    watch = given(OPENED, REPORTED, fact(case.CaseAcknowledged, LUC_NAM)).at(may(9)).then()
    ground = EscalationGround.OVERDUE
    watch.given(fact(case.CaseEscalated, CAM_LY, ground=ground)).at(may(14))
    watch.then(reminded(say.ReportUnacknowledgedReminded, CAM_LY, to_office=LUC_NAM, report=4))
