"""Acts on the office tree, one at a time (danh bạ). Whole lists: :mod:`services.units`."""

from collections.abc import Mapping
from typing import Final

from domain.commands import directory as ask_for
from domain.commands.base import Command
from domain.establishment import OfficeRecord, UnitRecord
from domain.streams import office_stream, unit_stream
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def establish_unit(ask: ask_for.EstablishUnit, desk: Desk) -> None:
    """Enter a unit."""
    record = desk.begin(UnitRecord, unit_stream(ask.unit_id))
    record.establish(ask, desk.signature, directory=desk.directory)


def establish_office(ask: ask_for.EstablishOffice, desk: Desk) -> None:
    """Enter an office."""
    record = desk.begin(OfficeRecord, office_stream(ask.office_id))
    record.establish(ask, desk.signature, directory=desk.directory)


HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.EstablishUnit: Row(establish_unit, lambda ask: unit_stream(ask.unit_id)),
    ask_for.EstablishOffice: Row(establish_office, lambda ask: office_stream(ask.office_id)),
}
