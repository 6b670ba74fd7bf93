"""The supervisor, over children that are killed, hang, cannot start and leave others behind."""

import json
import os
import resource
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from infra.local.errors import LocalStackError
from infra.local.keeper import LONGEST_PAUSE, pauses
from infra.local.ports import wait_until
from infra.local.state import RotatedLog, is_owned, read_status, write_status
from infra.local.supervisor import Supervisor
from infra.local.tools import run
from tests.infra.conftest import LittleStack, gone
from tests.infra.little_stack import TALKER, python

Start = Callable[..., LittleStack]


def test_children_come_up_in_order_and_the_status_says_so(little_stack: Start) -> None:
    stack = little_stack()
    stack.until_up()
    status = stack.status()
    assert list(status["processes"]) == ["web", "port", "talker"]
    assert status["demo"] is True
    stack.until(lambda now: all(one["health"] == "up" for one in now["processes"].values()))
    begun = [one["since"] for one in status["processes"].values()]
    assert begun == sorted(begun)
    assert is_owned(stack.state)


def test_the_status_file_is_for_its_owner_alone(little_stack: Start) -> None:
    stack = little_stack()
    stack.until_up()
    mode = (stack.state / "status.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all_of_them_in_reverse_order(
    little_stack: Start, which: signal.Signals
) -> None:
    stack = little_stack()
    stack.until_up()
    assert wait_until(lambda: len(stack.family()) == 4, within=10)
    family = stack.family()
    stack.send(which)
    code, printed = stack.end()
    assert code == 0
    assert gone(family)
    assert "all up" in printed
    assert "    talker | goodbye" in printed
    status = stack.status()
    assert status["state"] == "stopped"
    ended = [one["since"] for one in status["processes"].values()]
    assert ended == sorted(ended, reverse=True)
    assert not is_owned(stack.state)


def test_a_killed_child_comes_back(little_stack: Start) -> None:
    stack = little_stack()
    stack.until_up()
    killed = stack.process("web")
    killed.kill()
    stack.until(
        lambda status: (
            status["processes"]["web"]["restarts"] == 1
            and status["processes"]["web"]["health"] == "up"
        )
    )
    assert stack.process("web").pid != killed.pid
    assert stack.child("port")["restarts"] == 0
    stack.send(signal.SIGTERM)
    _, printed = stack.end()
    assert "ended (SIGKILL); starting it again" in printed


def test_what_a_killed_child_started_ends_with_it(little_stack: Start) -> None:
    stack = little_stack()
    stack.until_up()
    talker = stack.process("talker")
    assert wait_until(lambda: len(talker.children()) == 1, within=10)
    grandchildren = talker.children()
    talker.kill()
    assert wait_until(lambda: gone(grandchildren), within=10)


def test_children_die_with_a_supervisor_that_is_killed(little_stack: Start) -> None:
    stack = little_stack()
    stack.until_up()
    children = [stack.process(name) for name in ("web", "port", "talker")]
    stack.send(signal.SIGKILL)
    assert wait_until(lambda: gone(children), within=10)
    assert not is_owned(stack.state)
    again = little_stack()
    again.until(lambda status: status["state"] == "up" and status["pid"] == again.pid)


def test_a_child_that_does_not_stop_is_killed(little_stack: Start) -> None:
    stack = little_stack("stubborn")
    stack.until_up()
    family = stack.family()
    stack.send(signal.SIGTERM)
    code, printed = stack.end()
    assert code == 0
    assert "stubborn | did not stop within 1 s: killed" in printed
    assert gone(family)


def test_a_child_that_cannot_start_stops_all_and_shows_its_last_words(little_stack: Start) -> None:
    stack = little_stack("broken")
    code, printed = stack.end(within=30)
    assert code != 0
    assert "broken does not start" in printed
    assert "the reason it cannot start" in printed
    assert stack.status()["state"] == "stopped"
    assert all(one["pid"] is None for one in stack.status()["processes"].values())


def test_a_stack_is_up_without_a_child_it_can_do_without(little_stack: Start) -> None:
    stack = little_stack("spare")
    stack.until_up()
    stack.until(lambda status: status["processes"]["spare"]["restarts"] > 0)
    assert stack.child("spare")["health"] != "up"
    assert stack.child("talker")["health"] == "up"


def test_children_that_wait_in_their_preparation_keep_no_other_waiting(tmp_path: Path) -> None:
    there = threading.Event()

    def prepare() -> None:
        there.wait(15)

    waiting = [
        python(f"waiting-{number}", TALKER, prepare=prepare, needed=False, ready_within=0.0)
        for number in range(2 * (os.cpu_count() or 1) + 8)
    ]
    came_up: list[bool] = []

    def stop() -> None:
        came_up.append(True)
        there.set()
        only.ask_to_stop()

    only = Supervisor(tmp_path, [*waiting, python("talker", TALKER, ready_within=10)])
    try:
        only.run(stop)
    finally:
        there.set()
    assert came_up == [True]


