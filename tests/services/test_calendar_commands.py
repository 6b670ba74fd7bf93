"""``tiepdan calendar`` and ``tiepdan deadline`` as an operator types them, on a real store."""

import json
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.codes import Holiday
from domain.days import VIETNAM, day_of
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.events.petition import CitizenGuided, PetitionReceived
from domain.law.deadlines import working_days_after
from domain.law.public_holidays import public_calendar
from domain.refusals.calendar import NoticeNeeded
from infra.clock import SystemClock
from infra.local.ports import free_port
from infra.local.postgres import Postgres, RunningPostgres
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, PROJECTOR, VAULT, as_role, ensure_database, migrate
from infra.postgres.views import PostgresViewStore
from infra.serial import decode
from projections.base import Fact
from services.calendars import fill_calendar
from services.cli import app
from services.law import carried_law
from tests.builders import CAM_LY, OTHER_PETITION, PETITION, fact, in_order
from tests.projections.folding import apply_batch, by_lane

NOW = datetime.now(VIETNAM)
TODAY = day_of(NOW)
NEXT_WORKED = working_days_after(TODAY, 1, public_calendar())
PAST_WORKED = next(
    day
    for day in (TODAY - timedelta(days=n) for n in range(1, 30))
    if public_calendar().is_working(day)
)


@dataclass(frozen=True)
class Operator:
    """Somebody whose environment names a stack in which two petitions lie."""

    store: PostgresFactStore
    environ: Mapping[str, str]

    def tiepdan(self, *words: str) -> Result:
        return CliRunner().invoke(app, list(words), env=dict(self.environ))

    def told(self, *words: str) -> Any:
        done = self.tiepdan(*words, "--json")
        assert done.exit_code == 0, (done.output, done.exception)
        return json.loads(done.stdout)

    def due(self, *more: str) -> date:
        (file,) = self.told("deadline", "explain", str(PETITION), *more)
        (reply,) = (each for each in file["clocks"] if each["clock"] == "reply.citizen")
        return date.fromisoformat(reply["due"])


@pytest.fixture(scope="module")
def server(state_root: Path) -> Iterator[Postgres]:
    """A server that keeps what it confirmed: the commands refuse any other."""
    postgres = Postgres(state_root / "postgres-of-calendars", free_port())
    with RunningPostgres(postgres):
        yield postgres


@pytest.fixture
def operator(
    server: Postgres, tmp_path: Path, role_passwords: Mapping[str, str]
) -> Iterator[Operator]:
    name = f"t_{secrets.token_hex(8)}"
    ensure_database(server.dsn(), name)
    migrate(server.dsn(name), role_passwords)
    dsns = {
        role: as_role(server.dsn(name), role, role_passwords[role])
        for role in (APP, PROJECTOR, VAULT)
    }
    store = PostgresFactStore.open(dsns[APP], environ={})
    try:
        fill(store, dsns[PROJECTOR])
        environ = {
            "TIEPDAN_STORE_DSN": dsns[APP],
            "TIEPDAN_PROJECTOR_DSN": dsns[PROJECTOR],
            "TIEPDAN_VAULT_DSN": dsns[VAULT],
            "TIEPDAN_VAULT_KEY": b64encode(bytes(range(32))).decode(),
            "TIEPDAN_STATE": str(tmp_path / "none"),
        }
        yield Operator(store, environ)
    finally:
        store.close()


def fill(store: PostgresFactStore, projector: str) -> None:
    """Units, the calendar, one petition of today and one that ended after three weeks."""
    fill_calendar(store, SystemClock())
    before = NOW - timedelta(days=12)
    store.append(
        in_order(
            fact(UnitEstablished, "system", parent=None),
            fact(OfficeEstablished, "system", superior=None),
            fact(PetitionReceived, CAM_LY, OTHER_PETITION, at=before),
            fact(CitizenGuided, CAM_LY, OTHER_PETITION, at=NOW - timedelta(days=1)),
            fact(PetitionReceived, CAM_LY, at=NOW),
            start=before,
        )
    )
    views = PostgresViewStore.at(projector)
    lying = store.read(after=0, limit=200)
    facts = [
        Fact(each.position, each.lane, each.type_name, each.body, decode(each.type_name, each.body))
        for each in lying
    ]
    for batch in by_lane(facts).values():
        apply_batch(views, batch)
    views.close()


def test_a_day_off_is_entered_shown_and_moves_what_runs_over_it(operator: Operator) -> None:
    before = operator.due()
    add = ("calendar", "add", NEXT_WORKED.isoformat(), "--basis", "99/TB-BNV")
    (moved,) = operator.told(*add, "--holiday", Holiday.OTHER.value)
    after = operator.due()
    assert (moved["subject"], moved["was"], moved["due"]) == (
        str(PETITION), before.isoformat(), after.isoformat(),
    )  # fmt: skip
    assert after == working_days_after(before, 1, carried_law().almanac.calendar)
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    shown = operator.told("calendar", "show", str(NEXT_WORKED.year))
    (entry,) = (each for each in shown["entries"] if each["basis"] == "99/TB-BNV")
    known = operator.told("calendar", "show", str(NEXT_WORKED.year), "--known-at", yesterday)
    assert entry not in known["entries"]
    back = ("calendar", "withdraw", str(entry["version"]), "--year", str(NEXT_WORKED.year))
    assert [each["due"] for each in operator.told(*back)] == [before.isoformat()]
    assert operator.told("deadline", "recompute") == []


def test_an_office_is_closed_for_its_own_files_alone(operator: Operator) -> None:
    days = (NEXT_WORKED.isoformat(), NEXT_WORKED.isoformat())
    close = ("calendar", "close", CAM_LY, *days, "--cause", "storm", "--basis", "7/CĐ-TW")
    (moved,) = operator.told(*close)
    assert moved["office"] == CAM_LY
    shown = operator.told("calendar", "show", str(NEXT_WORKED.year), "--office", CAM_LY)
    (closed,) = (each for each in shown["entries"] if each["what"] == "closed")
    assert closed["first_day"] == NEXT_WORKED.isoformat()
    said = operator.tiepdan("deadline", "explain", str(PETITION)).stdout
    assert "cơ quan đóng cửa (bão)" in said


def test_a_notice_for_a_day_gone_by_is_entered_and_without_one_nothing_is(
    operator: Operator,
) -> None:
    assert operator.told("calendar", "add", PAST_WORKED.isoformat(), "--basis", "9/TB") == []
    head = operator.store.head()
    unread = operator.tiepdan("calendar", "add", NEXT_WORKED.isoformat())
    assert isinstance(unread.exception, NoticeNeeded)
    assert operator.store.head() == head


def test_the_package_suggests_and_records_nothing(operator: Operator) -> None:
    head = operator.store.head()
    suggested = operator.told("calendar", "suggest", "2027")
    assert {"day": "2027-02-05", "known": False}.items() <= suggested[2].items()
    known = {each["day"] for each in operator.told("calendar", "suggest", "2026") if each["known"]}
    assert {"2026-02-16", "2026-08-31", "2026-09-02"} <= known
    lines = operator.tiepdan("calendar", "suggest", "2027").stdout.splitlines()
    assert lines[0].startswith("tiepdan calendar add 2027-01-01 --holiday new_year")
    assert operator.store.head() == head
