"""Acts on their way through the door and the casework's rounds."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import httpx
import pytest

from domain.codes import Role
from infra.local.ports import wait_until
from services.api.act_door import ActDoor
from services.api.app import ACTS
from services.api.handling import Handling
from services.casework.rounds import Rounds
from tests.apart import run_apart
from tests.api.real import RealWorld, served
from tests.api.test_acts import SlowStore
from tests.api.world import RECEPTION, World, problem_of, receive
from tests.builders import CAM_LY, LUC_NAM

SOON = 20.0
PETITIONS, CASES = "/api/v1/petitions", "/api/v1/cases"
DECLARED = {"Content-Type": "application/json; charset=utf-8"}
"""A way to say it that the quick door leaves to the declared route."""


def test_every_declared_act_has_its_place_at_the_quick_door() -> None:
    async def nobody(*_: object) -> None: ...

    assert len(ActDoor(nobody, ACTS, {})) == sum(len(router.routes) for router in ACTS)


@pytest.mark.parametrize(
    ("path", "body", "version"),
    [
        ("", RECEPTION, None),
        ("", {**RECEPTION, "kind": "gossip"}, None),
        ("", {**RECEPTION, "texts": {"name": "\ud800"}}, None),
        ("", [RECEPTION], None),
        ("/{id}/guidance", {"guidance": "court"}, '"1"'),
        ("/{id}/guidance", {"guidance": "court"}, ' "1" '),
        ("/{id}/guidance", {"guidance": "court"}, '"7"'),
        ("/{id}/guidance", {"guidance": "court"}, "1"),
        ("/{id}/guidance", {"guidance": "court"}, None),
        ("/{id}/acceptance", {}, "*"),
        ("/no-id/acceptance", {}, "*"),
        ("/{id}/nothing-of-the-kind", {}, "*"),
    ],
)
def test_both_ways_through_the_door_answer_alike(
    path: str, body: object, version: str | None
) -> None:
    answers = []
    for headers in ({}, DECLARED):
        world = World()
        at = PETITIONS + path.format(id=receive(world.door())["id"])
        answered = world.door().act(at, body, version=version, **headers)
        told = {
            name: value
            for name, value in answered.json().items()
            if name not in ("id", "links", "trace_id", "position")
        }
        names = sorted(name for name in answered.headers if name != "content-length")
        answers.append((answered.status_code, told, names, answered.headers.get("etag")))
    assert answers[0] == answers[1]


def test_a_repeat_by_the_other_way_is_the_same_request() -> None:
    world, key = World(), str(uuid4())
    first = world.door().act(PETITIONS, RECEPTION, key=key)
    again = world.door().act(PETITIONS, RECEPTION, key=key, **DECLARED)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"


def test_more_than_can_wait_is_told_to_come_back() -> None:
    store = SlowStore()
    world = World(store=store)
    world.app.state.handling = Handling(Rounds(world.casework, at_once=1, most_waiting=1))
    with ThreadPoolExecutor() as elsewhere:
        first = elsewhere.submit(receive, world.door())
        assert store.asked.wait(SOON)
        second = elsewhere.submit(receive, world.door())
        rounds: Rounds = world.app.state.handling._rounds
        assert wait_until(lambda: len(rounds._waiting) == 1, within=SOON)
        turned_away = world.door().act(PETITIONS, RECEPTION)
        problem_of(turned_away, 503, "overloaded")
        assert turned_away.headers["retry-after"]
        store.go_on.set()
        assert first.result()["number"] != second.result()["number"]


def test_a_caller_that_goes_away_leaves_a_whole_act_and_a_free_key() -> None:
    store = SlowStore()
    world, key = World(store=store), str(uuid4())
    headers = {
        **world.door().headers,
        "Idempotency-Key": key,
        "Content-Type": "application/json",
    }

    async def leave() -> None:
        transport = httpx.ASGITransport(world.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as http:
            asked = asyncio.create_task(
                http.post(PETITIONS, content=json.dumps(RECEPTION), headers=headers)
            )
            await asyncio.to_thread(store.asked.wait, SOON)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked

    run_apart(leave())
    problem_of(world.door().act(PETITIONS, RECEPTION, key=key), 409, "in_flight")
    store.go_on.set()
    assert wait_until(lambda: not world.app.state.handling._held, within=SOON)
    again = world.door().act(PETITIONS, RECEPTION, key=key)
    assert again.headers["idempotent-replayed"] == "true"
    assert store.last_version(UUID(again.json()["id"])) == 1


def test_an_answer_that_never_comes_is_given_up() -> None:
    store = SlowStore()
    world = World(store=store)
    world.app.state.handling = Handling(Rounds(world.casework), last_resort=0.05)
    problem_of(world.door().act(PETITIONS, RECEPTION), 503, "store_unavailable")
    store.go_on.set()


def test_what_was_taken_in_is_answered_after_sigterm() -> None:
    store = SlowStore()
    world = World(store=store)
    with served(world) as at, ThreadPoolExecutor() as elsewhere:
        asked = elsewhere.submit(
            httpx.post,
            f"{at.url}{PETITIONS}",
            json=RECEPTION,
            headers={**world.door().headers, "Idempotency-Key": str(uuid4())},
            timeout=SOON,
        )
        assert store.asked.wait(SOON)
        at.stop()
        store.go_on.set()
        assert asked.result().status_code == 201


def test_an_act_on_two_files_answers_with_a_place_in_the_lane_of_each(real: RealWorld) -> None:
    """Else whoever reads the second file right after might not see the act there."""
    petition = receive(real.door())["id"]
    opened = real.door(role=Role.HANDLER).act(CASES, {"petition_id": petition}).json()
    lanes = {
        fact.lane: fact.position
        for stream in (opened["id"], petition)
        for fact in real.store.read_stream(UUID(stream))
    }
    marks = [mark.split("-") for mark in opened["position"].split(".")]
    assert {int(lane): int(position) for lane, position in marks} == lanes
    asked = {"Wait-For": opened["position"]}
    behind = real.door().get(PETITIONS, **asked)
    assert behind.headers["views-behind"] == opened["position"]
    real.project()
    assert "views-behind" not in real.door().get(PETITIONS, **asked).headers


def test_a_repeat_on_two_files_answers_with_the_same_places(real: RealWorld) -> None:
    petition, key = receive(real.door())["id"], str(uuid4())
    handler = real.door(role=Role.HANDLER)
    first = handler.act(CASES, {"petition_id": petition}, key=key)
    assert handler.act(CASES, {"petition_id": petition}, key=key).json() == first.json()


def test_offices_that_record_at_once_each_get_their_own_answer(real: RealWorld) -> None:
    doors = [real.door(CAM_LY), real.door(LUC_NAM)] * 8
    with served(real) as at, ThreadPoolExecutor(len(doors)) as offices:
        answers = list(
            offices.map(
                lambda door: httpx.post(
                    f"{at.url}{PETITIONS}",
                    json=RECEPTION,
                    headers={**door.headers, "Idempotency-Key": str(uuid4())},
                    timeout=SOON,
                ).json(),
                doors,
            )
        )
    assert len({answer["id"] for answer in answers}) == len(doors)
    assert len({answer["number"] for answer in answers}) == len(doors)
