"""Every row of the fault table, in the order of a run.

What copies or publishes everything anew comes first, while everything is little.
"""

from tests.faults import brokers, programs, views
from tests.faults.rows import Row

ROWS: tuple[Row, ...] = (*views.ROWS, *brokers.ANEW_ROWS, *programs.ROWS, *brokers.ROWS)


def chosen(codes: str) -> list[Row]:
    """The rows of codes separated by commas, all when there is none. Raises ``KeyError``."""
    by_code = {row.code: row for row in ROWS}
    return [by_code[code] for code in codes.split(",")] if codes else list(ROWS)
