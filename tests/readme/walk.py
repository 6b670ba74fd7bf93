"""The shell of README.md, and what it says will come of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
HEADING = "## A petition, walked by curl"
EXPECTED = re.compile(r"# -> (?P<words>.+)$", re.MULTILINE)
ACT = "curl -sS -w '\\n' -X POST"
ACT_WITH_STATUS = "curl -sS -w '\\n%{stderr}%{http_code}\\n' -X POST"


@dataclass(frozen=True)
class Walk:
    """The walk's commands as the README has them."""

    shell: str

    @property
    def expected(self) -> Sequence[str]:
        """What the comments promise, in order: a status, and a code or words behind it."""
        return [found["words"] for found in EXPECTED.finditer(self.shell)]

    def with_statuses(self) -> str:
        """The same commands; every act's status also goes to stderr."""
        assert ACT in self.shell
        return self.shell.replace(ACT, ACT_WITH_STATUS)


def read_walk() -> Walk:
    """The first fenced block of shell below the walk's heading."""
    text = README.read_text(encoding="utf-8")
    section = text.split(HEADING, 1)[1]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None, f"README.md has no ```sh block below {HEADING!r}"
    return Walk(block[1])
