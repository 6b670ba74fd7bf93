"""Fixtures that every test may ask for."""

pytest_plugins = [
    "pytester",
    "tests.let_go",
    "tests.fixtures",
    "tests.stack",
    "tests.chromium",
    "tests.workers",
]
