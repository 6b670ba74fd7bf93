"""The doctor says in words what stands still or was set aside, and how to mend it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from infra.local.ports import free_port
from infra.local.state import owned, write_status
from infra.postgres.reconciled import Difference, Kind, LaneState
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.settings import Settings
from projections.ports import Parked, Progress, StreamRecord
from services.doctor import examine, parked_in, workers_of
from services.doctor_stream import compared, skipped_in
from services.findings import Finding, Grade
from services.projector.health import ProjectorHealth
from services.projector.status import LaneStatus, ProjectorStatus
from services.wiring import projections
from services.worker_health import worker_port
from tests.contracts.facts import MORNING, a_petition
from tests.services.kept_lanes import unguarded
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
        assert finding in examine(state, Settings.read({}), unguarded)
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


def told_of(lane: LaneState) -> list[Finding]:
    return list(compared([lane], now=MORNING + timedelta(seconds=30)))


def test_the_first_difference_of_a_lane_is_bad_and_told_how_to_mend() -> None:
    missing = Difference(Kind.MISSING, 3, 17, None, UUID(int=9), 2)
    lane = LaneState(3, "topic", compared=16, difference=missing, looked_at=MORNING)
    bad, well = told_of(lane)
    assert (bad.grade, well.grade) == (Grade.BAD, Grade.OK)
    assert "missing: lane 3, position 17" in bad.words
    assert "reconcile --mend" in bad.mend
    assert well.words == "16 facts compared, last 30 s ago"


def test_a_comparison_that_is_old_or_was_never_made_is_a_warning() -> None:
    (old,) = told_of(LaneState(3, "topic", looked_at=MORNING - timedelta(hours=1)))
    (never,) = compared([])
    assert (old.grade, never.grade) == (Grade.WARN, Grade.WARN)


def test_what_the_views_go_on_without_stays_a_warning(addresses: Addresses) -> None:
    settings = Settings.read({"TIEPDAN_PROJECTOR_DSN": addresses.projector})
    assert list(skipped_in(settings)) == []
    addresses.run(
        "INSERT INTO store.skipped_records (lane, position, record_offset, stream, type_name,"
        " fault, reason, skipped_by) VALUES (0, 1, 0, %s, 't/1', 'bad', 'gone', 'operator:an')",
        UUID(int=9),
    )
    (finding,) = skipped_in(settings)
    assert finding.words == "the views go on without 1 records"
    assert finding.grade is Grade.WARN
