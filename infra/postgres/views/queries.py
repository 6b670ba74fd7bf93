"""Everything that can be asked of the views, over one pool."""

from collections.abc import Sequence
from typing import Self

from psycopg_pool import ConnectionPool

from infra.postgres.connections import PatientConnection, open_pool
from infra.postgres.views.arrays import register
from infra.postgres.views.boards import BoardQueries
from infra.postgres.views.feed import FeedQueries
from infra.postgres.views.files import FileQueries
from infra.postgres.views.law_moves import LawMoveQueries
from infra.postgres.views.lists import ListQueries
from infra.postgres.views.open_work import OpenWorkQueries
from infra.postgres.views.reminders import ReminderQueries
from infra.postgres.views.resting import RestingQueries
from infra.postgres.views.reviews import ReviewQueries
from infra.postgres.views.watch import PositionWatch

PROGRAM = "tiepdan views"


class PostgresViews(
    ListQueries, BoardQueries, FileQueries, RestingQueries, OpenWorkQueries, ReminderQueries,
    LawMoveQueries, ReviewQueries, FeedQueries,
):  # fmt: skip
    """A :class:`projections.queries.Views`. Threads may share it; close it at the end.

    Every query raises ``projections.ports.ViewsUnavailable`` when Postgres is away.
    """

    def __init__(self, pool: ConnectionPool[PatientConnection], watch: PositionWatch) -> None:
        super().__init__(pool)
        self.watch = watch

    @classmethod
    def open(
        cls,
        dsn: str,
        projections: Sequence[str],
        *,
        pool_size: int = 10,
        answer_within: float | None = None,
    ) -> Self:
        """Ask at an address. ``projections``: the names ``wait_for`` waits for."""
        pool = open_pool(
            dsn,
            PROGRAM,
            largest=pool_size,
            answer_within=answer_within,
            configure=lambda made: register(made.adapters),
        )
        return cls(pool, PositionWatch(dsn, projections))

    @property
    def pool(self) -> ConnectionPool[PatientConnection]:
        """Its connections, for the figures."""
        return self._pool

    def close(self) -> None:
        """Let go of every connection."""
        self.watch.close()
        self._pool.close()
