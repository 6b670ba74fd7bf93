"""Columns as binary arrays: what goes in comes out, whatever stands beside it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL

from infra.postgres.views.arrays import COLUMN_TYPES, Column, register
from infra.postgres.views.tables import table_of
from projections.base import Row, Tally
from projections.tables import TABLES

letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)

VALUES: dict[object, st.SearchStrategy[Any]] = {
    str: letters,
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    UUID: st.uuids(),
    bytes: st.binary(max_size=20),
    tuple[str, ...]: st.lists(letters, max_size=4).map(tuple),
}


@pytest.fixture(scope="module")
def connection(postgres_server: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres_server, autocommit=True) as made:
        made.execute("SET TimeZone = 'UTC'")
        register(made.adapters)
        yield made


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_type_of_column_makes_the_round_trip(
    connection: psycopg.Connection[Any], data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(list(VALUES)))
    values = data.draw(st.lists(st.none() | VALUES[kind], max_size=6))
    column = COLUMN_TYPES[kind]
    query = SQL("SELECT (u.v){} FROM unnest(%b) WITH ORDINALITY AS u(v, n) ORDER BY u.n")
    cursor = connection.cursor(binary=True)
    found = cursor.execute(query.format(SQL(column.cast)), [Column(column, values)]).fetchall()
    assert [tuple(v) if isinstance(v, list) else v for (v,) in found] == values


def test_a_column_of_nothing_but_none_has_its_type_all_the_same(
    connection: psycopg.Connection[Any],
) -> None:
    for values in ([], [None], [None, None]):
        found = connection.execute(
            "SELECT pg_typeof(%b)::text", [Column(COLUMN_TYPES[UUID], values)]
        )
        assert found.fetchone() == ("uuid[]",)


@pytest.mark.parametrize("row", TABLES)
def test_every_row_type_has_a_table(row: type[Row]) -> None:
    table = table_of(row)
    assert set(row.KEY) <= set(table.columns)
    assert not issubclass(row, Tally) or table.columns[:-1] == row.KEY
