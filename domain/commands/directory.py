"""What may be asked of the office tree (danh bạ)."""

from dataclasses import dataclass
from datetime import date

from domain.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class EstablishUnit(Command):
    """Enter a unit of an imported list (thành lập đơn vị). ``parent``: a unit id."""

    unit_id: str
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class EstablishOffice(Command):
    """Enter an office of a unit (thành lập cơ quan)."""

    office_id: str
    type: str
    name: str
    of_unit: str
    superior: str | None
    fields: tuple[str, ...] = ()
    valid_from: date
