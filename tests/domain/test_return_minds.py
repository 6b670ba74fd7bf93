"""Consent to go home is free until the departure: who accepted may stay after all.

Rule: requirements.md G 10. Nobody who changes his mind stands in the way of a true end.
"""

from domain.events.return_mission import (
    ReturnArrivedHome,
    ReturnConsented,
    ReturnDeclined,
    ReturnDeparted,
    ReturnHandedOver,
    ReturnMissionClosed,
)
from domain.refusals.return_mission import TooManyPeople, WillingNotAway
from domain.return_mission import ReturnMission
from tests.builders import CAM_LY, MISSION, Draft, fact, in_order
from tests.domain.test_return_mission import (
    ANSWERED,
    CLOSE,
    FOLLOW_UP,
    HOME,
    OFFERED,
    arrive,
    consent,
    decline,
    depart,
)
from tests.scenario import Scenario, given

TEN_WENT = (
    *ANSWERED, fact(ReturnDeparted, CAM_LY, people=10),
    fact(ReturnArrivedHome, CAM_LY, people=10), fact(ReturnHandedOver, CAM_LY),
)  # fmt: skip


def standing(*facts: Draft) -> ReturnMission:
    mine = [each for each in in_order(*facts) if each.originator_id == MISSION]
    return ReturnMission.replay(MISSION, mine)


def asked(world: Scenario, *acts: object) -> Scenario:
    for act in acts:
        world.when(act, by=HOME)  # type: ignore[arg-type]
    return world


def test_where_all_who_accepted_stay_after_all_nobody_need_leave_for_it_to_end() -> None:
    world = asked(given(*OFFERED), consent(4), decline(12), decline(4), FOLLOW_UP, CLOSE)
    world.then(fact(ReturnMissionClosed, CAM_LY))


def test_who_stays_after_all_no_longer_counts_as_willing() -> None:
    mission = standing(*ANSWERED, fact(ReturnDeclined, CAM_LY, people=5))
    assert (mission.consented, mission.declined, mission.unanswered) == (7, 9, 0)


def test_those_who_had_not_answered_decline_before_those_who_had_accepted() -> None:
    twelve = fact(ReturnConsented, CAM_LY)
    mission = standing(*OFFERED, twelve, fact(ReturnDeclined, CAM_LY, people=5))
    assert (mission.consented, mission.declined, mission.unanswered) == (11, 5, 0)


def test_nobody_stays_who_has_left() -> None:
    asked(given(*TEN_WENT), decline(3)).then_refused(TooManyPeople, pointer="/people")
    asked(given(*TEN_WENT), decline(2)).then(fact(ReturnDeclined, CAM_LY, people=2))
    asked(given(*TEN_WENT), decline(2), depart(1)).then_refused(TooManyPeople)


def test_with_somebody_willing_who_has_not_left_it_is_not_closed() -> None:
    asked(given(*TEN_WENT), FOLLOW_UP, CLOSE).then_refused(WillingNotAway)
    stays = asked(given(*TEN_WENT), FOLLOW_UP, decline(2), CLOSE)
    stays.then(fact(ReturnMissionClosed, CAM_LY))
    goes = asked(given(*TEN_WENT), FOLLOW_UP, depart(2), arrive(2), CLOSE)
    goes.then(fact(ReturnMissionClosed, CAM_LY))


def test_a_mission_closed_before_that_was_asked_replays_as_closed() -> None:
    closed = standing(*TEN_WENT, fact(ReturnMissionClosed, CAM_LY))
    assert (closed.closed, closed.consented, closed.departed) == (True, 12, 10)
