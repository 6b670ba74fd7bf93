"""How ``pytest -n 3`` divides the tests, see ``make test``.

Three for two cores: much of the time a test waits for a process to start, a lease to end, a
disk. What runs whole stacks runs one after the other in one worker: two at once would starve
each other. The samples of the pages, together the longest file, may be looked at by any.
Any other file stays whole.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

WHOLE_STACKS = tuple(
    f"tests/{room}/" for room in ("browser", "canary", "faults", "readme", "stories")
)
SAMPLES = "tests/web/test_showcase.py"


class OneStack(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Work units by file, but for the two exceptions."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, _ = nodeid.partition("::")
        if file.startswith(WHOLE_STACKS):
            return "whole stacks"
        return nodeid.partition("[")[2] if file == SAMPLES and "[" in nodeid else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneStack:
    """Ours, whatever ``--dist`` says."""
    return OneStack(config, log)
