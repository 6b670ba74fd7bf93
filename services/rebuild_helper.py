"""A process that folds lanes for a rebuild: ``python -m services.rebuild_helper``.

It reads ``LANE TARGET`` lines and answers each with JSON lines: ``{"at", "facts"}`` for a
page, then ``{"done": true}``, or ``{"done": false}`` when the database refused the rows.
It ends with its input, and with the process that started it. Settings as for a projector.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager

from infra.local.leash import leashed
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.law import LawFollower
from infra.postgres.views.beside import Beside
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import NEXT
from infra.serial import decode
from infra.settings import Settings
from projections.ports import RowsRefused
from services.cli.exits import telling
from services.collector import spare_the_collector
from services.law import carried_law
from services.projecting import projections
from services.rebuild_lane import Tools, fold_lane

WITHIN = 10.0
"""Seconds a helper may take to end when its input did."""


class HelperLost(RuntimeError):
    """A helper ended early; it said why. What is finished stays: resume."""

    def __init__(self) -> None:
        super().__init__("a process of the rebuild ended early; go on with --resume")


class Helper:
    """A helper process, as the rebuild sees it; for one thread."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def fold(self, lane: int, target: int, tell: Callable[[int, int], None]) -> bool:
        """Fold a lane; False when the database refused its rows. Raises :class:`HelperLost`."""
        self._ask(f"{lane} {target}\n")
        while "done" not in (said := json.loads(self._line())):
            tell(said["at"], said["facts"])
        return bool(said["done"])

    def _ask(self, line: str) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(line)
                self._process.stdin.flush()
        except BrokenPipeError as gone:
            raise HelperLost from gone

    def _line(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not line:
            raise HelperLost
        return line


@contextmanager
def helping(env: Mapping[str, str]) -> Iterator[Helper]:
    """A helper with these settings, gone at the end."""
    process = subprocess.Popen(
        leashed([sys.executable, "-m", __name__], on_death=signal.SIGKILL),
        env={**os.environ, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Helper(process)
    except BaseException:
        process.kill()
        raise
    finally:
        process.communicate(timeout=WITHIN)


def main() -> None:
    """Fold what is asked for until nothing more comes."""
    settings = Settings.read()
    dsn = settings.secret("projector_dsn")
    # It only reads: that the store is safe to write to was asked by whoever asked for help.
    reading = PostgresFactStore.open(settings.secret("store_dsn"), pool_size=2, durable=False)
    with (
        closing(reading) as store,
        closing(PostgresViewStore.at(dsn, schema=NEXT)) as fresh,
        Beside.at(dsn) as beside,
        closing(LawFollower(settings.secret("store_dsn"), carried_law())) as law,
    ):
        tools = Tools(store, beside, fresh, projections(law.current), decode)
        spare_the_collector()
        for line in sys.stdin:
            lane, target = map(int, line.split())
            _say(done=_folded(lane, target, tools))


def _folded(lane: int, target: int, tools: Tools) -> bool:
    try:
        fold_lane(lane, target, tools, lambda at, facts: _say(at=at, facts=facts))
    except RowsRefused:
        return False
    return True


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    with telling():
        main()
