"""Who is told of what was promised for a day: directions, receptions at home, notices."""

from datetime import date

from domain.codes import PetitionKind
from domain.events import case, return_mission
from domain.events import reminder as say
from tests.builders import BAC_GIANG, CAM_LY, CASE, LUC_NAM, MISSION, Draft, fact
from tests.services.reminding import Watch, given, moment, reminded

JUNE = date(2025, 6, 1)


def may(day: int) -> date:
    """A day of May 2025."""
    return date(2025, 5, day)


OPENED = fact(case.CaseOpened, CAM_LY, kind=PetitionKind.PROPOSAL)
"""A proposal: the case itself has no settlement clock."""
DIRECTED = fact(case.DirectionIssued, LUC_NAM, due=may(12))
"""Directed on Monday 5/5/2025 (the second fact of the case), to be answered in a week."""
DIRECTION_DUE = reminded(
    say.DirectionDueReminded, CAM_LY, to_office=CAM_LY, direction=2, due=may(12)
)


def unanswered(rung: int, to_office: str) -> Draft:
    """Nobody reported on the direction."""
    return reminded(
        say.DirectionUnansweredReminded, CAM_LY, to_office=to_office, direction=2, rung=rung
    )


def test_a_direction_is_told_before_its_day_and_then_up_the_ladder() -> None:
    watch = given(OPENED, DIRECTED).at(may(7)).then().at(may(8)).then(DIRECTION_DUE)
    assert watch.reminders()[0].causation == f"{CASE}/2"
    watch.at(may(12)).then().at(may(13)).then(unanswered(0, CAM_LY))
    watch.at(may(16)).then(unanswered(1, LUC_NAM)).at(JUNE).then(unanswered(2, BAC_GIANG))


def test_a_direction_for_the_day_after_tomorrow_is_told_on_its_day() -> None:
    short = fact(case.DirectionIssued, LUC_NAM, due=may(7))
    watch = given(OPENED, short).at(may(6)).then()
    watch.at(may(7)).then(reminded(say.DirectionDueReminded, CAM_LY, due=may(7)))


def test_a_report_to_who_directed_answers_and_one_to_another_does_not() -> None:
    to_another = fact(case.CaseReportedUpward, CAM_LY, to_office=BAC_GIANG)
    known = fact(case.CaseAcknowledged, BAC_GIANG)
    watch = given(OPENED, DIRECTED, to_another, known).at(may(8)).then(DIRECTION_DUE)
    watch.given(fact(case.CaseReportedUpward, CAM_LY), fact(case.CaseAcknowledged, LUC_NAM))
    assert watch.at(JUNE).then().on_lists() == {}


def test_a_decision_answers_every_direction() -> None:
    watch = given(OPENED, DIRECTED).at(may(13)).then(DIRECTION_DUE, unanswered(0, CAM_LY))
    watch.given(fact(case.DecisionIssued, CAM_LY, decided_on=may(13)))
    watch.at(may(14))
    assert not [row for rows in watch.on_lists().values() for row in rows if "direction" in row]


def test_each_direction_is_told_of_by_itself() -> None:
    again = fact(case.DirectionIssued, BAC_GIANG, due=may(12))
    told = given(OPENED, DIRECTED, again).at(may(8)).reminders()
    assert {getattr(each, "direction", None) for each in told} == {2, 3}


ASKED = fact(return_mission.ReturnRequested, LUC_NAM)
DATED = fact(return_mission.ReturnFollowUpScheduled, CAM_LY, on=may(12))
ENDED = fact(return_mission.ReturnMissionClosed, CAM_LY)
FOLLOW_UP_DUE = reminded(say.FollowUpDueReminded, CAM_LY, to_office=CAM_LY, due=may(12))


def not_held(rung: int, to_office: str) -> Draft:
    """The reception at home was not held."""
    return reminded(
        say.FollowUpNotHeldReminded, CAM_LY, to_office=to_office, due=may(12), rung=rung
    )


def test_a_reception_at_home_is_owed_until_it_is_held_also_after_the_mission() -> None:
    watch = given(ASKED, DATED, ENDED).at(may(8)).then(FOLLOW_UP_DUE)
    assert watch.reminders()[0].causation == f"{MISSION}/2"
    watch.at(may(13)).then(not_held(0, CAM_LY)).at(may(16)).then(not_held(1, LUC_NAM))
    assert set(watch.on_lists()) == {CAM_LY, LUC_NAM}
    watch.given(fact(return_mission.ReturnFollowUpHeld, CAM_LY, held_on=may(16)))
    assert watch.at(JUNE).then().on_lists() == {}
    assert watch.agenda.figures().files == 0


def test_a_mission_without_a_day_waits_for_nothing_and_another_day_is_another_promise() -> None:
    watch = given(ASKED).at(may(9)).then().given(DATED).at(may(11)).then()
    watch.at(may(12)).then(FOLLOW_UP_DUE)
    watch.given(fact(return_mission.ReturnFollowUpScheduled, CAM_LY, on=may(20)))
    watch.at(may(15)).then()
    assert watch.on_lists() == {}
    watch.at(may(16)).then(reminded(say.FollowUpDueReminded, CAM_LY, due=may(20)))


DENOUNCED = fact(case.CaseOpened, CAM_LY, kind=PetitionKind.DENUNCIATION)
NOTICE = {"clock": "acceptance_notice", "due": may(12)}


def notices(watch: Watch) -> list[str]:
    """The kinds of reminder about the notice."""
    clocks = (each for each in watch.reminders() if getattr(each, "clock", "") == NOTICE["clock"])
    return [each.TOPIC for each in clocks]


def test_the_notice_that_a_denunciation_was_taken_up_is_due_in_five_working_days() -> None:
    watch = given(DENOUNCED).at(may(8))
    soon = reminded(say.DueSoonReminded, CAM_LY, to_office=CAM_LY, **NOTICE)
    watch.then(soon).at(may(12)).then(reminded(say.DueReminded, CAM_LY, **NOTICE))
    watch.at(may(13)).then(reminded(say.OverdueReminded, CAM_LY, rung=0, **NOTICE))
    watch.given(fact(case.AcceptanceNotified, CAM_LY, noticed_on=may(13)))
    assert watch.at(may(16)).then().on_lists() == {}


def test_a_notice_sent_in_time_or_a_decision_ends_it() -> None:
    for ended in (
        fact(case.AcceptanceNotified, CAM_LY, noticed_on=may(6)),
        fact(case.DecisionIssued, CAM_LY, decided_on=may(7)),
    ):
        assert notices(given(DENOUNCED, ended).at(JUNE)) == []


def test_what_was_entered_late_is_told_at_once_if_it_still_waits() -> None:
    watch = Watch()
    watch.clock.at = moment(may(14))
    watch.given(OPENED, DIRECTED).at(may(14)).then(DIRECTION_DUE, unanswered(0, CAM_LY))
