"""Who is told, and when, of work that waits too long: each policy by itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.codes import ClosureScope, PetitionKind, Role
from domain.events import (
    access,
    calendar,
    case,
    directory,
    petition,
    return_mission,
    settlement,
)
from domain.events import reminder as say
from domain.events.law import RulebookPublished
from domain.law.editions import digest_of
from domain.policies.pace import DUE_SOON
from domain.ports import AtHand, Wanted
from domain.streams import access_stream, office_stream, place_calendar_stream
from infra.agenda import News
from infra.law import carried_edition
from infra.memory import MemoryFactStore
from services.scheduler.steps import REMIND_AT_ONCE, Scheduler, news_of
from tests.builders import (
    BAC_GIANG,
    CAM_LY,
    CASE,
    LUC_NAM,
    OTHER_PETITION,
    PETITION,
    Draft,
    fact,
)
from tests.domain.after_the_reform import NEW_CAM_LY, reform
from tests.domain.noting import Noting
from tests.services.reminder_facts import JUNE, OPENED, PROPOSAL, june, may, storm
from tests.services.reminding import Watch, given, moment, reminded

DUE = date(2025, 5, 19)
REPLY = {"clock": "reply.citizen", "due": DUE}
SOON = reminded(say.DueSoonReminded, CAM_LY, to_office=CAM_LY, **REPLY)
TODAY = reminded(say.DueReminded, CAM_LY, to_office=CAM_LY, **REPLY)


def overdue(rung: int, to_office: str, office: str = CAM_LY) -> Draft:
    """The reply is late."""
    return reminded(say.OverdueReminded, office, to_office=to_office, rung=rung, **REPLY)


SETTLE = {"clock": "settlement", "due": date(2025, 6, 4)}


def test_two_working_days_before_the_due_day_the_office_is_told() -> None:
    watch = given(PROPOSAL).at(may(14)).then()
    watch.at(may(15)).then(SOON)
    assert watch.at(may(18)).then().reminders()[0].causation == f"{PETITION}/1"


def test_on_the_due_day_the_office_is_told() -> None:
    given(PROPOSAL).at(may(15)).then(SOON).at(may(19)).then(TODAY)


def test_once_it_is_late_the_head_is_told_and_then_each_superior_up_to_the_top() -> None:
    watch = given(PROPOSAL).at(may(19)).then(SOON, TODAY)
    watch.at(may(20)).then(overdue(0, CAM_LY))
    watch.at(may(22)).then()
    watch.at(may(23)).then(overdue(1, LUC_NAM))
    watch.at(may(28)).then(overdue(2, BAC_GIANG))
    watch.at(date(2025, 12, 31)).then()


def test_the_office_complained_of_is_passed_over_on_the_way_up() -> None:
    about_the_district = fact(
        petition.PetitionReceived, CAM_LY, kind=PetitionKind.PROPOSAL, accused_office=LUC_NAM
    )
    watch = given(about_the_district).at(may(20)).then(SOON, TODAY, overdue(0, CAM_LY))
    watch.at(may(23)).then(overdue(1, BAC_GIANG))


def test_whoever_accepts_it_is_reminded_and_the_clock_has_not_begun_anew() -> None:
    watch = given(PROPOSAL, fact(petition.PetitionTransferred, CAM_LY, reply_due=may(16)))
    watch.at(may(15)).then(SOON)
    watch.given(fact(petition.PetitionAccepted, LUC_NAM))
    told = reminded(say.DueReminded, LUC_NAM, to_office=LUC_NAM, **REPLY)
    watch.at(may(19)).then(told)
    watch.at(may(20)).then(overdue(0, LUC_NAM, office=LUC_NAM))


def test_an_answer_ends_all_reminders() -> None:
    watch = given(PROPOSAL).at(may(15)).then(SOON)
    watch.given(fact(petition.CitizenGuided, CAM_LY)).at(JUNE).then()
    assert watch.agenda.figures().files == 0


def test_what_was_answered_while_the_scheduler_was_away_is_not_reminded_of_later() -> None:
    watch = given(PROPOSAL)
    watch.clock.at = moment(may(27))
    watch.given(fact(petition.CitizenGuided, CAM_LY)).at(may(28)).then()


def test_what_still_waits_after_a_long_absence_is_told_in_order_with_the_days_it_fell() -> None:
    watch = given(PROPOSAL).at(may(30))
    watch.then(SOON, TODAY, overdue(0, CAM_LY), overdue(1, LUC_NAM), overdue(2, BAC_GIANG))
    fell = [each.occurred_at for each in watch.reminders()]
    assert fell == [moment(may(day), 0) for day in (15, 19, 20, 23, 28)]
    assert {each.timestamp for each in watch.reminders()} == {watch.clock.now()}


def test_unassigned_work_counts_like_assigned_work() -> None:
    soon = reminded(say.DueSoonReminded, CAM_LY, to_office=CAM_LY, **SETTLE)
    late = reminded(say.OverdueReminded, CAM_LY, to_office=CAM_LY, rung=0, **SETTLE)
    today = reminded(say.DueReminded, CAM_LY, to_office=CAM_LY, **SETTLE)
    given(OPENED).at(june(5)).then(soon, today, late)
    given(OPENED, fact(case.HandlerAssigned, CAM_LY)).at(june(5)).then(soon, today, late)


def test_no_reading_no_sorting_and_no_assigning_postpones_a_clock() -> None:
    watch = given(PROPOSAL, OPENED).at(may(14)).then()
    watch.given(
        fact(access.TextOpened, CAM_LY, access_stream(PETITION)),
        fact(access.HistoryReplayed, CAM_LY, access_stream(CASE)),
        fact(
            petition.PetitionClassified,
            CAM_LY,
            kind=PetitionKind.PROPOSAL,
            competent_office=CAM_LY,
        ),
        fact(case.HandlerAssigned, CAM_LY),
    )
    watch.at(may(15)).then(SOON).at(may(19)).then(TODAY)
    watch.at(june(2)).then(
        overdue(0, CAM_LY), overdue(1, LUC_NAM), overdue(2, BAC_GIANG),
        reminded(say.DueSoonReminded, CAM_LY, **SETTLE),
    )  # fmt: skip


def test_a_reminder_postpones_nothing_either() -> None:
    watch = given(PROPOSAL)
    for day in range(15, 31):
        watch.at(may(day))
    watch.then(SOON, TODAY, overdue(0, CAM_LY), overdue(1, LUC_NAM), overdue(2, BAC_GIANG))


def test_while_a_case_rests_nobody_is_told_and_then_by_the_later_day() -> None:
    watch = given(OPENED)
    watch.clock.at = moment(may(20))
    watch.given(fact(settlement.CaseSuspended, CAM_LY, decided_on=may(20))).at(june(20)).then()
    watch.given(fact(settlement.CaseContinued, CAM_LY, decided_on=june(20)))
    later = {"clock": "settlement", "due": date(2025, 7, 5)}
    watch.at(date(2025, 7, 5)).then(
        reminded(say.DueSoonReminded, CAM_LY, **later), reminded(say.DueReminded, CAM_LY, **later)
    )


def test_a_closed_case_is_no_longer_reminded_of() -> None:
    watch = given(OPENED, fact(case.DecisionIssued, CAM_LY), fact(case.CaseClosed, CAM_LY))
    watch.at(date(2025, 12, 1)).then()


def test_a_closure_announced_later_moves_what_still_waits() -> None:
    watch = given(PROPOSAL).at(may(14)).then().given(storm(15, 16)).at(may(18)).then()
    moved = {"clock": "reply.citizen", "due": may(21)}
    watch.at(may(19)).then(reminded(say.DueSoonReminded, CAM_LY, **moved))
    watch.at(may(21)).then(reminded(say.DueReminded, CAM_LY, **moved))


def test_a_day_moved_away_and_back_is_told_of_once() -> None:
    watch = given(PROPOSAL).at(may(15)).then(SOON).given(storm(15, 16)).at(may(15)).then()
    stream = place_calendar_stream(ClosureScope.OFFICE, CAM_LY)
    watch.given(fact(calendar.ClosureWithdrawn, CAM_LY, stream, withdrawn=1))
    watch.at(may(18)).then().at(may(19)).then(TODAY)


def test_more_files_than_one_step_takes_are_told_in_the_order_in_which_they_fell() -> None:
    watch = Watch()
    for number in range(REMIND_AT_ONCE + 30):
        received = moment(may(1) + timedelta(days=(number * 7) % 30))
        watch.given(replace(PROPOSAL, stream=UUID(int=number + 1), at=received))
    watch.at(date(2025, 8, 1))
    fell = [each.occurred_at for each in watch.reminders()]
    assert len(fell) == 5 * (REMIND_AT_ONCE + 30)
    assert fell == sorted(fell)


def test_for_an_office_that_stands_no_longer_its_heir_is_told_and_who_stands_above_that() -> None:
    received = fact(
        petition.PetitionReceived, CAM_LY, kind=PetitionKind.PROPOSAL, at=moment(june(25))
    )
    watch = Watch()
    watch.store.append(reform(Noting()))
    watch.given(received).at(date(2025, 7, 8))
    watch.at(date(2025, 7, 20))
    told = [(each.to_office, getattr(each, "rung", None)) for each in watch.reminders()]
    assert told == [
        (NEW_CAM_LY, None), (NEW_CAM_LY, None), (NEW_CAM_LY, 0), (BAC_GIANG, 1)
    ]  # fmt: skip
    assert {each.office for each in watch.reminders()} == {CAM_LY}


def test_a_lawyer_changes_how_early_the_offices_are_told() -> None:
    edition = carried_edition()
    said = [
        {**line, "amount": 4} if line.get("id") == DUE_SOON else dict(line)
        for line in edition.lines
    ]
    published = fact(
        RulebookPublished, CAM_LY, edition=1, digest=digest_of(said), lines=tuple(said)
    )
    watch = given(PROPOSAL).at(may(12)).then().given(published)
    watch.at(may(13)).then(SOON)


class Blurred(MemoryFactStore):
    """A store in which the case's facts are of a newer release, until they are read rightly."""

    blurred = True

    def at_hand(self, wanted: Wanted) -> AtHand:
        found = super().at_hand(wanted)
        lying = found.facts.get(CASE, ())
        newer = [told._replace(type_name="case.opened/9") for told in lying]
        return replace(found, facts={**found.facts, CASE: newer}) if self.blurred else found


