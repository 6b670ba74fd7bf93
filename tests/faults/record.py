"""What a run of the fault table left: one JSON file, added to row by row."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.harness import Ask, Outcome

DEFAULT, QUICK = Path("docs/reliability/last-run.json"), Path("build/faults-quick.json")
PROGRAMS = ("domain", "projections", "infra", "services")


class Record:
    """The file. ``resume`` keeps the passed rows of the same commit, seed and kind of run.

    ``notes``: where rows that are tests of their own leave a line each (``noted``).
    """

    def __init__(self, path: Path, ask: Ask, *, resume: bool) -> None:
        self._path = path
        self.notes = path.with_suffix(".notes")
        self._head = {"commit": commit(), **asdict(ask)}
        self._more: dict[str, Any] = {"began": now()}
        self._rows: dict[str, Mapping[str, Any]] = {}
        if resume and path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            if {name: kept.get(name) for name in self._head} == self._head:
                self._more["began"] = kept["began"]
                self._rows = {row["code"]: row for row in kept["rows"] if row["passed"]}

    def has(self, code: str) -> bool:
        """Whether a row was passed already."""
        return code in self._rows

    @property
    def passed(self) -> bool:
        """Whether every row so far did."""
        return all(row["passed"] for row in self._rows.values())

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Take in outcomes, write the file anew."""
        self._rows |= {outcome.code: outcome.as_data() for outcome in outcomes}
        self._write()

    def take_notes(self) -> None:
        """Take in the lines that other rows left."""
        found = self.notes.read_text(encoding="utf-8") if self.notes.exists() else ""
        self.notes.unlink(missing_ok=True)
        self.tell(noted=[json.loads(line) for line in found.splitlines()])

    def tell(self, **more: Any) -> None:
        """Keep something beside the rows."""
        self._more |= more
        self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept = {**self._head, **self._more, "ended": now(), "rows": [*self._rows.values()]}
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(self._path)


def now() -> str:
    """The moment, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def commit() -> str:
    """The commit of the tree, marked when a program was changed since; empty outside of git."""
    head = _git("rev-parse", "--short=12", "HEAD")
    return f"{head}-dirty" if _git("status", "--porcelain", "--", *PROGRAMS) else head


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    return done.stdout.strip()
