"""The rulebook over HTTP: by day and as known, each version beside its next, limits tried out."""

from datetime import date

import pytest

from services.law import carried_law
from tests.api.world import World, problem_of

AT = "/api/v1/law"
ACCEPTANCE = "acceptance.complaint"


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_every_rule_in_force_is_listed_page_by_page(world: World) -> None:
    door, names, cursor = world.door(), list[str](), ""
    while True:
        page = door.get(f"{AT}/rules?at=2026-07-01&limit=100{cursor}").json()
        names += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    told = carried_law().book.holding_on(date(2026, 7, 1))
    assert names == ["/".join(each.place) for each in told]
    some = door.get(f"{AT}/rules?at=2026-07-01&limit=200&book=Khiếu nại").json()["items"]
    assert {each["book"] for each in some} == {"Khiếu nại"}


def test_a_rule_stands_between_its_former_and_its_next_version(world: World) -> None:
    old, new = world.door().get(f"{AT}/rules/{ACCEPTANCE}?at=2026-06-30").json()["items"]
    assert (old["in_force"], old["former_from"], old["next_from"]) == (True, None, "2026-07-01")
    assert (new["in_force"], new["former_from"], new["next_from"]) == (False, "2012-07-01", None)
    assert (old["line"]["days"], old["line"]["unit"]) == (10, "calendar_day")
    assert (new["line"]["days"], new["line"]["unit"], new["verified"]) == (7, "working_day", False)
    assert "Điều 27" in old["article"]
    problem_of(world.door().get(f"{AT}/rules/no.such.rule"), 404, "unknown_rule")


def test_a_limit_is_tried_out_with_every_skipped_day(world: World) -> None:
    tried = world.door().get(f"{AT}/trial?clock=reply.citizen&start=2025-04-24").json()
    assert tried["due"] == "2025-05-12"
    why = {each["day"]: each["why"] for each in tried["skipped"]}
    assert why["2025-05-02"] == "swapped"
    assert "2025-04-26" not in why
    assert tried["rule"]["article"] in tried["told"][0]


def test_the_most_special_rule_applies_and_where_none_does_that_is_said(world: World) -> None:
    ask = f"{AT}/trial?clock=settlement&start=2025-05-05&when=complaint&when=first"
    plain = world.door().get(ask).json()
    special = world.door().get(f"{ask}&when=remote&when=complex").json()
    assert (plain["due"], special["due"]) == ("2025-06-04", "2025-07-04")
    assert special["rule"]["id"] == "settlement.complaint.first.remote.complex"
    none = world.door().get(f"{AT}/trial?clock=settlement&start=2025-05-05&when=feedback")
    problem_of(none, 409, "no_rule_then")