class Mixed(MemoryFactStore):
    """A store in which the case's facts were overwritten with those of another stream."""

    def at_hand(self, wanted: Wanted) -> AtHand:
        found = super().at_hand(wanted)
        other = super().at_hand(Wanted(streams=(PETITION,))).facts[PETITION]
        return replace(found, facts={**found.facts, CASE: other})


def test_a_file_with_a_fact_of_another_stream_is_set_aside_alone() -> None:
    watch = Watch(Mixed()).given(PROPOSAL, OPENED).at(may(15)).then(SOON)
    assert watch.agenda.figures().unreadable == 1


def test_a_file_with_a_fact_of_a_newer_release_is_set_aside_alone_and_tried_again() -> None:
    store = Blurred()
    watch = Watch(store).given(PROPOSAL, OPENED).at(may(15)).then(SOON)
    assert watch.agenda.figures().unreadable == 1
    store.blurred = False
    watch.scheduler = Scheduler(watch.world, epoch=2)
    watch.at(june(2))
    assert watch.agenda.figures().unreadable == 0
    assert watch.reminders()[-1].subject == CASE


ENDLESS = {
    "reply": (
        fact(petition.PetitionReceived, CAM_LY, OTHER_PETITION, kind=PetitionKind.PROPOSAL),
        fact(petition.PetitionTransferred, CAM_LY, OTHER_PETITION, reply_due=date.max),
    ),
    "direction": (
        fact(case.CaseOpened, LUC_NAM),
        fact(case.DirectionIssued, BAC_GIANG, CASE, to_office=LUC_NAM, due=date.max),
    ),
    "reception": (
        fact(return_mission.ReturnRequested, LUC_NAM),
        fact(return_mission.ReturnFollowUpScheduled, CAM_LY, on=date.max),
    ),
}
"""What was recorded before such days were refused: nobody can count on from them."""


