"""``tiepdan units ..`` as an operator types it, on a real store."""

import json
import os
import secrets
import signal
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from infra.local.ports import free_port
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, PROJECTOR, VAULT, as_role, ensure_database, migrate
from services.cli import app
from services.cli.exits import Exit
from services.cli.reforming import asked_to_stop
from tests.fixtures import state_root
from tests.stores import role_passwords
from tests.units.country import BASIS, DAY, EVE, Files, counts, files_of, is_sane

__all__ = ["role_passwords", "state_root"]

BAC_GIANG, BAC_NINH = "24", "27"
ON = f"{DAY:%Y-%m-%d}"


@dataclass(frozen=True)
class Operator:
    """Somebody whose environment names a store."""

    environ: Mapping[str, str]
    state: Path

    @property
    def dsn(self) -> str:
        return self.environ["TIEPDAN_STORE_DSN"]

    def units(self, *words: object) -> Result:
        argv = ["units", *map(str, words), "--state", str(self.state)]
        return CliRunner().invoke(app, argv, env=dict(self.environ))

    def told(self, *words: object) -> Any:
        done = self.units(*words, "--json")
        assert done.exit_code == 0, (done.output, done.exception)
        return json.loads(done.stdout)

    def refused(self, *words: object) -> str:
        """Why it was refused; the exit code is made where the program begins."""
        done = self.units(*words)
        assert done.exit_code != 0
        return str(done.exception)


@pytest.fixture(scope="module")
def server(state_root: Path) -> Iterator[Postgres]:
    """A server that keeps what it confirmed: the commands refuse any other."""
    postgres = Postgres(state_root / "postgres-of-units", free_port())
    with RunningPostgres(postgres):
        yield postgres


@pytest.fixture
def operator(server: Postgres, role_passwords: Mapping[str, str], tmp_path: Path) -> Operator:
    name = f"t_{secrets.token_hex(8)}"
    ensure_database(server.dsn(), name)
    admin = server.dsn(name)
    migrate(admin, role_passwords)
    app_dsn, projector, vault = (
        as_role(admin, role, role_passwords[role]) for role in (APP, PROJECTOR, VAULT)
    )
    environ = {
        "TIEPDAN_STORE_DSN": app_dsn,
        "TIEPDAN_PROJECTOR_DSN": projector,
        "TIEPDAN_VAULT_DSN": vault,
        "TIEPDAN_VAULT_KEY": b64encode(bytes(range(32))).decode(),
    }
    return Operator(environ, tmp_path / "state")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return files_of(tmp_path_factory.mktemp("lists"), (BAC_GIANG, BAC_NINH))


def test_two_provinces_are_brought_in_reformed_and_decided_about(
    operator: Operator, files: Files
) -> None:
    brought = ("import", files.old, "--valid-from", "2025-01-01")
    assert operator.told(*brought, "--dry-run")["established"] > 0
    assert operator.told(*brought)["known"] == 0
    assert operator.told(*brought)["established"] == 0
    reform = ("reform", files.pairs, "--units", files.new, "--on", ON, "--basis", BASIS)
    seen = operator.told(*reform, "--dry-run")
    assert seen["counts"]["abolished"] == len(seen["abolished"])
    assert seen["counts"]["open_petitions"] == 0
    assert "established" in operator.units(*reform, "--dry-run").stdout
    made = operator.told(*reform)
    assert made == {"recorded": seen["counts"]["facts"], "known": 0, "finished": True}
    assert operator.told(*reform)["recorded"] == 0
    follower = DirectoryFollower(operator.dsn)
    tree = follower.current()
    follower.close()
    assert counts(tree, DAY)["province"] == 1
    assert counts(tree, EVE)["province"] == 2
    assert is_sane(tree, DAY)
    _look(operator)
    _decide(operator)


