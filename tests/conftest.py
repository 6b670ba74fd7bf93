"""Fixtures that every test may ask for, and which tests must run in one process."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.fixtures", "tests.stack", "tests.chromium"]

STACK = "running_stack"
HEAVY = Path(__file__).parent / "faults"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Divide the tests among the workers of ``pytest -n``: see ``make test``.

    What runs whole stacks runs one after the other: two at once would starve on two cores.
    Any other file stays whole.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(STACK if _is_heavy(item) else item.path.stem))


def _is_heavy(item: pytest.Item) -> bool:
    return STACK in getattr(item, "fixturenames", ()) or HEAVY in item.path.parents
