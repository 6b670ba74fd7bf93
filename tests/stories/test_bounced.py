"""Two communes pass a petition back and forth; the second return brings it before the district."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from domain.codes import Role
from services.demo.offices import committee
from tests.doors import Door, Receipt
from tests.stack import Stack
from tests.stories.test_single_petitioner import COMPLAINT, sorted_complaint

CAM_LY, DAN_HOI, LUC_NAM = "07519", "07522", "218"
OFFER = {"to_office": committee(DAN_HOI), "ground": "other_territory"}
NOT_OURS = {"ground": "not_competent", "texts": {"note": "Không thuộc địa bàn (mẫu)."}}


@dataclass(frozen=True)
class Neighbours:
    """Two communes and the district above both."""

    sender: Door
    receiver: Door
    chair: Door


@pytest.fixture
def neighbours(stack: Stack) -> Iterator[Neighbours]:
    with ExitStack() as doors:
        yield Neighbours(
            doors.enter_context(stack.door(committee(CAM_LY))),
            doors.enter_context(stack.door(committee(DAN_HOI))),
            doors.enter_context(stack.door(committee(LUC_NAM), Role.LEADER)),
        )


def bounced(at: Neighbours, petition: Receipt, times: int) -> Receipt:
    """Offered and given back so many times."""
    for _ in range(times):
        petition = at.sender.act(f"/petitions/{petition.id}/transfers", OFFER, on=petition)
        petition = at.receiver.act(f"/petitions/{petition.id}/return", NOT_OURS, on=petition)
    return petition


def test_after_one_return_the_sender_still_answers_for_it(neighbours: Neighbours) -> None:
    petition = bounced(neighbours, sorted_complaint(neighbours.sender), 1)
    row = neighbours.sender.see(f"/petitions/{petition.id}", petition)
    assert (row["state"], row["in_charge"]) == ("returned", committee(CAM_LY))
    assert (row["returns"], row["disputed_superior"]) == (1, None)


def test_the_second_return_waits_for_the_nearest_common_superior(neighbours: Neighbours) -> None:
    petition = bounced(neighbours, sorted_complaint(neighbours.sender), 2)
    row = neighbours.chair.see(f"/petitions/{petition.id}", petition)
    assert (row["state"], row["disputed_superior"]) == ("disputed", committee(LUC_NAM))
    assert row["in_charge"] == committee(CAM_LY)
    board = neighbours.chair.see("/boards/district/218", petition)
    assert petition.id in [
        each["petition"]["petition_id"] for each in board["awaiting"] if each["petition"]
    ]
    neighbours.sender.refused(
        f"/petitions/{petition.id}/transfers", OFFER, "competence_in_dispute", on=petition
    )


def test_the_superior_decides_and_the_named_office_need_not_accept(neighbours: Neighbours) -> None:
    petition = bounced(neighbours, sorted_complaint(neighbours.sender), 2)
    decision = {"to_office": committee(DAN_HOI)}
    path = f"/petitions/{petition.id}/competence-decision"
    neighbours.sender.refused(path, decision, "role_may_not", on=petition)
    decided = neighbours.chair.act(path, decision, on=petition)
    row = neighbours.receiver.see(f"/petitions/{petition.id}", decided)
    assert (row["in_charge"], row["disputed_superior"]) == (committee(DAN_HOI), None)
    assert row["due_on"] > row["received_on"]


def test_the_accused_office_is_never_offered_the_petition_against_it(
    neighbours: Neighbours,
) -> None:
    about = {**COMPLAINT, "accused_office": committee(DAN_HOI)}
    petition = neighbours.sender.act("/petitions", about)
    neighbours.sender.refused(
        f"/petitions/{petition.id}/transfers", OFFER, "accused_office", on=petition
    )
    answer = neighbours.receiver.http.get(f"/api/v1/histories/{petition.id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
