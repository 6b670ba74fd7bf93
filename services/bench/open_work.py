"""Petitions open in every commune, for rows ``deadlines`` and ``reform`` (đơn đang xử lý)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice
from uuid import uuid4

from domain.directory import Directory, Office
from domain.events.petition import PetitionReceived
from infra.serial import decode
from services.bench.material import Material


def commune_offices(directory: Directory, at: datetime) -> Sequence[Office]:
    """The People's Committee of every commune of a day."""
    on = at.date()
    return [
        directory.committee_of(unit.unit_id, on)
        for root in directory.roots(on)
        for unit in directory.units_under(root.unit_id, on)
        if unit.level == "commune"
    ]


def received(
    material: Material, offices: Sequence[Office], many: int, first: datetime, days: int
) -> Iterator[PetitionReceived]:
    """So many petitions, each by another commune, over some days on end; demo's in all else."""
    every = (decode(name, body) for name, body in material.facts if "petition.received" in name)
    told = [fact for fact in every if isinstance(fact, PetitionReceived)]
    for number, office in enumerate(islice(cycle(offices), many)):
        at = first + timedelta(days=number % days, seconds=number % 3_600)
        yield PetitionReceived(**{
            **vars(told[number % len(told)]),
            "originator_id": uuid4(), "timestamp": at, "occurred_at": at,
            "office": office.office_id, "unit": office.unit, "place": office.unit,
            "number": f"{office.unit[:5]}-25-{number:06}", "accused_office": None,
        })  # fmt: skip
