"""A stack of three small programs, run by the tests as a process of its own.

``python -m tests.infra.little_stack STATE [MODE]``; MODE ``stubborn`` adds a child
that does not stop when asked, ``broken`` one that ends at once, ``spare`` the same but
not needed, ``ailing`` one that is well only once and one that can be frozen; ``servers``
is Postgres and Kafka instead.
"""

import sys
import time
from pathlib import Path

from infra.local.child import Child, answers, listens
from infra.local.kafka import Broker, find_distribution
from infra.local.ports import free_port
from infra.local.postgres import Postgres
from infra.local.servers import kafka_child, postgres_child
from infra.local.supervisor import Supervisor

SERVER = (
    "import http.server as h; h.test(h.SimpleHTTPRequestHandler, port={port}, bind='127.0.0.1')"
)
TALKER = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("goodbye"), sys.exit(0)))
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("hello, grandchild", grandchild.pid, "secret" if "LITTLE" in os.environ else "")
while True: time.sleep(0.05)
"""
STUBBORN = (
    "import signal, socket, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "door = socket.create_server(('127.0.0.1', {port})); time.sleep(600)"
)
"""It listens only once it is deaf to the signal."""
AILING = """
import http.server as h
class Answers(h.BaseHTTPRequestHandler):
    asked = 0
    def do_GET(self):
        Answers.asked += self.path == "/readyz"
        self.send_response(503 if self.path == "/readyz" and Answers.asked > 1 else 200)
        self.end_headers()
h.HTTPServer(("127.0.0.1", {port}), Answers).serve_forever()
"""
BROKEN = "import sys; sys.exit('the reason it cannot start')"


def python(name: str, code: str, **more: object) -> Child:
    """A child that runs some Python."""
    return Child(name, [sys.executable, "-c", code], **more)  # type: ignore[arg-type]


def stubborn(port: int) -> Child:
    """The child that does not stop when asked, up once it would not."""
    return python("stubborn", STUBBORN.format(port=port), ready=listens(port), stop_within=1)


DEAD_AFTER = 4.0


def ailing(name: str, path: str, *, prepared_in: float = 0.0) -> Child:
    """A child that tells on one port whether it lives, and at a path whether it is ready."""
    port = free_port()
    return python(
        name,
        AILING.replace("{port}", str(port)),
        ready=answers(port, path),
        alive=answers(port, "/livez"),
        dead_after=DEAD_AFTER,
        prepare=lambda: time.sleep(prepared_in),
    )


def ill() -> list[Child]:
    """One to be frozen, and one that is well only once, after a long preparation."""
    slow = ailing("degraded", "/readyz", prepared_in=DEAD_AFTER + 0.5)
    return [ailing("frozen", "/"), slow]


def children(mode: str) -> list[Child]:
    """The little stack, by name of the mode."""
    web, plain = free_port(), free_port()
    return [
        python("web", SERVER.format(port=web), ready=answers(web, "/"), cwd=Path("/")),
        python("port", SERVER.format(port=plain), ready=listens(plain), cwd=Path("/")),
        python("talker", TALKER, env={"LITTLE": "1"}),
        *([stubborn(free_port())] if mode == "stubborn" else []),
        *(ill() if mode == "ailing" else []),
        *([python("broken", BROKEN, ready=lambda: False)] if mode == "broken" else []),
        *([python("spare", BROKEN, ready=lambda: False, needed=False)] if mode == "spare" else []),
    ]


def servers(state: Path) -> list[Child]:
    """Postgres and Kafka."""
    ports = state / "ports"
    if not ports.exists():
        state.mkdir(parents=True, exist_ok=True)
        ports.write_text(f"{free_port()} {free_port()}")
    postgres, kafka = map(int, ports.read_text().split())
    return [
        postgres_child(Postgres(state / "postgres", postgres)),
        kafka_child(Broker(state / "kafka", kafka, find_distribution())),
    ]


if __name__ == "__main__":
    state, mode = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    stack = servers(state) if mode == "servers" else children(mode)
    Supervisor(state, stack, facts={"demo": True}).run(lambda: print("all up", flush=True))
