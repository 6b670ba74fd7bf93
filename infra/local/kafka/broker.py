"""One broker: its folder, its command, and its life as a child of this process."""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.errors import LocalStackError
from infra.local.kafka.distribution import Distribution
from infra.local.kafka.probe import live_ports
from infra.local.kafka.settings import Node, heap, server_properties
from infra.local.leash import leashed
from infra.local.ports import LOOPBACK, free_port, is_taken, wait_until
from infra.local.tools import run

STOP_SIGNAL = signal.SIGTERM
DEATH_SIGNAL = signal.SIGKILL
"""A JVM may hang in its own shutdown; what was acknowledged is in the kernel's cache already."""
FORMAT_SECONDS = 60.0


class Broker:
    """A node of a Kafka below ``folder``; without ``nodes`` it is alone."""

    def __init__(
        self,
        folder: Path,
        port: int,
        distribution: Distribution,
        *,
        nodes: Sequence[Node] = (),
        cluster_id: str | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.port = port
        self.distribution = distribution
        self._nodes = list(nodes)
        self._cluster_id = cluster_id
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def prepare(self) -> None:
        """Write the settings; format the storage when it is new."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        nodes = self._nodes or [Node(1, self.port, self._own_controller_port())]
        me = next(node for node in nodes if node.port == self.port)
        data = self.folder / "data"
        if not data.exists():
            self._format(me, nodes, data)
        self._properties.write_text(server_properties(me, nodes, data), encoding="utf-8")

    def command(self) -> list[str]:
        """What serves the prepared folder in the foreground, on a leash."""
        return leashed(self.plain_command(), on_death=DEATH_SIGNAL)

    def plain_command(self) -> list[str]:
        """The same without the leash, for a process that becomes the broker."""
        limit = heap(len(self._nodes) or 1)
        return self.distribution.command(limit, "kafka.Kafka", str(self._properties))

    def is_ready(self) -> bool:
        """Whether the broker is a live member of its cluster, not only a port."""
        return self.port in live_ports(self.port)

    def start(self, *, within: float = 60) -> None:
        """Prepare, start and wait until it serves."""
        self.launch()
        self.wait_ready(within=within)

    def launch(self) -> None:
        """Prepare and start, without waiting."""
        self.prepare()
        if is_taken(self.port):
            raise LocalStackError(f"port {self.port} is taken; choose another for Kafka")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def wait_ready(self, *, within: float = 60) -> None:
        """Wait until it serves; a broker that ended or takes longer is an error."""
        process = self._process
        if process is None:
            raise LocalStackError("the broker was not started")
        wait_until(lambda: process.poll() is not None or self.is_ready(), within=within)
        if process.poll() is not None or not self.is_ready():
            self.kill()
            raise LocalStackError(f"Kafka did not start; see {self.log}")

    def ask_to_stop(self) -> None:
        """Begin to shut down, without waiting."""
        if self._process is not None:
            self._process.send_signal(STOP_SIGNAL)

    def stop(self) -> None:
        """Shut down cleanly; a JVM that does not end in 20 s is killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._end(STOP_SIGNAL)
        self.kill()

    def kill(self) -> None:
        """End it without a goodbye."""
        self._end(signal.SIGKILL)

    def restart(self, *, within: float = 60) -> None:
        """Stop and start on the same port and data."""
        self.stop()
        self.start(within=within)

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing answers. Returns when it stands still."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def resume(self) -> None:
        """Let a frozen broker go on."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    def _format(self, me: Node, nodes: Sequence[Node], data: Path) -> None:
        """Format beside the final place, so that a crash leaves no half storage."""
        draft, draft_settings = self.folder / "data.new", self.folder / "format.properties"
        shutil.rmtree(draft, ignore_errors=True)
        draft_settings.write_text(server_properties(me, nodes, draft), encoding="utf-8")
        cluster_id = self._cluster_id or new_cluster_id()
        flags = ["format", "--cluster-id", cluster_id, "--config", str(draft_settings)]
        argv = self.distribution.command("128m", "kafka.tools.StorageTool", *flags)
        done = run(argv, within=FORMAT_SECONDS)
        if done.returncode != 0:
            raise LocalStackError(f"Kafka could not format {data}: {done.stderr.strip()}")
        draft_settings.unlink()
        draft.rename(data)

    def _own_controller_port(self) -> int:
        """The port of a lone node's controller: kept, unless another program took it."""
        kept = self.folder / "controller.port"
        port = int(kept.read_text(encoding="ascii")) if kept.exists() else 0
        if port == 0 or port == self.port or is_taken(port):
            port = free_port()
            kept.write_text(str(port), encoding="ascii")
        return port

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=20)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def new_cluster_id() -> str:
    """A cluster's name as Kafka wants it: 16 bytes, not beginning with a dash."""
    return urlsafe_b64encode(b"\x01" + secrets.token_bytes(15)).decode("ascii").rstrip("=")
