"""The rendered samples, made once per run."""

from pathlib import Path

import pytest

from services.web.showcase.__main__ import render_all


@pytest.fixture(scope="session")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of rendered samples."""
    target = tmp_path_factory.mktemp("showcase")
    render_all(target)
    return target
