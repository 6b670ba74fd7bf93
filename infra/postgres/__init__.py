"""Everything kept in Postgres, and the only home of SQL.

``migrate`` makes the database; ``fact_store`` (over ``recorder`` and ``group_commit``) is
the truth; ``log_stream``, ``directory`` and ``leases`` follow and share it; ``vault`` keeps
what no event may hold.
"""
