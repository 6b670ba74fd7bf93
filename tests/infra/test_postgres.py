"""The embedded Postgres: kept data, crashes, secrets, and what its log may not say."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from infra.local.errors import AlreadyRunning, LocalStackError
from infra.local.ports import free_port, wait_until
from infra.local.postgres import Postgres, RunningPostgres, serving

SECOND_START_WITHIN = 2.0


@pytest.fixture
def postgres(state_root: Path, tmp_path: Path) -> Postgres:
    """A durable server below a folder that other accounts may pass."""
    return Postgres(state_root / tmp_path.name, free_port())


@pytest.fixture
def running(postgres: Postgres) -> Iterator[RunningPostgres]:
    """The same, started; however the test ends it, it is ended."""
    server = RunningPostgres(postgres)
    server.start()
    yield server
    server.kill()


def note(postgres: Postgres, text: str) -> None:
    with psycopg.connect(postgres.dsn()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (note text PRIMARY KEY)")
        connection.execute("INSERT INTO notes VALUES (%s)", [text])


def notes(postgres: Postgres) -> list[str]:
    with psycopg.connect(postgres.dsn()) as connection:
        return [row[0] for row in connection.execute("SELECT note FROM notes ORDER BY note")]


def setting(postgres: Postgres, name: str) -> object:
    with psycopg.connect(postgres.dsn()) as connection:
        found = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert found is not None
    return found[0]


def test_a_kept_folder_starts_again_within_two_seconds(running: RunningPostgres) -> None:
    note(running.postgres, "kept")
    running.stop()
    began = time.monotonic()
    running.start()
    assert time.monotonic() - began < SECOND_START_WITHIN
    assert notes(running.postgres) == ["kept"]


def test_what_was_committed_survives_a_kill(running: RunningPostgres) -> None:
    for number in range(3):
        note(running.postgres, f"before kill {number}")
        running.kill()
        assert (running.postgres.data / "postmaster.pid").exists()
        running.start()
    assert notes(running.postgres) == [f"before kill {number}" for number in range(3)]


def test_a_pid_file_whose_number_another_process_has_now_is_no_hindrance(
    running: RunningPostgres,
) -> None:
    running.kill()
    pid_file = running.postgres.data / "postmaster.pid"
    _, rest = pid_file.read_text().split("\n", 1)
    pid_file.write_text(f"{os.getpid()}\n{rest}")
    running.start()
    assert running.postgres.is_ready()


def test_a_second_server_on_the_same_folder_is_refused(running: RunningPostgres) -> None:
    twin = Postgres(running.postgres.folder, free_port())
    with pytest.raises(AlreadyRunning):
        twin.prepare(patience=0.2)
    assert running.postgres.is_ready()


def test_it_is_durable_unless_asked_not_to_be(
    running: RunningPostgres, postgres_server: str
) -> None:
    assert setting(running.postgres, "fsync") == "on"
    assert setting(running.postgres, "data_checksums") == "on"
    with psycopg.connect(postgres_server) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_vietnamese_letters_fold_as_they_should(running: RunningPostgres) -> None:
    with psycopg.connect(running.postgres.dsn()) as connection:
        assert connection.execute("SELECT lower('ĐƠN KHIẾU NẠI')").fetchone() == ("đơn khiếu nại",)


def test_nobody_comes_in_without_the_password(running: RunningPostgres) -> None:
    postgres = running.postgres
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres:wrong@127.0.0.1:{postgres.port}/postgres")
    assert stat.S_IMODE(postgres.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(postgres.data.stat().st_mode) == 0o700
    assert not (postgres.folder / "pwfile").exists()
    assert setting(postgres, "unix_socket_directories") == ""
    assert setting(postgres, "listen_addresses") == "127.0.0.1"


def test_the_log_of_the_server_holds_no_statement_and_no_row(running: RunningPostgres) -> None:
    note(running.postgres, "canary-7391")
    with pytest.raises(psycopg.errors.UniqueViolation):
        note(running.postgres, "canary-7391")
    log = (running.postgres.folder / "server.log").read_text()
    assert "duplicate key" in log
    assert "canary-7391" not in log


def test_a_half_made_folder_is_made_anew(postgres: Postgres) -> None:
    (postgres.folder / "data.new").mkdir(parents=True)
    (postgres.folder / "data.new" / "PG_VERSION").write_text("18\n")
    with RunningPostgres(postgres):
        assert postgres.is_ready()


def test_a_folder_of_another_version_is_named(postgres: Postgres) -> None:
    postgres.prepare()
    (postgres.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(LocalStackError, match="written by Postgres 16"):
        postgres.prepare()


def test_it_dies_with_its_parent_and_loses_nothing(postgres: Postgres) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(postgres.folder), str(postgres.port)],
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None
    with owner.stdout:
        owner.stdout.readline()
    note(postgres, "before the parent died")
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert wait_until(lambda: not serving(postgres.data), within=10)
    with RunningPostgres(postgres):
        assert notes(postgres) == ["before the parent died"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root switches to another account")
def test_root_hands_it_to_a_plain_account(running: RunningPostgres) -> None:
    users = {process.username() for process in serving(running.postgres.data)}
    assert users == {"pgserver"}
    assert psutil.Process().username() == "root"


OWNER = """
import sys, time
from pathlib import Path
from infra.local.postgres import Postgres, RunningPostgres
server = RunningPostgres(Postgres(Path(sys.argv[1]), int(sys.argv[2])))
server.start()
print("up", flush=True)
time.sleep(600)
"""
