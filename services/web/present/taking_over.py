"""A file that waits for the office that takes it over, and who may (ứng viên nhận hồ sơ)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.codes import SuccessionMatch
from domain.directory import Office
from domain.homes import OfficesOn
from domain.succession import Candidate, heirs_of_office, places_now
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.homes import waiting
from projections.petition_row import PetitionRow
from projections.resting import Work
from projections.return_missions import MissionRow
from services.web.models.forms import Choice
from services.web.present.frame import Seat

FOUND: Final = 12
"""Offices a search offers."""

FileRow = PetitionRow | CaseRow | GatheringRow | MissionRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits, as its row stands. ``at``: the office that answers for it meanwhile."""

    work: Work
    id: UUID
    row: FileRow
    at: str

    @property
    def former(self) -> str:
        """The abolished office of the first part that waits here; "" when none does."""
        return next((former for _, former, at in waiting(self.row) if at == self.at), "")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of that office's which wait."""
        here = (each for each in waiting(self.row) if each[2] == self.at)
        return tuple(part for part, former, _ in here if former == self.former)


def candidates(each: Waiting, find: str, seat: Seat) -> Iterator[Choice]:
    """Who may take it: the heirs, who has it now, where it happened, what was looked for."""
    tree = OfficesOn(seat.directory, seat.today)
    heirs = heirs_of_office(each.former, seat.directory, seat.today)
    known = {office.office_id for office, _ in heirs}
    reasons: dict[str, list[str]] = {}
    offices = {office.office_id: office for office, _ in heirs}
    for office, heir in heirs:
        reasons.setdefault(office.office_id, []).append(_why(heir))
    for office in (*_where_it_happened(each.row, seat), *_looked_for(find, seat)):
        if office.office_id in known or _is_below(office, seat):
            offices.setdefault(office.office_id, office)
    for office in _where_it_happened(each.row, seat):
        reasons.setdefault(office.office_id, []).append("nơi xảy ra nay thuộc địa bàn này")
    own = tree.directory.get_office(seat.officer.office, seat.today)
    offices.setdefault(own.office_id, own)
    reasons.setdefault(own.office_id, []).append("đang tạm giữ, giữ lại giải quyết")
    barred = _barred(each.row, tree)
    for name, office in offices.items():
        if name not in barred:
            words = "; ".join(dict.fromkeys(reasons.get(name, ())))
            yield Choice(name, office.name, words or _above(office, seat))


def _why(heir: Candidate) -> str:
    what = "nhận toàn bộ" if heir.whole else "nhận một phần địa bàn"
    return f"{what}, danh sách đoán" if heir.match is SuccessionMatch.GUESSED else what


def _where_it_happened(row: FileRow, seat: Seat) -> Sequence[Office]:
    found = places_now(row.place, seat.directory, seat.today)
    offices = (seat.directory.find_office(unit.unit_id, seat.today) for unit, _ in found)
    return [office for office in offices if office is not None]


def _looked_for(words: str, seat: Seat) -> Sequence[Office]:
    units = seat.directory.search(words, seat.today, FOUND) if words else ()
    offices = (seat.directory.find_office(unit.unit_id, seat.today) for unit in units)
    return [office for office in offices if office is not None]


def _is_below(office: Office, seat: Seat) -> bool:
    above = seat.directory.superiors_of(office.office_id, seat.today)
    return any(each.office_id == seat.officer.office for each in above)


def _barred(row: FileRow, tree: OfficesOn) -> frozenset[str]:
    """Who is complained of never gets it."""
    accused = row.accused_office if isinstance(row, PetitionRow | CaseRow) else None
    return frozenset() if accused is None else tree.in_place_of(accused)


def _above(office: Office, seat: Seat) -> str:
    above = seat.directory.ancestors(office.unit, seat.today)
    return ", ".join(unit.name for unit in above)
