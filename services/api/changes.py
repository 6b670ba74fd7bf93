"""The change feed of a board, without what its reader must not know of (diễn biến gần đây).

A change says that something happened to a file, so it says that the file exists: of a
denunciation to those who see it alone, of a matter about an office never to that office.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from projections.asks import Area
from projections.case_history import HistoryRow
from projections.queries import PAGE
from services.api.reading import Reading
from services.api.row_circles import of_files
from services.sight import Circle, is_complained_of

PETITION, CASE = "petition.", "case."


READ_ON: Final = 10
"""How many times the answer's rows are read, at most, to make up for those left out."""


def told_lately(reader: Reading, area: Area, since: datetime) -> Sequence[HistoryRow]:
    """The newest changes this reader may be told of: as many, whatever was left out.

    Raises ``ViewsUnavailable``.
    """
    found = reader.parts.views.recent_changes(area, since=since, limit=PAGE)
    told = _seen(reader, found)
    if len(told) < len(found) == PAGE:
        found = reader.parts.views.recent_changes(area, since=since, limit=READ_ON * PAGE)
        told = _seen(reader, found)
    return told[:PAGE]


def _seen(reader: Reading, rows: Sequence[HistoryRow]) -> Sequence[HistoryRow]:
    circles = of_files(reader.parts.views, _streams(rows, PETITION), _streams(rows, CASE))
    return [row for row in rows if _may_be_told(reader, row, circles)]


def _streams(rows: Sequence[HistoryRow], topic: str) -> Sequence[UUID]:
    return sorted({row.stream for row in rows if row.type_name.startswith(topic)})


def _may_be_told(reader: Reading, row: HistoryRow, circles: Mapping[UUID, Circle]) -> bool:
    if not row.type_name.startswith((PETITION, CASE)):
        return True
    circle = circles.get(row.stream)
    if circle is None:
        return False
    guarded = circle.denunciation or is_complained_of(
        reader.officer.office, circle, reader.directory, reader.today
    )
    return not guarded or reader.sees(circle)
