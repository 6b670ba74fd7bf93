"""Fixtures that every test may ask for."""

pytest_plugins = ["tests.fixtures", "tests.stack", "tests.chromium", "tests.two_workers"]
