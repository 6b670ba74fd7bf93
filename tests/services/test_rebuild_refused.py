"""A rebuild that cannot go on ends with a sentence and a telling code, never with a traceback."""

from collections.abc import Callable

import pytest

from infra.settings import Settings
from services.cli.auditing import rebuilt, roll_back
from services.cli.exits import Exit, telling
from services.rebuild_helper import HelperLost, helping
from tests.stores import Addresses

NOBODY = "host=127.0.0.1 port=1 dbname=tiepdan user=tiepdan"


def settings(dsn: str, store: str | None = None) -> Settings:
    return Settings.read({"TIEPDAN_STORE_DSN": store or dsn, "TIEPDAN_PROJECTOR_DSN": dsn})


def ended(command: Callable[[Settings], object], asked: Settings) -> object:
    """The exit code of a command line that was given this."""
    with pytest.raises(SystemExit) as end, telling():
        command(asked)
    return end.value.code


@pytest.mark.parametrize("command", [rebuilt, roll_back])
def test_without_a_database_it_says_so(
    command: Callable[[Settings], object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(command, settings(NOBODY)) == Exit.DEPENDENCY_DOWN
    assert "tiepdan: connection failed" in capsys.readouterr().err


def test_without_views_of_before_there_is_no_way_back(
    addresses: Addresses, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(roll_back, settings(addresses.projector)) == Exit.FAILURE
    assert "tiepdan: there are no old views" in capsys.readouterr().err


def test_a_process_that_helps_says_why_it_ended(capfd: pytest.CaptureFixture[str]) -> None:
    env = {"TIEPDAN_STORE_DSN": NOBODY, "TIEPDAN_PROJECTOR_DSN": NOBODY}
    with helping(env) as helper:
        for lane in (1, 2):
            with pytest.raises(HelperLost, match="--resume"):
                helper.fold(lane, 1, lambda at, facts: None)
    told = capfd.readouterr().err
    assert "tiepdan: connection failed" in told
    assert "Traceback" not in told
