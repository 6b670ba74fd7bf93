"""Acts on the office tree, one at a time (danh bạ). Whole lists: :mod:`services.units`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.commands import directory as ask_for
from domain.commands.base import Command
from domain.office_record import OfficeRecord
from domain.streams import office_stream, unit_stream
from domain.unit_record import UnitRecord
from services.casework.desk import Desk
from services.casework.handlers.row import Row


def _of_unit(act: Callable[[UnitRecord, Any, Desk], None]) -> Row:
    def decide(ask: Any, desk: Desk) -> None:
        act(desk.record(UnitRecord, unit_stream(ask.unit_id)), ask, desk)

    return Row(decide, lambda ask: unit_stream(ask.unit_id))


def _of_office(act: Callable[[OfficeRecord, Any, Desk], None]) -> Row:
    def decide(ask: Any, desk: Desk) -> None:
        act(desk.record(OfficeRecord, office_stream(ask.office_id)), ask, desk)

    return Row(decide, lambda ask: office_stream(ask.office_id))


def _alone(act: Callable[..., None]) -> Callable[[Any, Any, Desk], None]:
    """An act that needs nothing but the record itself."""
    return lambda record, ask, desk: act(record, ask, desk.signature)


def _in_the_tree(act: Callable[..., None]) -> Callable[[Any, Any, Desk], None]:
    """An act that looks at the rest of the directory."""
    return lambda record, ask, desk: act(record, ask, desk.signature, directory=desk.directory)


HANDLERS: Final[Mapping[type[Command], Row]] = {
    ask_for.EstablishUnit: _of_unit(_in_the_tree(UnitRecord.establish)),
    ask_for.RenameUnit: _of_unit(_alone(UnitRecord.rename)),
    ask_for.ChangeUnitKind: _of_unit(_alone(UnitRecord.change_kind)),
    ask_for.MoveUnit: _of_unit(_in_the_tree(UnitRecord.move)),
    ask_for.AbolishUnit: _of_unit(_in_the_tree(UnitRecord.abolish)),
    ask_for.NameUnitSuccessor: _of_unit(_in_the_tree(UnitRecord.name_successor)),
    ask_for.CedePart: _of_unit(_in_the_tree(UnitRecord.cede)),
    ask_for.WithdrawUnitFact: _of_unit(_in_the_tree(UnitRecord.withdraw)),
    ask_for.EstablishOffice: _of_office(_in_the_tree(OfficeRecord.establish)),
    ask_for.RenameOffice: _of_office(_alone(OfficeRecord.rename)),
    ask_for.ChangeOfficeSuperior: _of_office(_in_the_tree(OfficeRecord.change_superior)),
    ask_for.ChangeOfficeFields: _of_office(_alone(OfficeRecord.change_fields)),
    ask_for.AbolishOffice: _of_office(_alone(OfficeRecord.abolish)),
    ask_for.NameOfficeSuccessor: _of_office(_in_the_tree(OfficeRecord.name_successor)),
    ask_for.WithdrawOfficeFact: _of_office(_in_the_tree(OfficeRecord.withdraw)),
    ask_for.OpenReceptionPlace: _of_office(_alone(OfficeRecord.open_place)),
    ask_for.CloseReceptionPlace: _of_office(_alone(OfficeRecord.close_place)),
    ask_for.FillPost: _of_office(_alone(OfficeRecord.fill_post)),
    ask_for.LeavePost: _of_office(_alone(OfficeRecord.leave_post)),
    ask_for.NameStandIn: _of_office(_alone(OfficeRecord.name_stand_in)),
}
