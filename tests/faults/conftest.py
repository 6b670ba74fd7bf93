"""The lined house: one for all rows of network, time, disk, overload and bad records."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from infra.local.kafka import Distribution
from tests.faults import noted
from tests.faults.lined_house import LinedHouse, built, draw
from tests.let_go import until_last_asked


@pytest.fixture(scope="session")
def one_lined_house(
    request: pytest.FixtureRequest, state_root: Path, kafka_distribution: Distribution
) -> Iterator[LinedHouse]:
    """The one lined house of the run."""
    with until_last_asked(request) as standing:
        yield standing.enter_context(built(draw(state_root / "lined")))


@pytest.fixture
def house(one_lined_house: LinedHouse) -> LinedHouse:
    """The lined house, well again whatever the test before did to it."""
    one_lined_house.wait_until_well()
    return one_lined_house


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails, or whose house was not well, is in the record too."""
    report = yield
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        reason = crash.message if crash is not None else str(report.longrepr)
        noted.failed(item.nodeid, " ".join(reason.split())[:300])
    return report
