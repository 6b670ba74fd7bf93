"""Over HTTP: why a file is due when it is, to whoever may read it and to nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.codes import PetitionKind, Role
from domain.events.calendar import DayOffAnnounced
from domain.events.case import CaseOpened, PetitionLinked
from domain.events.petition import (
    CitizenGuided,
    PetitionReceived,
    PetitionTakenUp,
    PetitionTransferred,
)
from domain.streams import calendar_stream
from infra.memory import FixedClock, MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.law import carried_law
from tests.api.world import Door, World, problem_of
from tests.builders import (
    CAM_LY,
    CASE,
    LUC_NAM,
    NGHIA_PHUONG,
    OTHER_PETITION,
    PETITION,
    Draft,
    fact,
    in_order,
)

HERE = f"/api/v1/petitions/{PETITION}/deadlines"
CASES = f"/api/v1/cases/{CASE}/deadlines"


def on(day: int, month: int = 5) -> datetime:
    return datetime(2025, month, day, 2, tzinfo=UTC)


def world_of(*drafts: Draft) -> World:
    """A store in which this happened, a law that follows it."""
    store = MemoryFactStore()
    store.append(in_order(*drafts))
    law = MemoryLawFollower(store, carried_law()).current
    return World(store=store, clock=FixedClock(on(20)), law=law)


def told(door: Door, path: str = HERE, **asked: Any) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answered = door.get(f"{path}?{query}")
    assert answered.status_code == 200, answered.text
    found: dict[str, Any] = answered.json()
    return found


def clock(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = (c for file in found["items"] for c in file["clocks"] if c["clock"] == name)
    return dict(one)


RECEIVED = fact(PetitionReceived, CAM_LY, at=on(5))
TAKEN_UP = (
    RECEIVED,
    fact(PetitionTakenUp, CAM_LY, at=on(14)),
    fact(CaseOpened, CAM_LY, at=on(14)),
    fact(PetitionLinked, CAM_LY, at=on(14)),
)
STORM = fact(
    DayOffAnnounced, "system", calendar_stream(2031), day=date(2025, 5, 15), at=on(12)
)  # fmt: skip


def test_every_clock_says_from_when_by_which_article_and_what_would_move_it() -> None:
    found = told(world_of(RECEIVED).door())
    (file,) = found["items"]
    assert (file["sort"], file["at"], found["next"]) == ("petition", "2025-05-20", None)
    running = [each["due"] for each in file["clocks"] if each["met_on"] is None]
    assert running == sorted(running)
    reply = clock(found, "reply.citizen")
    assert (reply["start"], reply["due"], reply["late"]) == ("2025-05-05", "2025-05-19", True)
    assert reply["rule"] == {
        "id": "reply.citizen", "article": "Luật Tiếp công dân 2013, Điều 28 khoản 1", "days": 10,
        "unit": "working_day", "verified": True,
    }  # fmt: skip
    assert [each["day"] for each in reply["skipped"]] == [
        "2025-05-10", "2025-05-11", "2025-05-17", "2025-05-18",
    ]  # fmt: skip
    assert "Đã đối chiếu với văn bản gốc." in reply["told"]


def test_a_day_off_announced_late_counts_from_when_it_was_known() -> None:
    door = world_of(RECEIVED, STORM).door()
    assert clock(told(door), "reply.citizen")["due"] == "2025-05-20"
    before = told(door, at="2025-05-11", known_at="2025-05-11")
    assert clock(before, "reply.citizen")["due"] == "2025-05-19"
    assert before["items"][0]["known_at"] == "2025-05-11"


def test_an_ended_file_is_told_as_known_when_it_ended_unless_a_day_is_named() -> None:
    late = replace(STORM, at=on(20, 6))
    ended = fact(CitizenGuided, CAM_LY, at=on(20))
    world = world_of(RECEIVED, ended, late)
    world.clock.at = on(23, 6)
    door = world.door()
    (file,) = told(door)["items"]
    assert (file["known_at"], file["ended_on"]) == ("2025-05-20", "2025-05-20")
    assert file["as_then"].startswith("Đơn đã kết thúc ngày 20/05/2025")
    then = clock({"items": [file]}, "reply.citizen")
    assert (then["due"], then["known_at"], then["due_now"], then["late"]) == (
        "2025-05-19", "2025-05-20", "2025-05-20", True,
    )  # fmt: skip
    named = told(door, known_at="2025-06-23")
    now = clock(named, "reply.citizen")
    assert (now["due"], now["due_now"], now["late"]) == ("2025-05-20", None, False)
    assert (named["items"][0]["known_at"], named["items"][0]["as_then"]) == ("2025-06-23", "")
    assert told(door, at="2025-05-19")["items"][0]["ended_on"] is None
    problem_of(door.get(f"{HERE}?known_at=20/05/2025"), 422, "invalid_request")
    problem_of(door.get(f"{HERE}?known_at=2025-05-04"), 404, "not_found")


def test_the_day_an_offer_names_is_told_beside_the_day_of_the_rules() -> None:
    offered = fact(PetitionTransferred, CAM_LY, at=on(7), reply_due=date(2025, 5, 21))
    found = clock(told(world_of(RECEIVED, offered).door()), "transfer.answer")
    assert (found["due"], found["promised"]) == ("2025-05-12", "2025-05-21")
    assert "Văn bản chuyển đã ghi hạn 21/05/2025" in " ".join(found["told"])


def test_a_case_is_told_with_the_petitions_its_reader_may_see_page_by_page() -> None:
    about_the_district = fact(
        PetitionReceived, CAM_LY, OTHER_PETITION, accused_office=LUC_NAM, at=on(6)
    )
    joined = (
        about_the_district,
        fact(PetitionTakenUp, CAM_LY, OTHER_PETITION, at=on(15)),
        fact(PetitionLinked, CAM_LY, petition_id=OTHER_PETITION, at=on(15)),
    )
    world = world_of(*TAKEN_UP, *joined)

    def read(door: Door, **asked: Any) -> tuple[list[str], int | None]:
        found = told(door, CASES, **asked)
        return [each["subject"] for each in found["items"]], found["next"]

    case, first, second = str(CASE), str(PETITION), str(OTHER_PETITION)
    assert read(world.door()) == ([case, first, second], None)
    assert read(world.door(), limit=1) == ([case, first], 1)
    assert read(world.door(), limit=1, after=1) == ([second], None)
    assert read(world.door(LUC_NAM, Role.LEADER)) == ([case, first], None)


def test_who_may_not_read_the_file_learns_nothing_of_its_deadlines() -> None:
    sealed = fact(PetitionReceived, CAM_LY, kind=PetitionKind.DENUNCIATION, at=on(5))
    world = world_of(sealed)
    problem_of(world.door(NGHIA_PHUONG).get(HERE), 404, "not_found")
    problem_of(world.door(role=Role.ADMIN).get(HERE), 404, "not_found")
    problem_of(world.door(LUC_NAM).get(HERE), 404, "not_found")
    assert told(world.door(LUC_NAM, Role.LEADER))["items"]


def test_what_cannot_be_answered_is_refused_with_its_place() -> None:
    door = world_of(*TAKEN_UP).door()
    problem_of(door.get(f"/api/v1/cases/{PETITION}/deadlines"), 404, "not_found")
    problem_of(door.get(f"/api/v1/petitions/{CASE}/deadlines"), 404, "not_found")
    problem_of(door.get(f"/api/v1/petitions/{UUID(int=7)}/deadlines"), 404, "not_found")
    problem_of(door.get(f"{HERE}?at=2025-05-04"), 404, "not_found")
    problem_of(door.get(f"{HERE}?at=20/05/2025"), 422, "invalid_request")
    problem_of(door.get(f"{HERE}?at=9999-12-31"), 422, "invalid_request")
    far = problem_of(door.get(f"{HERE}?at=2199-12-31"), 422, "invalid_value")
    assert far["errors"][0]["pointer"] == "query/at"
