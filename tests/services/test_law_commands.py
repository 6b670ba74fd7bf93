"""``tiepdan law``: asked of folders of books, and of a stack's store."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from domain.law.editions import SameRulebook
from infra.law.reader import BrokenRulebook
from infra.local.ports import free_port
from infra.local.postgres import Postgres, RunningPostgres
from infra.memory.clocks import FixedClock
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import APP, as_role, ensure_database, migrate
from services.cli import app
from services.cli.exits import Exit
from services.rulebooks import publish_carried

CLOCK = FixedClock(datetime(2025, 5, 14, 7, 0, tzinfo=UTC))
DAY = date(2026, 8, 3)
BOOKS = Path(__file__).parents[2] / "infra" / "law" / "books"


def tiepdan(*words: str) -> Result:
    return CliRunner().invoke(app, ["law", *words])


def rules(*words: str) -> dict[str, Any]:
    done = tiepdan("show", "--books", str(BOOKS), "--json", *words)
    assert done.exit_code == Exit.OK, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_rule_shows_every_version_and_which_is_in_force() -> None:
    told = rules("acceptance.complaint", "--at", "2026-06-30")
    assert [(each["days"], each["in_force"]) for each in told["rules"]] == [(10, True), (7, False)]
    told = rules("acceptance.complaint", "--at", "2026-07-01")
    assert [each["in_force"] for each in told["rules"]] == [False, True]
    done = tiepdan("show", "acceptance.complaint", "--books", str(BOOKS), "--at", "2026-07-01")
    assert "* acceptance.complaint  Thụ lý khiếu nại: 7 ngày làm việc từ ngày tiếp nhận" in (
        done.stdout
    )
    assert "[chưa đối chiếu]" in done.stdout


def test_pages_joined_are_the_whole_and_none_is_told_twice() -> None:
    whole = rules("--at", "2026-07-01", "--limit", "1000")
    assert whole["more"] is None
    pages, after = [], None
    while True:
        page = rules("--at", "2026-07-01", "--limit", "37", *(["--after", after] if after else []))
        pages.extend(page["rules"])
        after = page["more"]
        if after is None:
            break
    assert pages == whole["rules"]


def test_what_ended_with_the_districts_is_shown_before_and_not_after() -> None:
    def shown(day: str) -> set[str]:
        return {each["id"] for each in rules("--at", day, "--limit", "1000")["rules"]}

    assert "duty.district_chair" in shown("2025-06-30")
    assert "duty.district_chair" not in shown("2025-07-01")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nothing.like.it"], Exit.FAILURE),
        (["--after", "nothing.like.it"], Exit.USAGE),
        (["--known-at", "2026-01-01"], Exit.USAGE),
        (["--at", "2026-06-31"], Exit.USAGE),
    ],
)
def test_what_cannot_be_shown_says_so_by_its_exit_code(words: list[str], code: Exit) -> None:
    assert tiepdan("show", "--books", str(BOOKS), *words).exit_code == code


def test_good_books_are_counted_with_what_nobody_verified() -> None:
    done = tiepdan("check", str(BOOKS), "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"], told["faults"]) == (Exit.OK, True, [])
    assert told["versions"] > told["unverified"] > 0
    assert "không có lỗi" in tiepdan("check", str(BOOKS)).stdout


def test_single_files_are_checked_by_themselves() -> None:
    alone = tiepdan("check", str(BOOKS / "cau-hinh.toml"), str(BOOKS / "van-ban.toml"))
    assert alone.exit_code == Exit.OK


def test_a_fault_is_told_with_its_place_and_the_code_says_failure(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(BOOKS, folder)
    spoilt = folder / "khieu-nai.toml"
    text = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(text.replace("days = 90", 'days = "90"'), encoding="utf-8")
    done = tiepdan("check", str(folder), "--json")
    (fault,) = json.loads(done.stdout)["faults"]
    assert done.exit_code == Exit.FAILURE
    assert (fault["file"], fault["rule"], fault["key"]) == (
        "khieu-nai.toml", "right.complaint.first", "days",
    )  # fmt: skip
    line = text.splitlines().index("  days = 90") + 1
    assert fault["line"] == line
    assert f"khieu-nai.toml, dòng {line}" in tiepdan("check", str(folder)).stdout


@dataclass(frozen=True)
class Operator:
    """Somebody whose environment names a store."""

    store: PostgresFactStore
    environ: Mapping[str, str]

    def law(self, *words: str) -> Result:
        return CliRunner().invoke(app, ["law", *words], env=dict(self.environ))

    def told(self, *words: str) -> dict[str, Any]:
        done = self.law(*words, "--json")
        assert done.exit_code == Exit.OK, done.output
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@pytest.fixture
def operator(
    state_root: Path, tmp_path: Path, role_passwords: Mapping[str, str]
) -> Iterator[Operator]:
    """The store of a new stack, on a server that keeps what it confirmed."""
    server = Postgres(state_root / "postgres-of-law", free_port())
    with RunningPostgres(server):
        ensure_database(server.dsn(), "tiepdan")
        migrate(server.dsn("tiepdan"), role_passwords)
        dsn = as_role(server.dsn("tiepdan"), APP, role_passwords[APP])
        store = PostgresFactStore.open(dsn, environ={})
        publish_carried(store, CLOCK)
        yield Operator(store, {"TIEPDAN_STORE_DSN": dsn, "TIEPDAN_STATE": str(tmp_path / "none")})
        store.close()


@pytest.fixture
def shortened(tmp_path: Path) -> Path:
    """The carried books with the citizen's answer due in 8 working days."""
    folder = tmp_path / "books"
    shutil.copytree(BOOKS, folder)
    book = folder / "tiep-cong-dan.toml"
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace("days = 10", "days = 8", 1), encoding="utf-8")
    return folder


def test_an_edition_is_tried_published_and_shown_and_the_one_before_stays_known(
    operator: Operator, shortened: Path
) -> None:
    head = operator.store.head()
    dry = operator.law("publish", str(shortened), "--dry-run")
    assert dry.stdout == "~ reply.citizen từ 2014-07-01: days: 10 → 8\n"
    assert operator.store.head() == head
    assert operator.told("publish", str(shortened))["edition"] == 2
    asked = ("show", "reply.citizen", "--at", DAY.isoformat())
    now = operator.told(*asked)
    assert (now["edition"], now["rules"][0]["days"]) == (2, 8)
    then = operator.told(*asked, "--known-at", "2025-05-14")
    assert (then["edition"], then["rules"][0]["days"]) == (1, 10)
    again = operator.law("publish", str(shortened))
    assert isinstance(again.exception, SameRulebook)
    assert "Không có gì thay đổi" in operator.law("publish", str(shortened), "--dry-run").stdout


def test_broken_books_are_refused_before_anything_is_asked_of_the_store(shortened: Path) -> None:
    (shortened / "cau-hinh.toml").write_text('book = "Thử"\nlimit = 3\n', encoding="utf-8")
    nowhere = {"TIEPDAN_STORE_DSN": "postgresql://nobody@127.0.0.1:1/none"}
    done = CliRunner().invoke(app, ["law", "publish", str(shortened)], env=nowhere)
    assert isinstance(done.exception, BrokenRulebook)
    assert "cau-hinh.toml, limit: không phải một dãy bảng" in str(done.exception)
