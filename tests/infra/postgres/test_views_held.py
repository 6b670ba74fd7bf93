"""Somebody holds the live views: no others take their place, and it is said who holds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import psycopg
import pytest

from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views import PostgresViewStore
from infra.postgres.views.beside import PROGRAM, Beside
from infra.postgres.views.swapping import ViewsHeld
from projections.ports import ViewsUnavailable
from tests.infra.postgres.rebuilding import append, follow, live, rebuild, roll_back, totals
from tests.projections.journeys import told_by_chance
from tests.stores import Addresses

__all__ = ["live"]

READ = "SELECT FROM views.history"
VACUUM = "LOCK TABLE views.history IN SHARE UPDATE EXCLUSIVE MODE"
"""What a vacuum begun by a person holds: the server does not end it for others."""
FEW = 3


@pytest.fixture
def views(
    addresses: Addresses, postgres_store: PostgresFactStore, live: PostgresViewStore
) -> Addresses:
    """Live views that are up to date."""
    append(postgres_store, told_by_chance(Random(3), petitions=4, steps=40))
    follow(postgres_store, live)
    return addresses


@contextmanager
def holding(addresses: Addresses, statement: str) -> Iterator[int]:
    """Another program in a transaction without end: its process in the database."""
    with psycopg.connect(addresses.admin, application_name="pg_dump") as holder:
        holder.execute(statement.encode())
        yield holder.info.backend_pid


@pytest.mark.parametrize("statement", [READ, VACUUM])
def test_a_rebuild_says_who_holds_the_views_and_goes_on_later(
    views: Addresses, postgres_store: PostgresFactStore, statement: str
) -> None:
    before = totals(views)
    with holding(views, statement) as process, pytest.raises(ViewsHeld) as told:
        rebuild(views, postgres_store, tries=FEW)
    assert f"held by pg_dump (process {process} of the database, role " in str(told.value)
    assert "--resume" in str(told.value)
    assert totals(views) == before
    resumed = rebuild(views, postgres_store, resume=True)
    assert (resumed.facts, resumed.equal) == (0, True)


@pytest.mark.parametrize("statement", [READ, VACUUM])
def test_views_of_before_are_put_back_once_nobody_holds_those_of_now(
    views: Addresses, postgres_store: PostgresFactStore, statement: str
) -> None:
    views.run("UPDATE views.office_load SET n = n + 1")
    wrong = totals(views)
    rebuild(views, postgres_store)
    right = totals(views)
    with holding(views, statement), pytest.raises(ViewsHeld, match="held by pg_dump"):
        roll_back(views, tries=FEW)
    assert totals(views) == right
    roll_back(views)
    assert totals(views) == wrong


def test_who_has_let_go_meanwhile_is_not_named(addresses: Addresses) -> None:
    with (
        pytest.raises(ViewsHeld, match="somebody who has let go"),
        Beside.at(addresses.projector),
    ):
        raise psycopg.errors.LockNotAvailable


def test_a_server_that_goes_away_in_the_middle_is_told_as_such(addresses: Addresses) -> None:
    with pytest.raises(ViewsUnavailable, match="terminat"):
        ask_when_thrown_out(addresses)


def ask_when_thrown_out(addresses: Addresses) -> None:
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
    with Beside.at(addresses.projector) as beside:
        addresses.run(ours, PROGRAM)
        beside.lanes_done()
