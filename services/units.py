"""Bringing a list of administrative units into the store (nhập danh sách đơn vị).

An administrator's bulk act: facts go straight to the store in batches, each with a receipt.
A unit and its People's Committee are named by code and first day, so the same list twice
records nothing twice, and an import that was cut off goes on where it stopped.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from domain.codes import Role
from domain.directory import COMMITTEE, Directory, Office, Unit
from domain.errors import Conflict
from domain.events.base import OfficeEvent, envelope
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.names import in_running_text
from domain.ports import Clock, FactStore, KeyTaken, Receipt, VersionTaken
from domain.streams import NAMESPACE, office_stream, unit_stream
from domain.values import Officer, Signature
from infra.units.unit_list import UnitRow, read_unit_list

ACTOR: Final = "system:import"
OFFICE: Final = "system"
BATCH: Final = 1_000
"""Facts an append. Measured on Postgres: larger ones gain nothing."""

Progress = Callable[[int, int], None]
"""Told after each batch: units done so far, units in the list."""


class OtherUnit(Conflict):
    """A unit or office of this code and first day is already there, with other facts."""

    code = "unit_differs"
    title = "Đơn vị đã có với thông tin khác"


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
    :class:`infra.units.unit_list.BrokenUnitList`, :class:`OtherUnit`.
    """
    rows = read_unit_list(path)
    new = [row for row in rows if not _is_known(row, valid_from, directory)]
    known = len(rows) - len(new)
    done = batches = 0
    facts = ((row, _facts(row, valid_from, clock.now())) for row in new)
    while batch := list(islice(facts, BATCH // 2)):
        _append(store, [fact for _, pair in batch for fact in pair], path.name)
        batches += 1
        done += len(batch)
        progress(known + done, len(rows))
    return ImportSummary(established=done, known=known, batches=batches)


def unit_id_of(code: str, valid_from: date) -> str:
    """A unit's identity: code and first day."""
    return f"{code}-{valid_from:%Y%m%d}"


def committee_id_of(unit_id: str) -> str:
    """The identity of a unit's People's Committee."""
    return f"ubnd-{unit_id}"


def _is_known(row: UnitRow, valid_from: date, directory: Directory) -> bool:
    """Whether unit and committee are recorded just so. Refuses: :class:`OtherUnit`."""
    unit, office = _unit(row, valid_from), _committee(row, valid_from)
    known_unit = directory.find_unit(unit.unit_id, valid_from)
    known_office = directory.find_office(office.office_id, valid_from)
    if known_unit not in (None, unit) or known_office not in (None, office):
        raise OtherUnit(
            f"Dòng {row.line}: {row.name}, mã {row.code}, đã được ghi từ "
            f"{valid_from:%d/%m/%Y} với tên, cấp hoặc đơn vị cấp trên khác.",
            pointer=f"/{row.line}",
            mend="Sửa dòng này cho khớp, hoặc nhập với ngày hiệu lực khác.",
        )
    return known_unit is not None


def _unit(row: UnitRow, valid_from: date) -> Unit:
    parent = None if row.parent is None else unit_id_of(row.parent, valid_from)
    unit_id = unit_id_of(row.code, valid_from)
    return Unit(unit_id, row.code, row.name, row.level, parent, valid_from)


def _committee(row: UnitRow, valid_from: date) -> Office:
    unit = _unit(row, valid_from)
    superior = None if unit.parent is None else committee_id_of(unit.parent)
    name = f"UBND {in_running_text(row.name)}"
    office_id = committee_id_of(unit.unit_id)
    return Office(office_id, COMMITTEE, name, unit.unit_id, superior, (), valid_from)


def _facts(row: UnitRow, valid_from: date, now: datetime) -> tuple[OfficeEvent, OfficeEvent]:
    unit, office = _unit(row, valid_from), _committee(row, valid_from)
    by = Signature(
        officer=Officer(ACTOR, OFFICE, Role.SYSTEM),
        unit=unit.unit_id,
        occurred_at=now,
        recorded_at=now,
        correlation=f"units-import-{valid_from:%Y%m%d}",
    )
    unit_facts, office_facts = asdict(unit), asdict(office)
    office_facts["of_unit"] = office_facts.pop("unit")
    return (
        _fact(UnitEstablished, unit_stream(unit.unit_id), by, unit_facts),
        _fact(OfficeEstablished, office_stream(office.office_id), by, office_facts),
    )


def _fact(
    event: type[OfficeEvent], stream: UUID, by: Signature, facts: dict[str, Any]
) -> OfficeEvent:
    """The first fact of a stream. A unit's last day is another fact, not said here."""
    del facts["valid_until"]
    return event(**envelope(stream, 1, by), **facts)


def _append(store: FactStore, facts: Sequence[OfficeEvent], source: str) -> None:
    """Save a batch under a key made from what it establishes: another try is a repeat."""
    streams = b"".join(fact.originator_id.bytes for fact in facts)
    asked = sha256(streams).digest()
    answer = json.dumps({"facts": len(facts), "source": source}, ensure_ascii=False).encode()
    receipt = Receipt(uuid5(NAMESPACE, f"units/{asked.hex()}"), asked, answer)
    try:
        store.append(facts, receipt=receipt)
    except KeyTaken:
        return
    except VersionTaken:
        raise Conflict(
            "Có người đang nhập cùng danh sách này.", mend="Chờ lần nhập kia xong rồi nhập lại."
        ) from None
