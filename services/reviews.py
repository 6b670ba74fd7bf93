"""Ended files that wait for a head's look, for one reader (hồ sơ chờ xem lại).

A question waits as long as what is known now puts the result in doubt: it falls away with the
notice that it came from, by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.codes import PetitionKind
from domain.directory import Directory
from domain.law.clocks import REPLY
from domain.law.law import Law
from domain.review_record import in_doubt
from domain.values import Officer
from projections.answers import Page
from projections.base import changed
from projections.case_row import CaseRow
from projections.clocks import Clocks, LawClocks
from projections.petition_row import PetitionRow
from projections.reviews import AT_ONCE, ReviewRow
from projections.settlements import timeline_of
from services.access import HEADS, SYSTEM
from services.api.reading import Reading
from services.api.row_circles import of_file
from services.areas import area_of

Ended = PetitionRow | CaseRow


class Files(Protocol):
    """Where the rows of ended files come from; the views are one."""

    def find_petitions(self, petitions: Sequence[UUID]) -> Sequence[PetitionRow]:
        """Those that are known."""

    def find_cases(self, cases: Sequence[UUID]) -> Sequence[CaseRow]:
        """Those that are known."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits, its due day by what is known now, and the file it is about."""

    row: ReviewRow
    file: Ended


def offices_reviewed(reader: Officer, offices: Directory, on: date) -> frozenset[str]:
    """Whose questions a reader finds in the list: of the own office, for heads of those below."""
    if reader.role in SYSTEM:
        return frozenset()
    if reader.role not in HEADS:
        return frozenset({reader.office})
    unit = offices.get_office(reader.office, on).unit
    return frozenset({reader.office, *area_of(unit, offices, on).offices})


def waiting_reviews(
    reading: Reading, *, cursor: str | None = None, limit: int = AT_ONCE
) -> Page[ReviewRow]:
    """What waits at the reader's office; for heads also below it, as far as they see the file.

    Raises ``ViewsUnavailable``.
    """
    views = reading.parts.views
    offices = offices_reviewed(reading.officer, reading.directory, reading.today)
    if not offices:
        return Page((), None)
    law = reading.parts.law()

    def seen(rows: Sequence[ReviewRow]) -> Iterator[ReviewRow]:
        waiting = still_waiting(rows, views, law)
        return (each.row for each in waiting if reading.sees(of_file(each.file)))

    return views.reviews(sorted(offices), after=cursor, limit=limit, seen=seen)


def still_waiting(rows: Sequence[ReviewRow], files: Files, law: Law) -> Iterator[Waiting]:
    """Those of the questions asked that what is known now still gives reason for."""
    clocks, found = LawClocks(lambda: law), _files(rows, files)
    for row in rows:
        file = found.get(row.subject)
        due = None if file is None else _due(file, clocks)
        if file is not None and due is not None and in_doubt(row.met_on, row.was_due, due):
            yield Waiting(changed(row, due=due), file)


def _due(file: Ended, clocks: Clocks) -> date | None:
    """By what is known now."""
    if isinstance(file, PetitionRow):
        asked = PetitionKind(file.kind), file.received_on, file.in_charge, file.in_charge_unit
        return clocks.reply_due(*asked)
    return clocks.settle_due(timeline_of(file), file.office, file.unit)


def _files(rows: Iterable[ReviewRow], files: Files) -> Mapping[UUID, Ended]:
    every = tuple(rows)
    petitions = [row.subject for row in every if row.clock == REPLY]
    cases = [row.subject for row in every if row.clock != REPLY]
    found: dict[UUID, Ended] = {each.petition_id: each for each in files.find_petitions(petitions)}
    return found | {each.case_id: each for each in files.find_cases(cases)}
