"""What ``tiepdan bench`` promises of its words and figures; never how fast anything is."""

import json
from collections import Counter
from uuid import UUID

import pytest
from typer.testing import CliRunner

from infra.serial import decode, encode
from services.bench.callers import request
from services.bench.figures import Case, Figure, percentile
from services.bench.ground import Ground
from services.bench.material import Material, Workshop, retold, spread
from services.bench.run import Run
from services.bench.runner import ROWS, measured
from services.cli import app
from services.cli.benching import in_table
from services.demo.clock import TODAY

KEYS = {
    "name", "what", "spread", "goal", "met", "ours", "against", "unit", "conditions", "cases",
}  # fmt: skip


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return Workshop()


def test_every_row_of_the_design_that_this_release_measures_has_its_name() -> None:
    assert list(ROWS) == [
        "append", "command", "relay", "relay-librdkafka", "project", "project-librdkafka",
        "rebuild", "fresh", "replay", "directory", "deadlines", "reform", "flat", "memory",
    ]  # fmt: skip


def test_an_unknown_row_is_refused_with_the_known_ones_named() -> None:
    told = CliRunner().invoke(app, ["bench", "apend"])
    assert told.exit_code == 2
    assert "apend" in told.output


def test_a_ratio_is_taken_within_each_repeat() -> None:
    case = Case.of_rates("any", [10.0, 40.0, 90.0], [10.0, 20.0, 30.0], 2.0, "events/s")
    assert (list(case.values), case.value, case.met) == ([1.0, 2.0, 3.0], 2.0, True)
    assert (case.ours, case.against) == (40.0, 20.0)


def test_of_two_times_the_shorter_one_is_the_better() -> None:
    case = Case.of_times("any", [2.0], [3.0], 1.0, "ms")
    assert (case.value, case.met) == (1.5, True)
    assert not Case.of_times("any", [3.0], [2.0], 1.0, "ms").met


def test_of_growth_the_least_is_the_best() -> None:
    case = Case.of_growth("any", [2.2, 2.0], [2.0, 2.0], 1.1, "ms")
    assert (round(case.value, 3), case.met, case.is_limit) == (1.05, True, True)
    assert not Case.of_growth("any", [3.0], [2.0], 1.1, "ms").met


def test_a_figure_speaks_through_the_case_nearest_its_goal() -> None:
    far = Case.of_rates("far", [3.0], [1.0], 1.0, "events/s")
    near = Case.of_milliseconds("near", [11.0], 10.0)
    free = Case.of_milliseconds("free", [900.0], None)
    data = Figure("any", (far, near, free), {"cpus": 2}).as_data()
    assert data.keys() == KEYS | {"ms"}
    assert (data["what"], data["ms"], data["goal"], data["met"]) == ("near", 11.0, 10.0, False)
    assert [case["met"] for case in data["cases"]] == [True, False, None]
    table = in_table([Figure("any", (far, near, free), {}), Figure("well", (far,), {})])
    assert table.row_count == 4
    assert str(table.caption).startswith("not met: any. docs/performance.md")
    assert in_table([Figure("well", (far, free), {})]).caption == "every goal is met"


def test_what_a_process_holds_should_be_small() -> None:
    case = Case.of_megabytes("any", 151.0, 150.0)
    assert (case.value, case.met, case.as_data()["mb"]) == (151.0, False, 151.0)
    assert Case.of_megabytes("any", 149.0, 150.0).met


def test_the_share_of_a_percentile_is_not_exceeded() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99)) == (51.0, 100.0)
    assert percentile([7.0], 0.99) == 7.0


def test_a_retold_story_differs_in_its_ids_alone(workshop: Workshop) -> None:
    _, office = next(spread(workshop.directory, TODAY))
    told = workshop.crowd(office, 3)
    again = retold(told)
    events = [decode(name, body) for name, body in told]
    others = [decode(name, body) for name, body in again]
    assert len({event.originator_id for event in (*events, *others)}) == 2
    for event, other in zip(events, others, strict=True):
        assert (event.office, event.originator_version) == (other.office, other.originator_version)
        stream: UUID = other.originator_id
        there = encode(event).replace(str(event.originator_id).encode(), str(stream).encode())
        assert there == encode(other)


def test_material_gives_as_many_different_facts_as_are_wanted(workshop: Workshop) -> None:
    _, office = next(spread(workshop.directory, TODAY))
    made = list(Material(workshop.crowd(office, 2)).events(5))
    places = Counter((event.originator_id, event.originator_version) for event in made)
    assert len(places) == 5


def test_a_request_is_well_formed() -> None:
    made = request("POST", "/path", {"If-Match": "*"}, b"{}")
    head, body = made.split(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /path HTTP/1.1"
    assert {b"If-Match: *", b"Content-Length: 2", b"Content-Type: application/json"} < {*lines[1:]}
    assert body == b"{}"


def test_appending_is_measured_against_its_counterparts_on_a_real_server() -> None:
    """A smoke: two repeats' worth of a small row; the figures are only looked at for their form."""
    lines: list[str] = []
    with Ground() as ground:
        folder = ground.folder
        found = ROWS["append"](Run(ground, True, lines.append))
    data = json.loads(json.dumps(found.as_data()))
    assert data.keys() == KEYS | {"ratio"}
    assert data["name"] == "append"
    assert {case["what"] for case in data["cases"]} >= {"8 writers", "64 writers"}
    assert all(case["ours"] > 0 and case["against"] > 0 for case in data["cases"])
    assert not folder.exists()
    assert lines


def test_the_directory_is_measured_without_any_server() -> None:
    """A smoke: the figures are only looked at for their form."""
    with Ground() as ground:
        found = ROWS["directory"](Run(ground, True, lambda _line: None))
    data = json.loads(json.dumps(found.as_data()))
    assert data["name"] == "directory"
    assert {case["what"] for case in data["cases"]} >= {"unit by code", "search by name, p99"}
    assert all(case["ours"] > 0 for case in data["cases"])


def test_a_row_that_is_not_there_starts_no_server() -> None:
    with pytest.raises(KeyError):
        next(measured(["none"], quick=True, tell=print))
