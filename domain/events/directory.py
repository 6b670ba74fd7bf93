"""Facts of the office tree (danh bạ đơn vị, cơ quan). Dates decide, not code."""

from datetime import date
from typing import ClassVar

from domain.codes import DataClass
from domain.events.base import OfficeEvent


class UnitEstablished(OfficeEvent):
    """An administrative unit exists from a day on (thành lập đơn vị hành chính).

    ``unit_id`` is code and first day (``07375-20250101``): the 2025 reform reuses codes.
    ``level`` is data: ``commune``, ``district``, ``province``.

    Recorded by: the administrator who imports the list. Rule: Decision 124/2004, 19/2025.
    """

    TOPIC: ClassVar[str] = "unit.established"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date


class OfficeEstablished(OfficeEvent):
    """An office of a unit exists from a day on (thành lập cơ quan).

    ``type`` is open data: ``peoples_committee``, ``reception_board``, ``department``,
    ``inspectorate``. ``superior`` is the office that directs it.

    Recorded by: the administrator.
    """

    TOPIC: ClassVar[str] = "office.established"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    type: str
    name: str
    of_unit: str
    superior: str | None
    fields: tuple[str, ...]
    valid_from: date