def test_a_silent_child_is_started_again_and_a_degraded_one_is_left_alone(
    little_stack: Start,
) -> None:
    stack = little_stack("ailing")
    stack.until_up()
    stack.until(lambda status: status["processes"]["degraded"]["health"] == "unready")
    frozen = stack.process("frozen")
    frozen.suspend()
    stack.until(
        lambda status: (
            status["processes"]["frozen"]["restarts"] == 1
            and status["processes"]["frozen"]["health"] == "up"
        ),
        within=40,
    )
    assert stack.child("degraded")["restarts"] == 0
    assert stack.child("degraded")["health"] == "unready"
    stack.send(signal.SIGTERM)
    _, printed = stack.end()
    assert "frozen | silent for 4 s: killed" in printed


def test_a_tool_that_does_not_end_is_killed() -> None:
    with pytest.raises(LocalStackError, match="did not end within"):
        run([sys.executable, "-c", "import time; time.sleep(600)"], within=0.5)


def test_two_supervisors_do_not_share_a_folder(little_stack: Start) -> None:
    first = little_stack()
    first.until_up()
    code, printed = little_stack().end()
    assert code != 0
    assert f"is in use by process {first.status()['pid']}" in printed
    assert psutil.pid_exists(first.status()["pid"])


def test_the_log_of_a_child_is_kept_in_a_file(little_stack: Start) -> None:
    stack = little_stack()
    stack.until_up()
    log = Path(stack.child("talker")["log"])
    assert wait_until(lambda: "hello, grandchild" in log.read_text(), within=10)


def test_a_log_that_grows_is_rotated_and_the_oldest_part_goes(tmp_path: Path) -> None:
    log = RotatedLog(tmp_path / "logs" / "much.log", limit=100, older=2)
    for number in range(60):
        log.write(f"line {number}")
    assert log.tail(1) == "line 59"
    log.close()
    assert sorted(path.name for path in (tmp_path / "logs").iterdir()) == [
        "much.log",
        "much.log.1",
        "much.log.2",
    ]


FULL = Path("/dev/full")
DRAFT, LOG = "status.json.new", "logs/talker.log"


def on_a_full_disk(state: Path, *names: str) -> None:
    """These files of a stack find no room."""
    (state / "logs").mkdir(parents=True)
    for name in names:
        (state / name).symlink_to(FULL)


def test_a_stack_whose_disk_is_full_stays_up_and_its_status_goes_on_when_there_is_room(
    little_stack: Start, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    on_a_full_disk(state, DRAFT, LOG)
    stack = little_stack()
    assert wait_until(lambda: stack.is_over() or len(stack.family()) == 4, within=20)
    (state / DRAFT).unlink(missing_ok=True)
    stack.until_up()
    assert stack.child("talker")["restarts"] == 0
    stack.send(signal.SIGTERM)
    code, printed = stack.end()
    assert (code, stack.status()["state"]) == (0, "stopped")
    assert "talker | hello, grandchild" in printed
    assert "talker | goodbye" in printed
    assert printed.count("cannot be written") == 2


def test_a_stack_whose_disk_is_full_stops_in_order(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    on_a_full_disk(tmp_path, DRAFT)
    said: list[tuple[str, str]] = []
    only = Supervisor(
        tmp_path, [python("talker", TALKER)], say=lambda name, line: said.append((name, line))
    )
    only.run(only.ask_to_stop)
    processes = only.status()["processes"]
    assert isinstance(processes, dict)
    assert (processes["talker"]["health"], processes["talker"]["restarts"]) == ("stopped", 0)
    assert not any("killed" in line for _, line in said)
    assert capfd.readouterr().err.count("status.json cannot be written") == 1


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As a disk with no room for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_log_leaves_out_what_finds_no_room_and_says_so_when_there_is(tmp_path: Path) -> None:
    log = RotatedLog(tmp_path / "much.log")
    log.write("first")
    with no_file_larger_than(8):
        log.write("second")
        log.write("third")
    log.write("fourth")
    log.close()
    lines = log.path.read_text().splitlines()
    assert lines == ["first", "se", "-- 2 lines left out for want of room", "fourth"]


def test_pauses_between_starts_grow_to_a_limit() -> None:
    pause = pauses()
    seen = [next(pause) for _ in range(10)]
    assert seen == sorted(seen)
    assert seen[0] < 1
    assert seen[-1] == LONGEST_PAUSE


def test_a_status_is_replaced_as_a_whole(tmp_path: Path) -> None:
    assert read_status(tmp_path) is None
    write_status(tmp_path, {"state": "up"})
    write_status(tmp_path, {"state": "stopped"})
    assert json.loads((tmp_path / "status.json").read_text()) == {"state": "stopped"}
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]
