"""The change feed of a board, without what its reader must not know of (diễn biến gần đây).

A change says that something happened to a file, so it says that the file exists: of a
denunciation to those who see it alone, of a matter about an office never to that office.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from projections.case_history import HistoryRow
from services.api.reading import Reading
from services.api.row_circles import of_case, of_petition
from services.sight import Circle, is_complained_of

PETITION, CASE = "petition.", "case."


def seen_changes(reader: Reading, rows: Sequence[HistoryRow]) -> Sequence[HistoryRow]:
    """The changes this reader may be told of. Raises ``ViewsUnavailable``."""
    views = reader.parts.views
    petitions = views.find_petitions(_streams(rows, PETITION))
    cases = views.find_cases(_streams(rows, CASE))
    circles = {row.petition_id: of_petition(row) for row in petitions}
    circles |= {row.case_id: of_case(row) for row in cases}
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
