"""What costs as long as it stands is let go after the last test that asks for it.

A stack at rest takes a fifth of a core, a house with offices at work half of one. A fixture
of a session stays until its worker has run everything; here the tests that ask for such a
thing run side by side, and it is gone when the next test does not.
"""

import contextlib
from collections.abc import Iterator
from typing import Final

import pytest

COSTLY: Final = ("running_stack", "one_lined_house")
STANDING: Final = pytest.StashKey[dict[str, contextlib.ExitStack]]()


@contextlib.contextmanager
def until_last_asked(request: pytest.FixtureRequest) -> Iterator[contextlib.ExitStack]:
    """What is entered here is left after the last test that asks for this fixture."""
    name = request.fixturename
    assert name in COSTLY, f"name {name} in COSTLY: its tests must run side by side"
    with contextlib.ExitStack() as alive:
        request.session.stash.setdefault(STANDING, {})[name] = alive
        yield alive


def _asked_by(item: pytest.Item | None) -> tuple[bool, ...]:
    names = getattr(item, "fixturenames", ())
    return tuple(name in names for name in COSTLY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks for the first comes first, then who asks for the next, then all others."""
    items.sort(key=_asked_by, reverse=True)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Let go of what the next test does not ask for."""
    standing = item.session.stash.get(STANDING, {})
    for name, is_asked in zip(COSTLY, _asked_by(nextitem), strict=True):
        if not is_asked and name in standing:
            standing.pop(name).close()
