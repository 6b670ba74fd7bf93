"""Fixtures that every test may ask for."""

from hypothesis import settings

settings.register_profile("house", settings(), deadline=None)
settings.load_profile("house")
"""How long an example takes is nobody's promise: a neighbour's load is no failure."""

pytest_plugins = [
    "pytester",
    "tests.let_go",
    "tests.fixtures",
    "tests.stack",
    "tests.chromium",
    "tests.workers",
]
