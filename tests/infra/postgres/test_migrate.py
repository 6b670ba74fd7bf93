"""The database is brought to this release once, by whoever comes first."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from infra.postgres.migrate import (
    ROLES,
    Migration,
    MigrationEdited,
    as_role,
    migrate,
    migrations,
)
from infra.postgres.vault import PostgresVault
from infra.vault.sealing import MasterKey
from tests.stores import Addresses

ONE = Migration("9001_one.sql", "CREATE TABLE one (id int); INSERT INTO one VALUES (1);")
TWO = Migration("9002_two.sql", "CREATE TABLE two (id int);")
BROKEN = Migration("9002_two.sql", "CREATE TABLE two (id int); SELECT 1/0;")


def one(database: str, query: str) -> object:
    with psycopg.connect(database) as connection:
        row = connection.execute(query.encode()).fetchone()
        return None if row is None else row[0]


def test_each_file_is_applied_once_and_in_order(database: str) -> None:
    assert migrate(database, {}, files=[ONE]) == ["9001_one.sql"]
    assert migrate(database, {}, files=[ONE, TWO]) == ["9002_two.sql"]
    assert migrate(database, {}, files=[ONE, TWO]) == []
    assert one(database, "SELECT count(*) FROM one") == 1


def test_the_releases_own_files_apply_once(
    database: str, role_passwords: Mapping[str, str]
) -> None:
    names = [file.name for file in migrations()]
    assert names == sorted(names)
    assert migrate(database, role_passwords) == names
    assert migrate(database, role_passwords) == []


def test_an_edited_file_is_refused_and_nothing_else_applied(database: str) -> None:
    migrate(database, {}, files=[ONE])
    edited = Migration(ONE.name, ONE.text + " ")
    with pytest.raises(MigrationEdited, match="9001_one"):
        migrate(database, {}, files=[edited, TWO])
    assert one(database, "SELECT to_regclass('two')") is None


def test_a_file_that_fails_leaves_nothing_behind_and_can_be_mended(database: str) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(database, {}, files=[ONE, BROKEN])
    assert one(database, "SELECT to_regclass('two')") is None
    assert migrate(database, {}, files=[ONE, TWO]) == ["9002_two.sql"]


def test_programs_that_start_together_do_not_step_on_each_other(
    database: str, role_passwords: Mapping[str, str]
) -> None:
    """The library's create_table() in several processes: "tuple concurrently updated"."""
    with ThreadPoolExecutor(4) as programs:
        applied = list(programs.map(lambda _: migrate(database, role_passwords), range(4)))
    assert sorted(map(len, applied))[:3] == [0, 0, 0]


def test_each_role_signs_in_with_its_own_password(
    addresses: Addresses, role_passwords: Mapping[str, str]
) -> None:
    for role in ROLES:
        dsn = as_role(addresses.admin, role, role_passwords[role])
        assert one(dsn, "SELECT current_user") == role
        with pytest.raises(psycopg.OperationalError, match="password"):
            one(as_role(addresses.admin, role, "wrong"), "SELECT 1")


def test_nobody_else_may_enter_the_database(addresses: Addresses) -> None:
    public = addresses.run(
        "SELECT count(*) FROM pg_database, aclexplode(datacl) acl "
        "WHERE datname = current_database() AND acl.grantee = 0"
    )
    assert public == [(0,)]


def test_a_text_is_not_to_be_read_in_the_vaults_tables(addresses: Addresses) -> None:
    canary = "Nguyễn Thị Chim Hoàng Yến"
    vault = PostgresVault(addresses.vault, MasterKey(bytes(32)))
    vault.seal(uuid4(), {"name": canary}, sealed=False)
    vault.close()
    rows = addresses.run("SELECT ciphertext, entries::text FROM vault.entries")
    assert len(rows) == 1
    assert canary.encode() not in bytes(rows[0][0])  # type: ignore[call-overload]
    assert canary not in str(rows[0][1])
