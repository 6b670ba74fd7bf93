"""A migration whose columns only the fold fills says so until the views were made anew."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
import pytest

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import Migration, migrate, migrations
from infra.postgres.views import PostgresViewStore
from infra.postgres.views.unfilled import unfilled
from infra.settings import Settings
from services.doctor import unfilled_in
from services.findings import Grade
from services.migrating import MAKE_ANEW, Part, bring_up_to_date
from tests.infra.postgres.rebuilding import append, follow, live, rebuild, roll_back
from tests.infra.postgres.views_scene import scene
from tests.stores import Addresses

__all__ = ["live"]

LACKS = "SELECT views.must_be_made_anew('9001_colour', 'the colour of a file')"
WORDS = "rows folded before 9001_colour lack the colour of a file"
FOLDED = """
INSERT INTO views.progress (projection, lane, topic_id, next_offset, position)
VALUES ('petitions', 0, 'topic', 1, 1)
"""
ABOLISHED = """
INSERT INTO store.stored_events (originator_id, originator_version, topic, state, lane)
VALUES (gen_random_uuid(), 1, 'office.abolished/1', '', 0)
"""
KNOWN_SINCE = "0181"
"""Migrations before it were looked through by hand."""
MORE_COLUMNS = re.compile(r"\bADD COLUMN\b", re.IGNORECASE)
SAYS = ("views.must_be_made_anew(", "-- Rows folded before stand:")


def test_views_that_hold_nothing_lack_nothing(addresses: Addresses) -> None:
    addresses.run(LACKS)
    assert unfilled(addresses.app) == []


def test_rows_folded_before_lack_it_until_the_views_are_made_anew_and_again_when_put_back(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    addresses.run(LACKS)
    addresses.run(LACKS)
    assert unfilled(addresses.app) == [WORDS]
    rebuild(addresses, postgres_store)
    assert unfilled(addresses.app) == []
    roll_back(addresses)
    assert unfilled(addresses.app) == [WORDS]


def test_doctor_and_migrate_name_it_and_the_command(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> None:
    append(postgres_store, scene())
    follow(postgres_store, live)
    addresses.run(LACKS)
    settings = Settings.read(
        {"TIEPDAN_STORE_DSN": addresses.app, "TIEPDAN_ADMIN_DSN": addresses.admin}
    )
    (finding,) = unfilled_in(settings)
    assert (finding.grade, finding.words, finding.mend) == (Grade.WARN, WORDS, MAKE_ANEW)
    said: list[str] = []
    bring_up_to_date(settings, only=Part.DATABASE, patience=0.0, say=said.append)
    assert f"Views: {WORDS}; run `{MAKE_ANEW}`" in said


def test_views_folded_over_a_reform_before_formers_were_kept_are_named(
    database: str, role_passwords: Mapping[str, str]
) -> None:
    known = [file for file in migrations() if file.name < KNOWN_SINCE]
    migrate(database, role_passwords, files=known)
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(FOLDED)
        admin.execute(ABOLISHED)
    migrate(database, role_passwords)
    assert unfilled(database) == [
        "rows folded before 0151_formers lack the offices a piece of work lay at before"
    ]


def of_views() -> Sequence[Migration]:
    return [file for file in migrations() if file.name > KNOWN_SINCE and "views." in file.text]


@pytest.mark.parametrize("file", of_views(), ids=lambda file: Path(file.name).stem)
def test_a_migration_with_more_columns_says_what_becomes_of_rows_folded_before(
    file: Migration,
) -> None:
    if MORE_COLUMNS.search(file.text):
        assert any(words in file.text for words in SAYS), file.name