def _look(operator: Operator) -> None:
    old = operator.told("show", "07456-20250101", "--at", ON)
    assert (old["stands"], [p["unit"]["name"] for p in old["places"]]) == (False, ["Xã Bảo Đài"])
    assert "nay: Xã Bảo Đài" in operator.units("show", "07456-20250101", "--at", ON).stdout
    code = operator.told("show", "07456", "--at", "2025-05-14")
    assert code["above"] == ["218-20250101", "24-20250101"]
    found = operator.told("search", "tam di", "--at", ON)
    assert [each["unit_id"] for each in found] == ["07456-20250101"]
    assert "nay: Xã Bảo Đài" in operator.units("search", "tam di", "--at", ON).stdout
    assert operator.told("search", "tam di", "--known-at", "2000-01-01") == []
    past = operator.told("history", "07456-20250101")
    assert [note["what"] for note in past["notes"]] == ["established", "succeeded", "ended"]


def _decide(operator: Operator) -> None:
    page = operator.told("undecided", "--doubt", "guessed", "--at", ON, "--limit", "1")
    old = page["items"][0]["unit"]["unit_id"]
    guess = page["items"][0]["choices"][0]["unit"]["unit_id"]
    assert page["items"][0]["choices"][0]["why"] == "guessed"
    decided = operator.told("decide", old, "--successor", guess, "--basis", BASIS)
    assert decided["act"] == "NameUnitSuccessor"
    again = operator.told("undecided", "--doubt", "guessed", "--at", ON, "--limit", "1")
    assert again["items"] == []
    notes = operator.told("history", old)["notes"]
    version = next(note["version"] for note in notes if note["what"] == "succeeded")
    assert operator.units("withdraw", old, "--version", version).exit_code == 0
    notes = operator.told("history", old)["notes"]
    assert [note["version"] for note in notes if note["withdrawn"]] == [version]
    district = "218-20250101"
    gone = operator.told("undecided", "--below", district, "--at", ON)["items"]
    assert [(each["unit"]["unit_id"], each["doubt"]) for each in gone] == [(district, "level_gone")]
    heir = gone[0]["choices"][0]["unit"]["unit_id"]
    named = operator.told("decide", district, "--successor", heir)
    assert named["act"] == "NameOfficeSuccessor"
    assert operator.told("undecided", "--below", district, "--at", ON)["items"] == []


def test_files_that_contradict_each_other_are_refused_and_nothing_is_recorded(
    operator: Operator, files: Files, tmp_path: Path
) -> None:
    operator.told("import", files.old, "--valid-from", "2025-01-01")
    store = PostgresFactStore.open(operator.dsn, environ={})
    head = store.head()
    wrong = tmp_path / "pairs.csv"
    lines = files.pairs.read_text(encoding="utf-8").splitlines()
    wrong.write_text("\n".join([*lines, "99999,24,whole,exact"]), encoding="utf-8")
    said = operator.refused("reform", wrong, "--units", files.new, "--on", ON)
    assert f"successions dòng {len(lines) + 1}: " in said
    wrong.write_text("\n".join([*lines, "24,24,quite,exact"]), encoding="utf-8")
    said = operator.refused("reform", wrong, "--units", files.new, "--on", ON)
    assert f"Dòng {len(lines) + 1}, cột relation" in said
    said = operator.refused("import", files.new, "--valid-from", ON)
    assert "mã 24 là của Tỉnh Bắc Giang" in said
    assert store.head() == head
    store.close()


@pytest.mark.parametrize(
    "words",
    [
        ("reform", "--on", "2025-08-01"),
        ("reform", "nowhere.csv", "--on", ON),
        ("reform",),
        ("import", "nowhere.csv", "--valid-from", ON),
        ("undecided", "--doubt", "perhaps"),
    ],
)
def test_what_is_asked_wrongly_is_a_matter_of_usage(words: tuple[str, ...], tmp_path: Path) -> None:
    nobody = Operator({"TIEPDAN_STORE_DSN": "host=127.0.0.1 port=1"}, tmp_path)
    assert nobody.units(*words).exit_code == Exit.USAGE


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_the_batch_in_hand_end(which: signal.Signals) -> None:
    before = signal.getsignal(which)
    with asked_to_stop() as stopped:
        assert not stopped()
        os.kill(os.getpid(), which)
        assert stopped()
    assert signal.getsignal(which) is before
