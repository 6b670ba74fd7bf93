"""``python -m tests.rehoming``: the figures as JSON on stdout; 1 when a petition lies wrong.

From the environment: PETITIONS (2000; the goal is 200000), CUTS (10), SEED. On a Postgres of
its own in a folder that is gone afterwards, or in KEEP: an interrupted run goes on from there.
"""

import json
import os
import resource
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

from infra.local.ports import free_port
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.migrate import APP, PROJECTOR, ROLES, as_role, migrate
from tests.rehoming.diary import Diary
from tests.rehoming.house import Figures, House


def main(env: Mapping[str, str]) -> int:
    """Fill, reform, re-home under cuts, compare."""
    seed = int(env.get("SEED") or 1)
    many, cuts = int(env.get("PETITIONS") or 2_000), int(env.get("CUTS") or 10)
    with _folder(env.get("KEEP")) as folder:
        diary = Diary.opened(folder, many, cuts, seed)
        if not diary.reformed:
            shutil.rmtree(folder / "postgres", ignore_errors=True)
        found = _run(folder, diary)
    print(json.dumps(found))
    return 0 if not found["wrong"] and not found["boards_failed"] else 1


def _run(folder: Path, diary: Diary) -> Figures:
    server = Postgres(folder / "postgres", free_port())
    with RunningPostgres(server):
        passwords = {role: secrets.token_urlsafe(16) for role in ROLES}
        migrate(server.dsn(), passwords)
        app, projector = (as_role(server.dsn(), role, passwords[role]) for role in (APP, PROJECTOR))
        with House.opened(app, projector, diary, folder) as house:
            found = house.run(Random(diary.seed))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {**found, "harness_mb": most, "load": round(os.getloadavg()[0], 1)}


@contextmanager
def _folder(kept: str | None) -> Iterator[Path]:
    if kept:
        folder = Path(kept).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="tiepdan-rehoming-") as gone:
        yield Path(gone)


if __name__ == "__main__":
    sys.exit(main(os.environ))
