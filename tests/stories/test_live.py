"""Boards are told at once: a signal within two seconds of an act, with nothing in it to steal."""

import json
from collections.abc import Iterator

from domain.codes import Role
from services.demo.offices import SINCE, committee
from tests.api.real import Signalled
from tests.stack import Stack
from tests.stories.test_return_home import CROWD, PROVINCE_BOARD
from tests.stories.test_single_petitioner import CAM_LY, sorted_complaint

BAC_GIANG = "24"
PROVINCE = f"{BAC_GIANG}-{SINCE:%Y%m%d}"


def first(told: Iterator[Signalled], topic: str, place: str) -> Signalled:
    """The next signal of a topic and place; silence for two seconds is an error by itself."""
    return next(
        each for each in told if each.event == topic and json.loads(each.data)["unit"] == place
    )


def test_the_province_board_is_told_of_a_petition_at_a_commune(stack: Stack) -> None:
    with (
        stack.door(committee(BAC_GIANG), Role.LEADER) as province,
        stack.door(committee(CAM_LY)) as desk,
        province.listening() as told,
    ):
        sorted_complaint(desk)
        signal = first(told, "board", PROVINCE)
    assert json.loads(signal.data).keys() == {"topic", "unit", "seq"}
    assert signal.id


def test_the_desk_is_told_of_its_own_work_and_the_file_of_what_befalls_it(stack: Stack) -> None:
    with stack.door(committee(CAM_LY)) as desk:
        petition = sorted_complaint(desk)
        desk.see(f"/petitions/{petition.id}", petition)
        with desk.listening(file=petition.id) as told:
            desk.act(f"/petitions/{petition.id}/guidance", {"guidance": "court"}, on=petition)
            assert first(told, "file", petition.id).id
        with desk.listening() as told:
            sorted_complaint(desk)
            assert first(told, "desk", desk.office).id


def test_a_crowd_is_told_at_once_to_the_province(stack: Stack) -> None:
    with (
        stack.door(committee(BAC_GIANG), Role.LEADER) as province,
        stack.door(PROVINCE_BOARD) as board,
        province.listening() as told,
    ):
        crowd = board.act("/gatherings", CROWD)
        assert first(told, "gatherings", PROVINCE).id
        board.act(f"/gatherings/{crowd.id}/dispersal", {}, on=crowd)


def test_who_comes_back_with_the_last_id_has_missed_nothing(stack: Stack) -> None:
    with (
        stack.door(committee(BAC_GIANG), Role.LEADER) as province,
        stack.door(committee(CAM_LY)) as desk,
    ):
        with province.listening() as told:
            sorted_complaint(desk)
            last = first(told, "board", PROVINCE)
        meanwhile = sorted_complaint(desk)
        desk.see(f"/petitions/{meanwhile.id}", meanwhile)
        with province.listening(last=last.id) as told:
            assert first(told, "board", PROVINCE).id
