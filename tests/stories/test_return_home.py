"""Story 6: people of Lục Nam stand at the province's office; twelve go home, four stay (H 6)."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from domain.codes import Role
from services.demo.accounts import account_of
from services.demo.offices import committee, office_id
from tests.doors import Door, Receipt
from tests.stack import Stack
from tests.stories.levels import Levels, levels
from tests.stories.test_single_petitioner import sorted_complaint

LUC_SON, LUC_NAM, BAC_GIANG = "07510", "218", "24"
HOME, PROVINCE_BOARD = committee(LUC_SON), office_id("tcd", BAC_GIANG)
LAND = {"kind": "complaint", "channel": "counter", "field": "land", "place": LUC_SON}
CROWD = {
    "place": BAC_GIANG,
    "site": "province_office",
    "home": LUC_SON,
    "count": {"low": 16, "high": 16},
    "issue": "land",
    "texts": {"issue": "Ranh giới đất rừng (mẫu)."},
}


@dataclass(frozen=True)
class People:
    """Who acts in this story."""

    at: Levels
    board: Door
    chair: Door
    lead: Door
    handler: Door


@pytest.fixture
def people(stack: Stack) -> Iterator[People]:
    with ExitStack() as doors:
        yield People(
            doors.enter_context(levels(stack, LUC_SON, LUC_NAM, BAC_GIANG)),
            doors.enter_context(stack.door(PROVINCE_BOARD)),
            doors.enter_context(stack.door(HOME, Role.LEADER)),
            doors.enter_context(stack.door(HOME, Role.RETURN_LEAD)),
            doors.enter_context(stack.door(HOME, Role.HANDLER)),
        )


def taken_up(petition: Any) -> bool:
    """Whether the view of a petition knows its case; that fact is on the petition's own stream."""
    return bool(petition["state"] == "taken_up")


def requested(people: People, case: Receipt | None = None) -> Receipt:
    """The crowd reported and a return mission asked for by the province's board."""
    about = {} if case is None else {"case_id": case.id}
    crowd = people.board.act("/gatherings", {**CROWD, **about})
    return people.board.act("/return-missions", {"gathering_id": crowd.id, "people": 16})


def led(people: People, mission: Receipt, *steps: tuple[str, dict[str, Any]]) -> Receipt:
    """Steps of the return lead, in order."""
    for step, body in steps:
        mission = people.lead.act(f"/return-missions/{mission.id}/{step}", body, on=mission)
    return mission


def answered(people: People, mission: Receipt) -> Receipt:
    """The commune's chair names a lead; sixteen are offered help, twelve accept, four stay."""
    lead = {"lead": account_of(HOME, Role.RETURN_LEAD)}
    mission = people.chair.act(f"/return-missions/{mission.id}/lead", lead, on=mission)
    return led(
        people,
        mission,
        ("dispatch", {"officers": 3, "vehicles": 1}),
        ("offer", {"people": 16}),
        ("consents", {"people": 12}),
        ("declines", {"people": 4}),
    )


def test_boards_tell_twelve_who_go_home_and_four_who_stay_by_choice(people: People) -> None:
    before = people.at.boards()
    mission = answered(people, requested(people))
    after = people.at.boards(mission)
    for now, then in ((after.district, before.district), (after.province, before.province)):
        assert now["figures"]["returns"]["now"] == then["figures"]["returns"]["now"] + 1
        assert now["figures"]["consented"] == then["figures"]["consented"] + 12
        assert now["figures"]["declined"] == then["figures"]["declined"] + 4
    row = people.at.desk.see(f"/return-missions/{mission.id}", mission)
    assert (row["lead_office"], row["consented"], row["declined"]) == (HOME, 12, 4)


def test_the_crowd_is_on_every_board_until_it_has_gone(people: People) -> None:
    crowd = people.board.act("/gatherings", CROWD)
    there = people.at.boards(crowd)
    gone = people.board.act(f"/gatherings/{crowd.id}/dispersal", {}, on=crowd)
    after = people.at.boards(gone)
    for now, then in ((there.desk, after.desk), (there.district, after.district),
                      (there.province, after.province)):  # fmt: skip
        assert crowd.id in [each["gathering_id"] for each in now["gatherings"]]
        assert crowd.id not in [each["gathering_id"] for each in then["gatherings"]]


def test_a_clerk_does_not_receive_a_crowd_in_the_heads_place(people: People) -> None:
    crowd = people.board.act("/gatherings", CROWD)
    met = {"in_person": True, "representatives": 3}
    people.board.refused(f"/gatherings/{crowd.id}/reception", met, "role_may_not", on=crowd)
    people.chair.refused(f"/gatherings/{crowd.id}/reception", met, "not_the_receiver", on=crowd)


def test_a_return_moves_no_deadline_of_the_case_they_came_for(people: People) -> None:
    petition = sorted_complaint(people.at.desk, LAND)
    case = people.handler.act("/cases", {"petition_id": petition.id})
    petition_before = people.at.desk.see_once(f"/petitions/{petition.id}", taken_up)
    case_before = people.handler.see(f"/cases/{case.id}", case)

    mission = answered(people, requested(people, case))
    today = case_before["opened_on"]
    mission = led(
        people,
        mission,
        ("departure", {"people": 12}),
        ("arrival", {"people": 12, "needs_care": True}),
        ("handover", {"receiving_officer": account_of(HOME, Role.CLERK)}),
        ("follow-up", {"on": today}),
        ("closure", {}),
    )
    closed = people.lead.see(f"/return-missions/{mission.id}", mission)
    assert (closed["stage"], closed["arrived"], closed["declined"]) == ("closed", 12, 4)
    assert people.at.desk.see(f"/petitions/{petition.id}", mission) == petition_before
    assert people.handler.see(f"/cases/{case.id}", mission) == case_before


def test_no_mission_ends_without_a_receiving_officer_and_a_day(people: People) -> None:
    mission = answered(people, requested(people))
    mission = led(people, mission, ("departure", {"people": 12}))
    ending = f"/return-missions/{mission.id}/closure"
    people.lead.refused(ending, {}, "people_on_the_road", on=mission)
    mission = led(people, mission, ("arrival", {"people": 12}))
    people.lead.refused(ending, {}, "no_receiving_officer", on=mission)
    receiver = {"receiving_officer": account_of(HOME, Role.CLERK)}
    mission = led(people, mission, ("handover", receiver))
    people.lead.refused(ending, {}, "no_follow_up_date", on=mission)


def test_nobody_leaves_who_did_not_accept(people: People) -> None:
    mission = answered(people, requested(people))
    told = people.lead.refused(
        f"/return-missions/{mission.id}/departure", {"people": 13}, "too_many_people", on=mission
    )
    assert told["errors"][0]["pointer"] == "#/people"
