"""The lined house: one for all rows of network, time, disk, overload and bad records."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.kafka import Distribution
from tests.faults.lined_house import LinedHouse, built, draw


@pytest.fixture(scope="session")
def one_lined_house(state_root: Path, kafka_distribution: Distribution) -> Iterator[LinedHouse]:
    """The one lined house of the run."""
    with built(draw(state_root / "lined")) as house:
        yield house


@pytest.fixture
def house(one_lined_house: LinedHouse) -> LinedHouse:
    """The lined house, well again whatever the test before did to it."""
    one_lined_house.wait_until_well()
    return one_lined_house
