"""What relay and projector tell of themselves, asked over their real port."""

import http.client
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from infra.local.ports import free_port, wait_until
from infra.memory.clocks import FixedClock
from services.projector.health import ProjectorHealth
from services.projector.status import LaneStatus, ProjectorStatus
from services.relay.health import RelayHealth
from services.relay.status import RelayStatus
from services.worker_health import Condition, Trouble, Worker, WorkerDown, ask, worker_port

NOW = datetime(2025, 5, 14, 7, 32, tzinfo=UTC)


class Door:
    """A worker's port, as a health check and Prometheus see it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def ready(self) -> int:
        return self.get("/readyz")[0]

    def figures(self) -> dict[tuple[str, ...], float]:
        """Name and label values to figure."""
        families = text_string_to_metric_families(self.get("/metrics")[1])
        return {
            (sample.name.removeprefix("tiepdan_"), *sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
        }


@contextmanager
def door_of(worker: Worker) -> Iterator[Door]:
    with worker_port(worker, host="127.0.0.1", port=0) as port:
        yield Door(port)


def test_who_asks_and_says_nothing_is_let_go() -> None:
    with (
        worker_port(relay_at(RelayStatus()), host="127.0.0.1", port=0) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as silent,
    ):
        assert silent.recv(1) == b""


class Slow:
    """A worker that answers when nobody listens any more, and much."""

    def __init__(self) -> None:
        self.asked, self.left = threading.Event(), threading.Event()

    def condition(self) -> Condition:
        self.asked.set()
        self.left.wait(30)
        return Condition("degraded", 0.0, [Trouble("x" * 10_000_000, "wait")])

    def metrics(self) -> Sequence[Metric]:
        return ()


def test_who_leaves_before_the_answer_is_no_event(capfd: pytest.CaptureFixture[str]) -> None:
    worker = Slow()
    with worker_port(worker, host="127.0.0.1", port=0) as port:
        before = threading.active_count()
        with socket.create_connection(("127.0.0.1", port), timeout=30) as hasty:
            hasty.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
            assert worker.asked.wait(30)
            hasty.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        worker.left.set()
        assert wait_until(lambda: threading.active_count() <= before, within=30)
    assert capfd.readouterr().err == ""


def relay_at(status: RelayStatus, *, beat: float = 100.0) -> RelayHealth:
    return RelayHealth(status, FixedClock(NOW), lambda: beat)


def leading(*, waited: float = 0.0) -> RelayStatus:
    status = RelayStatus(active=True, epoch=7, rounds=3, sent=2_001, position=2_400, beat=100.0)
    status.oldest_unsent = NOW - timedelta(seconds=waited) if waited else None
    return status


def folding(*lanes: LaneStatus, lag: float = 0.0) -> ProjectorHealth:
    status = ProjectorStatus(
        folded=12, batches=4, lost=1, lanes=lanes, lag={"cases": lag}, told=NOW, beat=100.0
    )
    return ProjectorHealth(status, lambda: 101.0)


def lane(
    number: int, *, finding: str | None = None, stopped: bool = False, parked: int = 0
) -> LaneStatus:
    return LaneStatus(number, 40, 9, 0.0, parked, finding, stopped)


def test_a_relay_that_sends_its_rounds_is_ready() -> None:
    with door_of(relay_at(leading(), beat=130.0)) as door:
        assert door.ready() == 200
        assert ask(door.url).status == "ready"
        assert door.get("/livez")[0] == 200
        assert door.get("/else")[0] == 404


def test_a_standby_is_ready_however_long_it_waits() -> None:
    with door_of(relay_at(RelayStatus(), beat=1e6)) as door:
        assert door.ready() == 200
        assert door.figures()["relay_active",] == 0


def test_a_relay_behind_a_backlog_is_degraded_but_alive() -> None:
    with door_of(relay_at(leading(waited=75))) as door:
        assert door.ready() == 200
        told = ask(door.url)
    assert (told.status, told.lag) == ("degraded", 75)
    assert "waited 75 s" in told.troubles[0].words


def test_a_relay_whose_round_does_not_come_back_is_down() -> None:
    with door_of(relay_at(leading(waited=75), beat=161.0)) as door:
        assert door.ready() == 503
        told = ask(door.url)
    assert told.status == "down"
    assert "no round was finished for 61 s" in told.troubles[0].words
    assert "Kafka" in told.troubles[0].mend


def test_the_relay_tells_its_figures() -> None:
    with door_of(relay_at(leading(waited=12.5))) as door:
        figures = door.figures()
    assert figures["relay_active",] == 1
    assert figures["relay_epoch",] == 7
    assert figures["relay_position",] == 2_400
    assert figures["relay_rounds_total",] == 3
    assert figures["relay_sent_total",] == 2_001
    assert figures["relay_oldest_unsent_seconds",] == 12.5


def test_a_projector_at_its_lanes_ends_is_ready() -> None:
    with door_of(folding(lane(0), lane(13))) as door:
        assert (door.ready(), ask(door.url).status) == (200, "ready")


def test_a_projector_is_not_ready_before_its_lanes_are_open() -> None:
    with door_of(ProjectorHealth(ProjectorStatus())) as door:
        assert door.ready() == 503


@pytest.mark.parametrize(
    ("worker", "words"),
    [
        (folding(lane(3, finding="a hole after position 7, before 9")), "lane 3: a hole after"),
        (folding(lane(3, parked=2)), "lane 3: 2 streams wait"),
        (folding(lane(3), lag=90.0), "90 s behind"),
    ],
)
def test_a_projector_with_something_to_look_at_is_degraded(
    worker: ProjectorHealth, words: str
) -> None:
    with door_of(worker) as door:
        assert door.ready() == 200
        told = ask(door.url)
    assert told.status == "degraded"
    assert words in told.troubles[0].words
    assert told.troubles[0].mend


def test_a_lane_that_stands_still_is_named_with_the_way_to_mend_it() -> None:
    stopped = lane(3, finding="the store was rewound: 9 follows 4, but 8 was folded", stopped=True)
    with door_of(folding(lane(2), stopped)) as door:
        assert door.ready() == 503
        (trouble,) = ask(door.url).troubles
    assert trouble.words == "lane 3: the store was rewound: 9 follows 4, but 8 was folded"
    assert "tiepdan rebuild" in trouble.mend


def test_a_projector_whose_poll_does_not_come_back_is_down() -> None:
    status = ProjectorStatus(told=NOW, beat=100.0)
    with door_of(ProjectorHealth(status, lambda: 131.0)) as door:
        assert door.ready() == 503


def test_the_projector_tells_its_figures_by_lane_and_projection() -> None:
    with door_of(folding(lane(0), lane(3, finding="a hole", parked=2), lag=4.5)) as door:
        figures = door.figures()
    assert figures["projector_folded_total",] == 12
    assert figures["projector_batches_total",] == 4
    assert figures["projector_lost_total",] == 1
    assert figures["projector_lag_seconds", "cases"] == 4.5
    assert figures["projector_position", "3"] == 40
    assert figures["projector_parked_streams", "3"] == 2
    assert (figures["projector_findings", "0"], figures["projector_findings", "3"]) == (0, 1)


def test_nobody_at_the_address_is_said_so() -> None:
    with pytest.raises(WorkerDown):
        ask(f"http://127.0.0.1:{free_port()}")
