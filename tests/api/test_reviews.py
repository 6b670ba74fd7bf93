"""A notice that comes late: open files move, ended ones wait for a head who looks at them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.codes import Role
from domain.events import calendar as facts
from domain.events.case import CaseOpened, DecisionIssued
from domain.events.petition import CitizenGuided, PetitionReceived
from domain.law.law import Law
from domain.streams import calendar_stream
from infra.memory.reconciled import MemoryDigests
from projections.base import changed
from projections.reviews import ReviewRow
from services.late_notices import learned_late
from services.law import carried_law
from services.reviewing import Reviewing
from services.reviews import still_waiting
from tests.api.real import RealWorld, real_world
from tests.api.world import problem_of
from tests.builders import (
    CAM_LY,
    CASE,
    LUC_NAM,
    OTHER_PETITION,
    PETITION,
    VOI,
    fact,
    in_order,
)
from tests.stores import Addresses

AT = "/api/v1/reviews"
NOTE = {"clock": "reply.citizen", "outcome": "stands"}
LATE = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
YEAR = calendar_stream(2027)
HOLIDAY = fact(facts.DayOffAnnounced, "system", YEAR, day=date(2025, 5, 15), at=LATE)
WITHDRAWN = fact(facts.DayOffWithdrawn, "system", YEAR, withdrawn=1, at=LATE)


def known(*news: object) -> Law:
    return carried_law().with_facts(in_order(*news))  # type: ignore[arg-type]


@pytest.fixture
def world(addresses: Addresses) -> Iterator[RealWorld]:
    """One petition answered a day late, one in time; then a holiday on the way is announced."""
    with real_world(addresses) as made:
        made.store.append(
            in_order(
                fact(PetitionReceived, CAM_LY),
                fact(PetitionReceived, CAM_LY, OTHER_PETITION),
                fact(CitizenGuided, CAM_LY, at=datetime(2025, 5, 20, 2, 0, tzinfo=UTC)),
                fact(
                    CitizenGuided, CAM_LY, OTHER_PETITION,
                    at=datetime(2025, 5, 16, 2, 0, tzinfo=UTC),
                ),
            )
        )  # fmt: skip
        made.project()
        made.clock.at = LATE
        made.law = lambda: known(HOLIDAY)
        yield made


def asked(world: RealWorld) -> int:
    """What the policy asks now, shown in the views."""
    heads = MemoryDigests(world.store)
    questions = Reviewing(world.views, world.casework, world.law, heads, world.clock).run()
    world.project()
    return questions


def test_a_head_is_asked_about_the_file_whose_result_turned_and_notes_it(world: RealWorld) -> None:
    assert (asked(world), asked(world)) == (1, 0)
    head, clerk = world.door(CAM_LY, Role.LEADER), world.door()
    (waits,) = head.get(AT).json()["items"]
    assert (waits["subject"], waits["met_on"]) == (str(PETITION), "2025-05-20")
    assert (waits["was_due"], waits["was_late"]) == ("2025-05-19", True)
    assert (waits["due"], waits["late"]) == ("2025-05-20", False)
    row = world.views.find_petition(PETITION)
    assert row is not None
    assert row.due_on == date(2025, 5, 19)
    at = f"{AT}/{PETITION}/note"
    problem_of(clerk.act(at, NOTE), 403, "role_may_not")
    problem_of(world.door(VOI, Role.LEADER).act(at, NOTE), 404, "not_found")
    noted = head.act(at, NOTE, key="looked-at-it")
    assert noted.status_code == 201, noted.text
    again = head.act(at, NOTE, key="looked-at-it")
    assert again.headers["Idempotent-Replayed"] == "true"
    problem_of(head.act(at, NOTE), 409, "nothing_to_review")
    world.project()
    assert head.get(AT).json()["items"] == []
    assert asked(world) == 0


def test_a_question_falls_away_with_its_notice_and_comes_back_with_it(world: RealWorld) -> None:
    asked(world)
    head, clerk = world.door(CAM_LY, Role.LEADER), world.door()
    world.law = lambda: known(HOLIDAY, WITHDRAWN)
    assert asked(world) == 0
    for door in (head, clerk, world.door(LUC_NAM, Role.LEADER)):
        assert door.get(AT).json() == {"items": [], "next": None}
    world.law = lambda: known(HOLIDAY, WITHDRAWN, HOLIDAY)
    assert asked(world) == 0
    (waits,) = head.get(AT).json()["items"]
    assert (waits["subject"], waits["due"]) == (str(PETITION), "2025-05-20")
    assert head.act(f"{AT}/{PETITION}/note", NOTE).status_code == 201


def test_another_day_off_in_its_place_is_listed_with_the_day_it_gives(world: RealWorld) -> None:
    asked(world)
    more = replace(HOLIDAY, facts={"day": date(2025, 5, 16)})
    world.law = lambda: known(HOLIDAY, more)
    head = world.door(CAM_LY, Role.LEADER)
    (waits,) = head.get(AT).json()["items"]
    assert (waits["was_due"], waits["due"]) == ("2025-05-19", "2025-05-21")
    assert asked(world) == 1
    (waits,) = head.get(AT).json()["items"]
    assert waits["due"] == "2025-05-21"


def test_a_question_about_a_case_waits_while_its_settlement_is_in_doubt(world: RealWorld) -> None:
    """Taken up on 14 May it was to be settled by 13 June; it was on the 16th."""
    taken_up, decided = (datetime(2025, month, day, 2, tzinfo=UTC) for month, day in
                         ((5, 14), (6, 16)))  # fmt: skip
    world.store.append(
        in_order(
            fact(CaseOpened, CAM_LY, at=taken_up),
            fact(DecisionIssued, CAM_LY, decided_on=decided.date(), at=decided),
        )
    )
    world.project()
    row = ReviewRow(
        stream=CASE, clock="settlement", subject=CASE, number="VV-1", office=CAM_LY, unit="",
        met_on=decided.date(), was_due=date(2025, 6, 17), due=date(2025, 6, 12), asked_at=LATE,
        noted_at=None, noted_by=None, outcome=None, version=1, lane=0, position=1,
        recorded_at=LATE,
    )  # fmt: skip
    (waits,) = still_waiting([row], world.views, carried_law())
    assert waits.row.due == date(2025, 6, 13)
    settled = changed(row, was_due=date(2025, 6, 13))
    unknown = changed(row, subject=PETITION)
    assert list(still_waiting([settled, unknown], world.views, carried_law())) == []


def test_who_is_above_sees_it_too_and_a_stranger_nothing(world: RealWorld) -> None:
    asked(world)
    assert len(world.door(LUC_NAM, Role.LEADER).get(AT).json()["items"]) == 1
    assert len(world.door().get(AT).json()["items"]) == 1
    for office, role in ((VOI, Role.LEADER), (LUC_NAM, Role.CLERK), (CAM_LY, Role.ADMIN)):
        assert world.door(office, role).get(AT).json()["items"] == []
    noted = world.door(LUC_NAM, Role.LEADER).act(f"{AT}/{PETITION}/note", NOTE)
    assert noted.status_code == 201


def test_a_notice_in_good_time_or_taken_back_asks_nobody(world: RealWorld) -> None:
    early = replace(HOLIDAY, at=datetime(2025, 5, 2, 2, 0, tzinfo=UTC))
    assert list(learned_late(known(early))) == []
    assert len(list(learned_late(known(HOLIDAY, WITHDRAWN)))) == 2
    world.law = lambda: known(HOLIDAY, WITHDRAWN)
    assert asked(world) == 0
    assert world.door().get(f"{AT}?cursor=nonsense").status_code == 422
