"""What a doctor says of one thing it looked at (kết quả khám)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from domain.ports import StoreUnavailable
from infra.kafka.topics import KafkaUnavailable, TopicsUnfit
from infra.settings import SettingsError
from services.web.render import AssetsNotBuilt

FAILURES = (
    SettingsError,
    StoreUnavailable,
    KafkaUnavailable,
    TopicsUnfit,
    AssetsNotBuilt,
    OSError,
)
"""What a look may end with; anything else is a defect of ours."""


class Grade(StrEnum):
    """How a finding is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    grade: Grade
    what: str
    words: str
    mend: str = ""

    @property
    def is_bad(self) -> bool:
        return self.grade is Grade.BAD

    def line(self) -> str:
        """For people."""
        mend = f"\n        -> {self.mend}" if self.mend else ""
        return f"{self.grade:>5}  {self.what}: {' '.join(self.words.split())}{mend}"

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


def graded(what: str, ask: Callable[[], str], mend: str) -> Finding:
    """A question that fails with words."""
    try:
        return Finding(Grade.OK, what, ask())
    except FAILURES as wrong:
        return Finding(Grade.BAD, what, str(wrong).strip(), mend)
