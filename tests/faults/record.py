"""What a run of the fault table left: one JSON file, added to row by row."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults.harness import Ask, Outcome
from tests.faults.table import Shift

DEFAULT, QUICK = Path("docs/reliability/last-run.json"), Path("build/faults-quick.json")
PROGRAMS = ("domain", "projections", "infra", "services")


class Record:
    """The file. ``resume`` keeps what passed of the same commit, seed and kind of run.

    With ``any_commit`` also what passed before a later commit: each row says on which it ran.
    ``notes``: where rows that are tests of their own leave a line each (``noted``).
    """

    def __init__(self, path: Path, ask: Ask, *, resume: bool, any_commit: bool = False) -> None:
        self._path = path
        self.notes = path.with_suffix(".notes").resolve()
        self._head = {"commit": commit(), **asdict(ask)}
        self._more: dict[str, Any] = {"began": now(), "sittings": []}
        self._began = now()
        self._rows: dict[str, Mapping[str, Any]] = {}
        kept = json.loads(path.read_text(encoding="utf-8")) if resume and path.exists() else {}
        same = self._head.keys() - ({"commit"} if any_commit else set())
        if all(kept.get(name, ...) == self._head[name] for name in same):
            self._more |= {name: kept[name] for name in KEPT if name in kept}
            of = {"commit": kept["commit"]}
            self._rows = {row["code"]: of | row for row in kept["rows"] if row["passed"]}
            self.take_notes(of)
            self._more["noted"] = [of | one for one in self._more["noted"] if one["passed"]]
        self.notes.parent.mkdir(parents=True, exist_ok=True)
        self.notes.unlink(missing_ok=True)

    def has(self, shift: Shift) -> bool:
        """Whether every row of a shift was passed already."""
        return all(row.code in self._rows for team in shift for row in team)

    @property
    def _of(self) -> Mapping[str, Any]:
        """What a row of this sitting says of it."""
        return {"commit": self._head["commit"]}

    @property
    def shown(self) -> Sequence[str]:
        """The tests that noted a row and need not run again."""
        return sorted({one["test"] for one in self._more.get("noted", []) if one["test"]})

    @property
    def worlds(self) -> int:
        """How many simulated worlds kept every promise."""
        told = self._more.get("simulation", {})
        return int(told["seeds"]) if told.get("passed") else 0

    @property
    def passed(self) -> bool:
        """Whether every row did so far, and every simulated world."""
        worlds = [self._more["simulation"]] if "simulation" in self._more else []
        found = [*self._rows.values(), *self._more.get("noted", []), *worlds]
        return all(one["passed"] for one in found)

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Take in outcomes, write the file anew."""
        self._rows |= {outcome.code: {**self._of, **outcome.as_data()} for outcome in outcomes}
        self.write()

    def take_notes(self, of: Mapping[str, Any] | None = None) -> None:
        """Take in the lines that other rows left, in this sitting if not ``of`` another commit."""
        found = self.notes.read_text(encoding="utf-8") if self.notes.exists() else ""
        self.notes.unlink(missing_ok=True)
        lines = [{**(of or self._of), **json.loads(line)} for line in found.splitlines()]
        self.tell(noted=[*self._more.get("noted", []), *lines])

    def note(self, **line: Any) -> None:
        """A line about a row that did not run as a test."""
        plain = {"commands": 0, "recovery_seconds": [], "within": None, "passed": True, "test": ""}
        self.tell(noted=[*self._more.get("noted", []), {**self._of, **plain, **line}])

    def take_rows(self, other: Path, *, suffix: str) -> None:
        """Take in the rows of another record under another name."""
        if not other.exists():
            self.note(row=suffix.strip(), name="did not run", faults=0, passed=False, wrong="-")
            return
        for row in json.loads(other.read_text(encoding="utf-8"))["rows"]:
            code = row["code"] + suffix
            self._rows[code] = {**row, "code": code, "load": row["load"] + suffix}
        self.write()

    def tell(self, **more: Any) -> None:
        """Keep something beside the rows."""
        self._more |= more
        self.write()

    def write(self) -> None:
        """The file anew, as one step."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        sitting = {"began": self._began, "ended": now()}
        more = {**self._more, "sittings": [*self._more["sittings"], sitting]}
        kept = {**self._head, **more, "ended": now(), "rows": [*self._rows.values()]}
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(self._path)


KEPT = ("began", "sittings", "noted", "simulation")
"""What a resumed run takes over beside the rows."""


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