@pytest.mark.parametrize("stored", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_stored_day_that_nobody_can_count_from_sets_its_own_file_aside_alone(
    stored: tuple[Draft, ...],
) -> None:
    watch = given(PROPOSAL, *stored).at(may(15)).then(SOON)
    assert watch.agenda.figures().unreadable == 1
    watch.at(may(19)).then(TODAY)


def test_a_leaver_without_end_sets_only_the_work_of_the_leaver_aside() -> None:
    office = office_stream(CAM_LY)
    post: dict[str, Any] = {"office_id": CAM_LY, "account": "handler-1", "post": Role.HANDLER}
    watch = given(
        PROPOSAL,
        OPENED,
        fact(case.HandlerAssigned, CAM_LY, handler="handler-1"),
        fact(directory.PostFilled, CAM_LY, office, **post, valid_from=may(1)),
        fact(directory.PostLeft, CAM_LY, office, **post, last_day=date.max),
    )
    watch.at(may(15)).then(SOON)
    assert watch.agenda.figures().unreadable == 1


def test_a_post_that_only_a_newer_release_understands_makes_every_file_looked_at() -> None:
    left = fact(directory.PostLeft, CAM_LY, office_stream(CAM_LY))
    store = MemoryFactStore()
    store.append([left.recorded(1, moment(may(5)))])
    (record,) = store.read(after=0, limit=1)
    assert news_of([record]) == News(1, (), (CAM_LY,), everything=False)
    newer = replace(record, type_name="office.post_left/9")
    assert news_of([newer]) == News(1, (), (), everything=True)
