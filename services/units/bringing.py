"""Bringing a list of administrative units into the store (nhập danh sách đơn vị).

A unit and its People's Committee are named by code and first day, so the same list twice
records nothing twice. A list that overlaps with what stands is refused as a whole: another
tree in the place of the one that is there is a reform (:mod:`services.reform`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from domain.directory import Directory
from domain.errors import Conflict
from domain.ports import Clock, FactStore, Receipt
from domain.reform_lists import Fault, told
from domain.reform_steps import Step, entered
from domain.units import Unit, committee_id_of, unit_id_of
from infra.units.unit_list import UnitRow, read_unit_list
from services.units.recording import BATCH, Progress, answer, append, facts_of, key_of


class OtherUnit(Conflict):
    """A unit or office of this code and first day is already there, with other facts."""

    code = "unit_differs"
    title = "Đơn vị đã có với thông tin khác"


class OverlappingList(OtherUnit):
    """Units of the list have codes that other units of their level bear on the same days."""

    code = "units_overlap"
    title = "Danh sách trùng thời gian với đơn vị đang có"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did (kết quả nhập). ``known`` units were there before, just so."""

    established: int
    known: int
    batches: int


def import_units(
    path: Path,
    valid_from: date,
    store: FactStore,
    directory: Directory,
    clock: Clock,
    progress: Progress,
) -> ImportSummary:
    """Establish the units of a list and their People's Committees from a day on.

    ``directory`` is what the store already holds. Refuses, with nothing recorded:
    :class:`infra.units.unit_list.BrokenUnitList`, :class:`OtherUnit`,
    :class:`OverlappingList`.
    """
    rows, new = new_rows(path, valid_from, directory)
    known = len(rows) - len(new)
    done = batches = 0
    while done < len(new):
        batch = new[done : done + BATCH // 2]
        _save(store, [step for row in batch for step in _steps(row, valid_from)], path, clock)
        batches += 1
        done += len(batch)
        progress(known + done, len(rows))
    return ImportSummary(established=done, known=known, batches=batches)


def new_rows(
    path: Path, valid_from: date, directory: Directory
) -> tuple[Sequence[UnitRow], Sequence[UnitRow]]:
    """Every row of a list, and those the directory does not know. Refuses as the import does."""
    rows = read_unit_list(path)
    new = [row for row in rows if not _is_known(row, valid_from, directory)]
    faults = [fault for row in new for fault in _overlaps(row, valid_from, directory)]
    if faults:
        raise OverlappingList(
            told(faults),
            pointer=f"/{faults[0].line}",
            mend="Sửa các dòng đã nêu, hoặc dùng `tiepdan units reform` để thay cây đơn vị.",
        )
    return rows, new


def _is_known(row: UnitRow, valid_from: date, directory: Directory) -> bool:
    """Whether unit and committee are recorded just so. Refuses: :class:`OtherUnit`."""
    steps = _steps(row, valid_from)
    if any(step.contradicts(directory) for step in steps):
        raise OtherUnit(
            f"Dòng {row.line}: {row.name}, mã {row.code}, đã được ghi từ "
            f"{valid_from:%d/%m/%Y} với tên, cấp hoặc đơn vị cấp trên khác.",
            pointer=f"/{row.line}",
            mend="Sửa dòng này cho khớp, hoặc nhập với ngày hiệu lực khác.",
        )
    return steps[0].is_recorded(directory)


def _overlaps(row: UnitRow, valid_from: date, directory: Directory) -> list[Fault]:
    """Other units of the same code and level that stand on this day or on a later one."""
    others = {unit.unit_id: unit for unit in directory.of_code(row.code)}
    return [
        Fault("units", row.line, f"mã {row.code} là của {unit.name} từ {unit.valid_from:%d/%m/%Y}")
        for unit in others.values()
        if unit.level == row.level and (unit.valid_until is None or unit.valid_until >= valid_from)
    ]


def _steps(row: UnitRow, valid_from: date) -> tuple[Step, Step]:
    parent = None if row.parent is None else unit_id_of(row.parent, valid_from)
    unit_id = unit_id_of(row.code, valid_from)
    superior = None if parent is None else committee_id_of(parent)
    return entered(Unit(unit_id, row.code, row.name, row.level, parent, valid_from), superior)


def _save(store: FactStore, steps: Sequence[Step], path: Path, clock: Clock) -> None:
    """A batch under a key made from the streams it begins."""
    day = steps[0].said["valid_from"]
    facts = facts_of(steps, store, f"units-import-{day:%Y%m%d}", clock.now())
    asked = sha256(b"".join(fact.originator_id.bytes for fact in facts)).digest()
    receipt = Receipt(key_of("units", asked.hex()), asked, answer(len(facts), path.name))
    append(store, facts, receipt, what="nhập danh sách")
