"""A unit and an office as streams of their own (đơn vị, cơ quan): entered once.

What they are on a day is asked of :mod:`domain.directory`.
"""

from domain.commands.directory import EstablishOffice, EstablishUnit
from domain.directory import Directory, UnknownOffice, UnknownUnit
from domain.dossier import Dossier
from domain.errors import Conflict, Invalid
from domain.events.base import OfficeEvent
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.values import Signature


class AlreadyEstablished(Conflict):
    """A unit or an office is entered once; a reform enters a successor."""

    code = "already_established"
    title = "Đã có trong danh bạ"


class UnitIdMismatch(Invalid):
    """A unit's id is its code and first day: ``07375-20250101``."""

    code = "unit_id_mismatch"
    title = "Mã định danh đơn vị không khớp"


class UnitRecord(Dossier):
    """One administrative unit's own stream."""

    BEGINS_WITH = UnitEstablished

    def establish(self, ask: EstablishUnit, by: Signature, *, directory: Directory) -> None:
        """Enter it below a parent that stands on its first day."""
        _must_be_new(self, ask.unit_id)
        expected = f"{ask.code}-{ask.valid_from:%Y%m%d}"
        if ask.unit_id != expected:
            raise UnitIdMismatch(f"Mã định danh phải là {expected}.", pointer="/unit_id")
        if ask.parent is not None and directory.find_unit(ask.parent, ask.valid_from) is None:
            raise UnknownUnit(
                f"Không có đơn vị cấp trên “{ask.parent}” vào ngày {ask.valid_from:%d/%m/%Y}.",
                pointer="/parent",
            )
        self.record(
            UnitEstablished,
            by,
            unit_id=ask.unit_id,
            code=ask.code,
            name=ask.name,
            level=ask.level,
            parent=ask.parent,
            valid_from=ask.valid_from,
        )

    def evolve(self, event: OfficeEvent) -> None:
        """Nothing to know beyond the version."""


class OfficeRecord(Dossier):
    """One office's own stream."""

    BEGINS_WITH = OfficeEstablished

    def establish(self, ask: EstablishOffice, by: Signature, *, directory: Directory) -> None:
        """Enter it in a unit, below a superior that stands on its first day."""
        _must_be_new(self, ask.office_id)
        directory.get_unit(ask.of_unit, ask.valid_from, pointer="/of_unit")
        if ask.superior is not None and directory.find_office(ask.superior, ask.valid_from) is None:
            raise UnknownOffice(
                f"Không có cơ quan cấp trên “{ask.superior}” vào ngày {ask.valid_from:%d/%m/%Y}.",
                pointer="/superior",
            )
        self.record(
            OfficeEstablished,
            by,
            office_id=ask.office_id,
            type=ask.type,
            name=ask.name,
            of_unit=ask.of_unit,
            superior=ask.superior,
            fields=ask.fields,
            valid_from=ask.valid_from,
        )

    def evolve(self, event: OfficeEvent) -> None:
        """Nothing to know beyond the version."""


def _must_be_new(record: Dossier, name: str) -> None:
    if record.version:
        raise AlreadyEstablished(f"“{name}” đã có trong danh bạ.")
