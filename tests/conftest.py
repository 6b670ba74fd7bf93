"""Fixtures that every test may ask for, and which tests must run in one process."""

import pytest

pytest_plugins = ["tests.fixtures", "tests.stack", "tests.chromium"]

ONE_STACK = "stack"
"""All that look at the running stack share it; any other file stays whole."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Divide the tests among the workers of ``pytest -n``: see ``make test``."""
    for item in items:
        on_stack = ONE_STACK in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group(ONE_STACK if on_stack else item.path.stem))
