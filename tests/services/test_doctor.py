"""The doctor says in words what stands still or was set aside, and how to mend it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.local.ports import free_port
from infra.local.state import owned, write_status
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.settings import Settings
from projections.ports import Parked, Progress, StreamRecord
from services.doctor import Finding, Grade, examine, parked_in, workers_of
from services.projector.health import ProjectorHealth
from services.projector.status import LaneStatus, ProjectorStatus
from services.wiring import projections
from services.worker_health import worker_port
from tests.contracts.facts import a_petition
from tests.stores import Addresses

REWOUND = "the store was rewound: 9 follows 4, but 8 was folded"


def telling(*lanes: LaneStatus) -> ProjectorHealth:
    status = ProjectorStatus(lanes=lanes, told=datetime(2025, 5, 14, tzinfo=UTC), beat=1.0)
    return ProjectorHealth(status, lambda: 1.0)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """A folder whose stack runs."""
    with owned(tmp_path):
        yield tmp_path


def asked_at(state: Path, port: int) -> list[Finding]:
    workers = {"projector": {"url": f"http://127.0.0.1:{port}"}}
    write_status(state, {"processes": {}, "workers": workers})
    return list(workers_of(state))


def test_a_lane_that_stands_still_is_bad_and_told_how_to_mend(state: Path) -> None:
    stopped = LaneStatus(3, 8, 9, 0.0, 0, REWOUND, stopped=True)
    with worker_port(telling(stopped), host="127.0.0.1", port=0) as port:
        (finding,) = asked_at(state, port)
        assert finding in examine(state, Settings.read({}))
    assert (finding.grade, finding.what) == (Grade.BAD, "projector")
    assert finding.words == f"lane 3: {REWOUND}"
    assert "tiepdan rebuild" in finding.mend


def test_a_hole_is_a_warning(state: Path) -> None:
    hole = LaneStatus(3, 8, 9, 0.0, 0, "a hole after position 8, before 12")
    with worker_port(telling(hole), host="127.0.0.1", port=0) as port:
        (finding,) = asked_at(state, port)
    assert finding.grade is Grade.WARN
    assert "relay" in finding.mend


def test_a_healthy_worker_is_no_finding_and_a_silent_one_is(state: Path) -> None:
    healthy = LaneStatus(3, 8, 9, 0.0, 0, None)
    with worker_port(telling(healthy), host="127.0.0.1", port=0) as port:
        assert asked_at(state, port) == []
    (finding,) = asked_at(state, free_port())
    assert finding.grade is Grade.BAD
    assert "no answer" in finding.words


def test_what_was_set_aside_is_told_with_its_reason(addresses: Addresses) -> None:
    fact = a_petition()[0]
    record = StreamRecord(4, 0, 17, 0, fact.originator_id, "petition.received/9", b"{}")
    store = PostgresViewStore.at(addresses.projector)
    now = Progress("t", 1, 17)
    store.apply(
        4,
        [(one, None, now, []) for one in projections()],
        [Parked(record, "LookupError: petition.received/9")],
    )
    store.close()
    names = [projection.name for projection in projections()]
    views = PostgresViews.open(addresses.app, names, pool_size=1)
    try:
        (finding,) = parked_in(views, views.parked_count())
    finally:
        views.close()
    assert finding.grade is Grade.WARN
    assert finding.words == (
        "lane 4, position 17, petition.received/9: LookupError: petition.received/9"
    )
    assert "tiepdan rebuild" in finding.mend
