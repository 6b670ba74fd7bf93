"""Over HTTP: a person decides where an abolished office's work goes, and hands on a leaver's."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.codes import Role
from domain.commands.rehoming import RehomePetition
from domain.directory import Directory
from domain.events.case import CaseOpened, HandlerAssigned, PetitionLinked
from domain.events.directory import PostFilled, PostLeft
from domain.events.petition import PetitionReceived, PetitionTakenUp
from domain.ports import PARTITIONS
from domain.streams import office_stream
from services.api.sse.pending import Signal
from services.api.sse.topics import ViewsFeed
from tests.api.real import RealWorld, real_world
from tests.api.world import problem_of
from tests.builders import (
    BAC_GIANG,
    CASE,
    NGHIA_PHUONG,
    OTHER_PETITION,
    PETITION,
    fact,
    in_order,
    officer,
    unit_of,
)
from tests.domain.after_the_reform import (
    AUGUST_MORNING,
    NEW_CAM_LY,
    NEW_NGHIA_PHUONG,
    REFORMED,
)
from tests.stores import Addresses

HOME = f"/api/v1/petitions/{PETITION}/home"
DECISION = {"office": NGHIA_PHUONG, "to_office": NEW_NGHIA_PHUONG}


def country(*, left: bool) -> Directory:
    """After the reform; an officer of the new commune has perhaps left."""
    here: dict[str, Any] = {"office_id": NEW_CAM_LY, "account": "acc-7", "post": Role.HANDLER}
    stream, since = office_stream(NEW_CAM_LY), date(2025, 7, 1)
    said = [fact(PostFilled, NEW_CAM_LY, stream, **here, valid_from=since)]
    said += [fact(PostLeft, NEW_CAM_LY, stream, **here, last_day=since)] if left else []
    return REFORMED.with_facts(in_order(*said))


@pytest.fixture
def world(addresses: Addresses) -> Iterator[RealWorld]:
    """August: the province answers for a split commune's petition, a case has a handler."""
    with real_world(addresses) as made:
        made.store.append(
            in_order(
                fact(PetitionReceived, NGHIA_PHUONG),
                fact(PetitionReceived, NEW_CAM_LY, OTHER_PETITION),
                fact(PetitionTakenUp, NEW_CAM_LY, OTHER_PETITION),
                fact(CaseOpened, NEW_CAM_LY, petition_id=OTHER_PETITION),
                fact(PetitionLinked, NEW_CAM_LY, petition_id=OTHER_PETITION),
                fact(HandlerAssigned, NEW_CAM_LY, handler="acc-7"),
            )
        )
        made.directory, made.clock.at = country(left=True), AUGUST_MORNING
        made.casework.handle(
            RehomePetition(petition_id=PETITION, office=NGHIA_PHUONG),
            officer("system", Role.SYSTEM),
            key=PETITION,
            request=b"",
            correlation="test",
        )
        made.project()
        yield made


def test_who_answers_meanwhile_sees_what_waits_and_between_which_heirs(world: RealWorld) -> None:
    answered = world.door(BAC_GIANG, Role.LEADER).get("/api/v1/undecided-files").json()
    (waits,) = answered["items"]
    assert (waits["id"], waits["version"]) == (str(PETITION), 2)
    assert waits["formers"] == {NGHIA_PHUONG: [NEW_CAM_LY, NEW_NGHIA_PHUONG]}
    assert answered["next"] is None
    other = world.door(NEW_CAM_LY, Role.LEADER).get("/api/v1/undecided-files").json()
    assert other["items"] == []


def test_the_head_decides_and_the_heir_has_it(world: RealWorld) -> None:
    heir, province = world.door(NEW_NGHIA_PHUONG), world.door(BAC_GIANG, Role.LEADER)
    problem_of(heir.act(HOME, DECISION, version='"2"'), 403, "role_may_not")
    another = world.door(NEW_NGHIA_PHUONG, Role.LEADER).act(HOME, DECISION, version='"2"')
    problem_of(another, 403, "not_answering_meanwhile")
    assert province.act(HOME, DECISION, version='"2"').status_code == 202
    problem_of(province.act(HOME, DECISION, version='"3"'), 409, "home_not_open")
    world.project()
    assert province.get("/api/v1/undecided-files").json()["items"] == []
    shown = heir.get(f"/api/v1/petitions/{PETITION}")
    assert shown.status_code == 200


def test_the_boards_of_the_old_unit_and_of_the_heir_hear_of_it(world: RealWorld) -> None:
    feed = ViewsFeed(world.views, lambda: world.directory)
    (moved,) = [
        change.signals
        for change in feed.since((0,) * PARTITIONS, 100)
        if Signal("desk", BAC_GIANG) in change.signals
    ]
    assert {Signal("desk", NGHIA_PHUONG), Signal("file", str(PETITION))} <= moved
    boards = {signal.place for signal in moved if signal.topic == "board"}
    assert {unit_of(NGHIA_PHUONG), unit_of(BAC_GIANG)} <= boards


def test_a_leavers_cases_are_on_the_list_of_their_office_alone(world: RealWorld) -> None:
    at = "/api/v1/leavers-cases"
    listed = world.door(NEW_CAM_LY, Role.LEADER).get(at).json()["items"]
    assert [row["case_id"] for row in listed] == [str(CASE)]
    assert world.door(BAC_GIANG, Role.LEADER).get(at).json()["items"] == []
    world.directory = country(left=False)
    assert world.door(NEW_CAM_LY, Role.LEADER).get(at).json()["items"] == []


@pytest.mark.parametrize("of", ["cases", "gatherings", "return-missions"])
def test_what_is_not_there_is_not_found(world: RealWorld, of: str) -> None:
    asked = world.door(BAC_GIANG, Role.LEADER).act(
        f"/api/v1/{of}/{NOBODYS}/home", DECISION, version="*"
    )
    problem_of(asked, 404, "not_found")


NOBODYS = "00000000-0000-4000-8000-000000000000"
