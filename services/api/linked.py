"""What a crowd says of the case it is about, to whom that case exists (vụ việc liên quan).

A crowd is known to more offices than its case: the case's id would tell them that there is one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from domain.events.gathering import GatheringReported
from domain.events.registry import type_name
from projections.gatherings import GatheringRow
from services.api.answers import Entry
from services.api.reading import Reading
from services.api.row_circles import of_files

CASE: Final = "case_id"
REPORTED: Final = type_name(GatheringReported)


def crowds_told(reader: Reading, rows: Sequence[GatheringRow]) -> tuple[GatheringRow, ...]:
    """These crowds, each with its case only where that exists for the reader.

    Raises ``ViewsUnavailable``.
    """
    seen = _seen(reader, (row.case_id for row in rows))
    return tuple(row if row.case_id in seen else replace(row, case_id=None) for row in rows)


def facts_told(reader: Reading, entries: Sequence[Entry]) -> list[Entry]:
    """These facts, that of a crowd as :func:`crowds_told` tells it. Raises ``ViewsUnavailable``."""
    of_crowds = [entry for entry in entries if entry.type == REPORTED]
    seen = _seen(reader, (_case_of(entry.facts) for entry in of_crowds))
    for entry in of_crowds:
        if _case_of(entry.facts) not in seen:
            entry.facts[CASE] = None
    return list(entries)


def _case_of(facts: dict[str, Any]) -> UUID | None:
    case = facts[CASE]
    return None if case is None else UUID(case)


def _seen(reader: Reading, cases: Iterable[UUID | None]) -> frozenset[UUID | None]:
    asked = sorted({case for case in cases if case is not None})
    circles = of_files(reader.parts.views, (), asked) if asked else {}
    return frozenset(case for case, circle in circles.items() if reader.sees(circle))
