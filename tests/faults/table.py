"""Every row of the fault table, and in which shifts a full run plays them.

What copies or publishes everything anew comes first, while everything is little.
"""

from collections.abc import Mapping, Sequence

from tests.faults import brokers, programs, views
from tests.faults.rows import Row

ROWS: tuple[Row, ...] = (*brokers.ANEW_ROWS, *brokers.ROWS, *views.ROWS, *programs.ROWS)
BY_CODE: Mapping[str, Row] = {row.code: row for row in ROWS}

Team = tuple[Row, ...]
"""Rows that strike one after the other."""
Shift = tuple[Team, ...]
"""One load, judged once; its teams strike the house at the same time."""

UNHURRIED = ("F08", "T01", "F06", "F07", "P02")
"""Much is allowed, most of it waiting, as for brokers that start again: other rows fit beside."""
HURRIED = ("V01", "F12", "F02 F10 | F03 F11", "F04", "F01", "F28")
"""Seconds count. Nothing strikes beside V01: while views are put back nobody's flow goes on."""


def chosen(codes: str) -> list[Row]:
    """The rows of codes separated by commas, all when there is none. Raises ``KeyError``."""
    return [BY_CODE[code] for code in codes.split(",")] if codes else list(ROWS)


def shift_of(words: str) -> Shift:
    """``F02 F10 | F03 F11``: two teams of two rows each."""
    return tuple(tuple(BY_CODE[code] for code in team.split()) for team in words.split("|"))


def alone(rows: Sequence[Row]) -> list[Shift]:
    """Each row under a load of its own."""
    return [((row,),) for row in rows]


def together(rows: Sequence[Row]) -> list[Shift]:
    """One after the other under one load."""
    return [(tuple(rows),)] if rows else []
