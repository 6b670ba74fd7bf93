"""The views in Postgres: ``store`` writes them, ``queries`` answers, ``beside`` rebuilds.

A batch ``under_way`` has one of the store's ``sessions`` to itself. ``tables`` and
``arrays`` turn any row type into SQL and parameters.
"""

from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore

__all__ = ["PostgresViewStore", "PostgresViews"]
