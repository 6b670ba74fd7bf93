from pathlib import Path

import pytest

from services.demo import DemoSummary
from tests.demo.little_stack import Boards, LittleStack, units_of_the_demo


@pytest.fixture(scope="session")
def units_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return units_of_the_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def stack(units_csv: Path) -> LittleStack:
    """Units and nothing else."""
    fresh = LittleStack()
    fresh.bring_in_units(units_csv)
    return fresh


@pytest.fixture(scope="session")
def whole(units_csv: Path) -> tuple[LittleStack, DemoSummary]:
    """The whole demo, for tests that only look."""
    filled = LittleStack()
    filled.bring_in_units(units_csv)
    return filled, filled.fill()


@pytest.fixture(scope="session")
def boards(whole: tuple[LittleStack, DemoSummary]) -> Boards:
    return Boards(whole[0].store)
