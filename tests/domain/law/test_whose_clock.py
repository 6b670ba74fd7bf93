"""Whose time a clock measures, and what of a file it goes by."""

from dataclasses import replace
from datetime import date

from domain.codes import ClosureReason, Contested, PetitionKind
from domain.events.base import OfficeEvent
from domain.events.case import CaseOpened, CaseReportedUpward, DirectionIssued, PetitionLinked
from domain.events.petition import PetitionConcluded, PetitionReceived, PetitionTakenUp
from domain.events.settlement import CaseContestedNamed
from domain.law.calendar import Calendar, OffDay
from domain.law.clocks import LINES, Clock, Whose
from domain.law.counting import Pause
from domain.law.engine import clocks
from domain.law.happened import happened
from domain.law.timeline import Timeline
from domain.law.told_clocks import as_data, told
from services.law import carried_law
from tests.builders import CAM_LY, CASE, LUC_NAM, fact, in_order

COMPLAINT, DENUNCIATION = PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION
PLAIN = Calendar((), (2025, 2026))
MAY_5, JULY_1 = date(2025, 5, 5), date(2025, 7, 1)


def asked(timeline: Timeline, on: date) -> dict[str, Clock]:
    return {each.name: each for each in clocks(timeline, PLAIN, carried_law().book, on)}


def told_by(*facts: OfficeEvent) -> Timeline:
    found = happened(facts, by=JULY_1, known=JULY_1)
    assert found is not None
    return found.timeline


def test_only_its_own_clocks_are_an_offices_to_be_reminded_of() -> None:
    others = {line.clock: line.whose for line in LINES if line.whose is not Whose.OFFICE}
    assert others == {
        "right_to_complain": Whose.CITIZEN,
        "second_complaint": Whose.CITIZEN,
        "denunciation.overdue.demand": Whose.SUPERIOR,
    }
    assert not any(line.watched for line in LINES if line.clock in others)


def test_a_complaint_is_told_to_have_come_in_time_or_too_late() -> None:
    knew = date(2025, 3, 1)
    in_time = Timeline(kind=COMPLAINT, known_on=knew, received_on=date(2025, 5, 30))
    late = Timeline(kind=COMPLAINT, known_on=knew, received_on=date(2025, 5, 31))
    for filed, words in ((in_time, "còn thời hiệu"), (late, "quá thời hiệu")):
        right = asked(filed, JULY_1)["right_to_complain"]
        assert words in " ".join(told(right, JULY_1))
        assert as_data(right, JULY_1)["late"] is (filed is late)
        assert as_data(right, JULY_1)["whose"] == "citizen"


def test_what_hindered_the_citizen_is_told_as_such() -> None:
    hindered = Pause(date(2025, 3, 9), date(2025, 3, 19), why=OffDay.OBSTACLE)
    filed = Timeline(
        kind=COMPLAINT, known_on=date(2025, 3, 1), received_on=MAY_5, obstacles=(hindered,)
    )
    said = told(asked(filed, MAY_5)["right_to_complain"], MAY_5)
    assert (
        "Trở ngại khách quan từ ngày 10/03/2025 đến ngày 19/03/2025: "
        "10 ngày không tính vào thời hiệu."
    ) in said
    assert not any("đình chỉ" in line for line in said)


def test_the_second_complaint_waits_for_an_answer_or_for_the_end_of_its_limit() -> None:
    withdrawn = Timeline(kind=COMPLAINT, taken_up_on=MAY_5, told_on=date(2025, 5, 20),
        ended_on=date(2025, 5, 20))  # fmt: skip
    assert "second_complaint" not in asked(withdrawn, JULY_1)
    silent = Timeline(kind=COMPLAINT, taken_up_on=MAY_5)
    assert "second_complaint" not in asked(silent, date(2025, 6, 4))
    assert asked(silent, date(2025, 6, 5))["second_complaint"].deadline.start == date(2025, 6, 4)


def test_a_superior_who_does_not_ask_is_late_and_not_the_office() -> None:
    silent = Timeline(kind=DENUNCIATION, taken_up_on=MAY_5)
    demand = asked(silent, JULY_1)["denunciation.overdue.demand"]
    assert demand.is_late_on(JULY_1)
    assert "Quá hạn, việc của cấp trên." in told(demand, JULY_1)


def test_a_direction_on_the_last_day_is_no_demand_and_a_report_answers_on_its_own_day() -> None:
    """Due on 4 June: only from the 5th on the superior asks why it is overdue."""
    due, after = date(2025, 6, 4), date(2025, 6, 5)
    early = Timeline(kind=DENUNCIATION, taken_up_on=MAY_5, directed_on=(due,), reported_on=(due,))
    found = asked(early, JULY_1)
    assert found["denunciation.overdue.demand"].runs
    assert "denunciation.overdue.answer" not in found
    answered = replace(early, directed_on=(due, after), reported_on=(due, after))
    found = asked(answered, JULY_1)
    assert found["denunciation.overdue.demand"].met_on == after
    assert found["denunciation.overdue.answer"].met_on == after


def test_once_it_is_decided_nobody_asks_why_it_is_not_nor_owes_an_answer() -> None:
    """Due on 4 June, decided on the 10th: until then the superior could ask."""
    asked_on, decided = date(2025, 6, 9), date(2025, 6, 10)
    late = Timeline(kind=DENUNCIATION, taken_up_on=MAY_5, decided_on=decided)
    found = asked(late, JULY_1)
    assert found["denunciation.overdue.demand"].met_on == decided
    assert not found["denunciation.overdue.demand"].is_late_on(JULY_1)
    found = asked(replace(late, directed_on=(asked_on,)), JULY_1)
    assert found["denunciation.overdue.answer"].met_on == decided
    found = asked(replace(late, directed_on=(date(2025, 6, 12),)), JULY_1)
    assert "denunciation.overdue.answer" not in found


def test_a_further_denunciation_already_passed_on_waits_no_more() -> None:
    again = Timeline(kind=DENUNCIATION, held_since=MAY_5, further=True, offered_on=date(2025, 5, 6))
    assert asked(again, JULY_1)["denunciation.further"].met_on == date(2025, 5, 6)


def test_the_facts_of_a_case_tell_when_it_was_asked_about_and_answered() -> None:
    facts = in_order(
        fact(CaseOpened, CAM_LY), fact(PetitionLinked, CAM_LY),
        fact(CaseContestedNamed, CAM_LY, contested=Contested.DISMISSAL),
        fact(DirectionIssued, LUC_NAM, CASE), fact(CaseReportedUpward, CAM_LY),
    )  # fmt: skip
    timeline = told_by(*facts)
    assert (timeline.directed_on, timeline.reported_on) == ((MAY_5,), (MAY_5,))
    assert timeline.contested is Contested.DISMISSAL


def test_only_a_case_that_ended_is_reported_to_who_sent_the_petition() -> None:
    ended = fact(PetitionConcluded, CAM_LY, reason=ClosureReason.ANSWERED)
    taken_up = (fact(PetitionReceived, CAM_LY), fact(PetitionTakenUp, CAM_LY))
    assert told_by(*in_order(*taken_up)).concluded_on is None
    timeline = told_by(*in_order(*taken_up, ended))
    assert timeline.concluded_on == MAY_5
    assert "reception.result_report" not in asked(timeline, JULY_1)
