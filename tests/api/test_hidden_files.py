"""What a reader may not see leaves no trace in a list: no short page, no cursor, no refusal."""

import base64
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from domain.codes import Role
from tests.api.readers import PETITIONS, ids, offered
from tests.api.real import RealWorld
from tests.api.world import Door, problem_of, receive
from tests.builders import BAC_GIANG, CAM_LY, LAND_OFFICE, LUC_NAM

LISTS = (
    f"{PETITIONS}?unit=07519",
    f"{PETITIONS}?office={CAM_LY}",
    f"{PETITIONS}?office={CAM_LY}&ended=true",
    f"{PETITIONS}?unit=07519&kind=denunciation",
    f"{PETITIONS}?unit=07519&field=land&place=07519",
    f"{PETITIONS}?unit=07519&number=C",
    f"{PETITIONS}?unit=07519&received_from=2025-05-05&received_to=2025-05-05",
    f"{PETITIONS}?unit=07519&election=false",
    f"/api/v1/transfers/pending?office={CAM_LY}",
    "/api/v1/transfers/pending?unit=218",
    "/api/v1/cases?unit=07519",
    f"/api/v1/reminders?office={CAM_LY}",
    "/api/v1/reviews",
    "/api/v1/undecided-files",
    "/api/v1/leavers-cases",
)
READERS = ((LUC_NAM, Role.CLERK), (LUC_NAM, Role.LEADER), (BAC_GIANG, Role.CLERK))


def pages(door: Door, path: str, limit: int) -> Iterator[bytes]:
    """Every page of a list, but for the age of what it shows."""
    cursor: str | None = ""
    sign = "&" if "?" in path else "?"
    while cursor is not None:
        answered = door.get(f"{path}{sign}limit={limit}{cursor and f'&cursor={cursor}'}")
        if answered.status_code == 403:  # the list itself is not for this reader
            yield answered.json()["detail"].encode()
            return
        assert answered.status_code == 200, (path, answered.text)
        told, cursor = answered.json(), answered.json()["next"]
        assert told["items"] or cursor is None, path
        yield answered.content.partition(b'"freshness"')[0]


def everything_read(world: RealWorld) -> dict[tuple[str, str, str, int], list[bytes]]:
    return {
        (office, role, path, limit): list(pages(world.door(office, role), path, limit))
        for office, role in READERS
        for path in LISTS
        for limit in (1, 2)
    }


def denounced(world: RealWorld) -> str:
    """A denunciation of the district, which one commune offered to another."""
    commune = world.door()
    file = str(receive(commune, kind="denunciation", accused_office="218")["id"])
    sorted_ = {"kind": "denunciation", "field": "land", "competent_office": "07486"}
    commune.act(f"{PETITIONS}/{file}/classification", sorted_, version="*")
    offer = {"to_office": "07486", "ground": "other_territory"}
    assert commune.act(f"{PETITIONS}/{file}/transfers", offer, version="*").is_success
    return file


def test_every_page_of_every_list_is_the_same_with_and_without_a_hidden_petition(
    real: RealWorld,
) -> None:
    visible = {offered(real), str(receive(real.door())["id"]), str(receive(real.door())["id"])}
    real.project()
    before = everything_read(real)
    hidden = {denounced(real), denounced(real)}
    real.project()
    assert everything_read(real) == before
    assert set(ids(real.door().get(PETITIONS))) == visible | hidden
    assert set(ids(real.door(BAC_GIANG, Role.LEADER).get(PETITIONS))) == visible | hidden
    assert set(ids(real.door(LUC_NAM).get(PETITIONS))) == visible


def test_an_office_above_no_other_finds_what_it_was_offered_among_the_rest(
    real: RealWorld,
) -> None:
    commune = real.door()
    mine = str(receive(commune)["id"])
    receive(commune)
    sorted_ = {"kind": "complaint", "field": "land", "competent_office": LAND_OFFICE}
    commune.act(f"{PETITIONS}/{mine}/classification", sorted_, version="*")
    offer = {"to_office": LAND_OFFICE, "ground": "other_field"}
    assert commune.act(f"{PETITIONS}/{mine}/transfers", offer, version="*").is_success
    real.project()
    land = real.door(LAND_OFFICE)
    assert ids(land.get(f"{PETITIONS}?unit=218&limit=1")) == [mine]
    assert land.get(f"{PETITIONS}?unit=218&limit=1").json()["next"] is None
    assert ids(land.get("/api/v1/transfers/pending?unit=218")) == [mine]
    assert land.get("/api/v1/cases?unit=218").json() == {"items": [], "next": None}


def test_a_cursor_names_a_petition_that_its_page_shows(real: RealWorld) -> None:
    for number in range(6):
        about = {"kind": "denunciation", "accused_office": "218"} if number % 2 else {}
        receive(real.door(), **about)
    real.project()
    answered = real.door(LUC_NAM).get(f"{PETITIONS}?unit=07519&limit=2")
    cursor = str(answered.json()["next"])
    named = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    assert named.rpartition("|")[2] == ids(answered)[-1]


NOBODY = "5a2b8f52-90f1-4f0e-9d0e-0d1f4c9c2b11"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (PETITIONS, f"2025-W23-1|{NOBODY}"),
        (PETITIONS, f"2025-06-02|urn:uuid:{NOBODY}"),
        (PETITIONS, f"20250602|{{{NOBODY}}}"),
        (f"{PETITIONS}?ended=true", f"infinity|{NOBODY}"),
        (f"{PETITIONS}?ended=true", f"0001-01-01|{NOBODY}"),
        ("/api/v1/transfers/pending", f"infinity|{NOBODY}"),
        ("/api/v1/cases", f"2025-W23|{NOBODY}"),
        ("/api/v1/gatherings", f"{2**40}|2025-06-02T00:00:00+00:00|{NOBODY}"),
        ("/api/v1/gatherings", f"1|0001-01-01T00:00:00+07:00|{NOBODY}"),
        ("/api/v1/return-missions", f"2025-06-02|{NOBODY}"),
        ("/api/v1/reminders", f"-9|2025-06-02T00:00:00+00:00|{NOBODY}|late"),
        ("/api/v1/reminders", f"1|2025-06-02T00:00:00+00:00|{NOBODY}|\0"),
        ("/api/v1/reviews", f"9999-12-31T23:59:59-07:00|{NOBODY}|reply"),
        ("/api/v1/undecided-files", f"urn:uuid:{NOBODY}"),
        ("/api/v1/leavers-cases", f"{{{NOBODY}}}"),
    ],
)
def test_a_forged_cursor_is_read_or_refused(real: RealWorld, path: str, key: str) -> None:
    cursor = base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
    answered = real.door(role=Role.LEADER).get(
        f"{path}{'&' if '?' in path else '?'}cursor={cursor}"
    )
    if answered.status_code != 200:
        problem = problem_of(answered, 422, "broken_cursor")
        assert problem["errors"][0]["pointer"] == "query/cursor"


@pytest.mark.parametrize("path", [PETITIONS, "/api/v1/cases"])
def test_a_number_with_a_nul_is_refused(real: RealWorld, path: str) -> None:
    assert real.door().get(f"{path}?number={quote('CL-1' + chr(0))}").status_code == 422
