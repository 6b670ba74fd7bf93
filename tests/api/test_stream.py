"""The live stream, over a real server and real views."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import httpx
import pytest

from domain.codes import Role
from infra.local.ports import wait_until
from services.api.sse import vector
from services.api.sse.hub import Hub
from services.api.sse.places import MOST_STREAMS
from tests.api.real import RealWorld, Signalled, listening, served
from tests.api.world import World, problem_of, receive
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM
from tests.builders import officer as officer_of

PROVINCE, DISTRICT, COMMUNE = "24-20250101", "218-20250101", "07519-20250101"
CROWD = {
    "place": "218",
    "site": "district_office",
    "home": "07519",
    "count": {"low": 30, "high": 40},
    "issue": "land",
}


def until(stream: Iterator[Signalled], event: str, place: str | None = None) -> Signalled:
    """The next event of this topic and place."""
    return next(
        each
        for each in stream
        if each.event == event and (place is None or json.loads(each.data)["unit"] == place)
    )


def test_a_reception_is_heard_at_the_desk_the_commune_the_district_and_the_province(
    real: RealWorld,
) -> None:
    with (
        served(real) as at,
        listening(real, at, CAM_LY) as commune,
        listening(real, at, LUC_NAM) as district,
        listening(real, at, BAC_GIANG, Role.LEADER) as province,
    ):
        assert [next(each).event for each in (commune, district, province)] == ["ready"] * 3
        receive(real.door())
        real.project()
        for stream, unit in ((commune, COMMUNE), (district, DISTRICT), (province, PROVINCE)):
            told = json.loads(until(stream, "board", unit).data)
            assert set(told) == {"topic", "unit", "seq"}
        until(commune, "desk", CAM_LY)


def test_a_neighbour_hears_nothing(real: RealWorld) -> None:
    with served(real) as at, listening(real, at, "ubnd-07486-20250101") as neighbour:
        next(neighbour)
        receive(real.door())
        real.project()
        receive(real.door("ubnd-07486-20250101"))
        real.project()
        heard = [next(neighbour) for _ in range(2)]
    assert {json.loads(each.data)["unit"] for each in heard} == {
        "07486-20250101", "ubnd-07486-20250101",
    }  # fmt: skip


def test_a_crowd_is_heard_where_it_stands_and_where_it_comes_from(real: RealWorld) -> None:
    with (
        served(real) as at,
        listening(real, at, CAM_LY) as home,
        listening(real, at, LUC_NAM) as site,
    ):
        reported = real.door(LUC_NAM).act("/api/v1/gatherings", CROWD)
        assert reported.status_code == 201, reported.text
        real.project()
        until(home, "gatherings", COMMUNE)
        until(site, "gatherings", DISTRICT)
        counted = real.door(LUC_NAM).act(
            f"/api/v1/gatherings/{reported.json()['id']}/counts",
            {"count": {"low": 50, "high": 60}},
            version="*",
        )
        assert counted.is_success
        real.project()
        until(home, "gatherings", COMMUNE)


def test_a_reader_that_comes_back_hears_what_it_missed(real: RealWorld) -> None:
    with served(real) as at:
        with listening(real, at) as stream:
            left = next(stream).id
        receive(real.door())
        real.project()
        with listening(real, at, last=left) as stream:
            assert next(stream).event == "ready"
            assert until(stream, "board").id == left
            caught_up = until(stream, "desk").id
            assert caught_up != left
        with listening(real, at, last=caught_up) as stream:
            assert next(stream).event == "ready"
            receive(real.door())
            real.project()
            first = next(stream)
            assert first.event in ("desk", "board")
            assert json.loads(first.data)["seq"] == 2


@pytest.mark.parametrize(
    "last", ["abc", vector.encode((2**40,) * vector.SIZE), vector.encode(vector.of({}, 1))]
)
def test_an_id_that_is_not_ours_or_from_another_store_begins_anew(
    real: RealWorld, last: str
) -> None:
    with served(real) as at, listening(real, at, last=last) as stream:
        reset = next(stream)
        assert reset.event == "reset"
        assert vector.decode(reset.id) is not None


def test_an_open_dossier_is_heard_and_a_hidden_one_refused(real: RealWorld) -> None:
    petition = receive(real.door())["id"]
    real.project()
    with served(real) as at:
        with listening(real, at, query=f"?file={petition}") as stream:
            next(stream)
            door = real.door()
            guided = door.act(
                f"/api/v1/petitions/{petition}/guidance", {"guidance": "court"}, version="*"
            )
            assert guided.is_success
            real.project()
            until(stream, "file", petition)
        token = real.token(officer_of("ubnd-07486-20250101"))
        refused = httpx.get(
            f"{at.url}/api/v1/stream?file={petition}", headers={"Authorization": f"Bearer {token}"}
        )
        problem_of(refused, 404, "not_found")


def test_who_handed_a_denunciation_on_hears_of_it_no_more_on_an_open_stream(
    real: RealWorld,
) -> None:
    door = real.door()
    denounced = receive(door, kind="denunciation")["id"]
    at_it = f"/api/v1/petitions/{denounced}"
    offer = {"to_office": "218", "ground": "other_level"}
    assert door.act(f"{at_it}/transfers", offer, version="*").is_success
    real.project()
    with served(real) as at, listening(real, at, query=f"?file={denounced}") as stream:
        next(stream)
        assert real.door(LUC_NAM).act(f"{at_it}/acceptance", {}, version="*").is_success
        real.project()
        until(stream, "desk")
        receive(door)
        real.project()
        assert [next(stream).event for _ in range(2)] == ["board", "desk"]


def test_a_board_above_is_refused_before_the_stream_begins(real: RealWorld) -> None:
    problem_of(real.door().get("/api/v1/stream?unit=24"), 403, "area_not_for_reader")
    problem_of(real.door().get("/api/v1/stream?unit=99999"), 422, "unknown_unit")
    answered = real.door().ask("GET", "/api/v1/stream", headers={"Authorization": None})
    problem_of(answered, 401, "token_missing")


def test_a_stream_cannot_begin_while_the_views_are_away() -> None:
    problem_of(World().door().get("/api/v1/stream"), 503, "store_unavailable")


def test_an_account_has_a_limit_of_streams(real: RealWorld) -> None:
    hub: Hub = real.app.state.hub
    account = officer_of(CAM_LY).account
    with ExitStack() as streams:
        for _ in range(MOST_STREAMS):
            streams.enter_context(hub.places.taken(account))
        problem_of(real.door().get("/api/v1/stream"), 429, "too_many_streams")


def test_a_stream_ends_with_its_token_and_the_listener_is_forgotten(real: RealWorld) -> None:
    with served(real) as at:
        token = real.token(officer_of(CAM_LY), timedelta(seconds=1))
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.stream("GET", f"{at.url}/api/v1/stream", headers=headers, timeout=10) as answer:
            lines = list(answer.iter_lines())
        assert any(line == "event: ready" for line in lines)
    assert real.app.state.hub.listeners == 0


def test_an_open_stream_tells_nothing_more_once_the_key_of_its_token_was_withdrawn(
    real: RealWorld,
) -> None:
    with served(real) as at, listening(real, at) as stream:
        assert next(stream).event == "ready"
        receive(real.door())
        real.keys.keys.clear()
        real.project()
        assert list(stream) == []
        assert wait_until(lambda: real.app.state.hub.listeners == 0, within=10)


def test_the_server_stops_within_five_seconds_with_streams_open(real: RealWorld) -> None:
    with served(real) as at, listening(real, at) as one, listening(real, at, LUC_NAM) as two:
        next(one)
        next(two)
        began = time.monotonic()
        at.stop()
        assert list(one) == []
        assert list(two) == []
        at.thread.join(timeout=5)
        assert not at.thread.is_alive()
        assert time.monotonic() - began < 5


def test_no_connection_is_held_while_a_stream_is_open(real: RealWorld) -> None:
    pool = real.views._pool  # type: ignore[attr-defined] # what the pool says of itself
    with served(real) as at, listening(real, at) as stream:
        next(stream)
        with listening(real, at, LUC_NAM) as other:
            next(other)
            assert real.door().get("/api/v1/inbox").status_code == 200
            stats = pool.get_stats()
            assert stats["pool_size"] - stats["pool_available"] <= 1


def test_a_listener_that_went_away_is_forgotten(real: RealWorld) -> None:
    hub: Hub = real.app.state.hub
    with served(real) as at:
        with listening(real, at) as stream:
            next(stream)
            assert hub.listeners == 1
        assert wait_until(lambda: hub.listeners == 0, within=5)
