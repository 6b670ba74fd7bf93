"""Facts of the office tree (danh bạ đơn vị, cơ quan). Dates decide, not code.

Each says from which day on it holds; when it was learned is the envelope's. A mistake is
mended by another fact, never by a changed one. ``basis`` is the number of the resolution
(``1191/NQ-UBTVQH15``), empty where an imported list names none.
"""

from datetime import date
from typing import ClassVar

from domain.codes import DataClass, Role, SuccessionMatch, SuccessionRelation
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


class UnitRenamed(OfficeEvent):
    """A unit goes by another name (đổi tên đơn vị hành chính)."""

    TOPIC: ClassVar[str] = "unit.renamed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    name: str
    valid_from: date
    basis: str


class UnitKindChanged(OfficeEvent):
    """A unit becomes one of another kind, a commune a ward (xã thành phường).

    ``name`` is the whole new name, kind included.
    """

    TOPIC: ClassVar[str] = "unit.kind_changed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    name: str
    valid_from: date
    basis: str


class UnitParentChanged(OfficeEvent):
    """A unit comes under another one (chuyển đơn vị hành chính trực thuộc)."""

    TOPIC: ClassVar[str] = "unit.parent_changed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    parent: str | None
    valid_from: date
    basis: str


class UnitAbolished(OfficeEvent):
    """A unit stands no longer after its last day (giải thể, nhập hoặc chia đơn vị hành chính)."""

    TOPIC: ClassVar[str] = "unit.abolished"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    last_day: date
    basis: str


class UnitSucceeded(OfficeEvent):
    """Another unit takes over the whole of one, or a part of it (đơn vị kế thừa).

    One fact a pair: a unit that is split has several, and several units that merge name the
    same successor. ``match`` says how sure the pair is: the list's own word, a guess among
    namesakes, or a person's decision.
    """

    TOPIC: ClassVar[str] = "unit.succeeded"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    successor: str
    relation: SuccessionRelation
    match: SuccessionMatch
    valid_from: date
    basis: str


class UnitPartMoved(OfficeEvent):
    """A unit that goes on cedes a part of its area to another (điều chỉnh địa giới)."""

    TOPIC: ClassVar[str] = "unit.part_moved"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    to_unit: str
    valid_from: date
    basis: str


class UnitFactWithdrawn(OfficeEvent):
    """An earlier fact of this unit was wrong and holds no more (đính chính danh bạ).

    ``withdrawn`` is its version in the unit's stream. What was known before stays known for
    the days before this was recorded.
    """

    TOPIC: ClassVar[str] = "unit.fact_withdrawn"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    unit_id: str
    withdrawn: int
    basis: str


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


class OfficeRenamed(OfficeEvent):
    """An office goes by another name (đổi tên cơ quan)."""

    TOPIC: ClassVar[str] = "office.renamed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    name: str
    valid_from: date
    basis: str


class OfficeSuperiorChanged(OfficeEvent):
    """Another office directs it from a day on (đổi cơ quan cấp trên)."""

    TOPIC: ClassVar[str] = "office.superior_changed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    superior: str | None
    valid_from: date
    basis: str


class OfficeFieldsChanged(OfficeEvent):
    """It answers for other fields from a day on (đổi lĩnh vực phụ trách)."""

    TOPIC: ClassVar[str] = "office.fields_changed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    fields: tuple[str, ...]
    valid_from: date
    basis: str


class OfficeAbolished(OfficeEvent):
    """An office stands no longer after its last day (giải thể cơ quan)."""

    TOPIC: ClassVar[str] = "office.abolished"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    last_day: date
    basis: str


class OfficeSucceeded(OfficeEvent):
    """Another office takes over its work, or a part of it (cơ quan kế thừa)."""

    TOPIC: ClassVar[str] = "office.succeeded"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    successor: str
    relation: SuccessionRelation
    match: SuccessionMatch
    valid_from: date
    basis: str


class OfficeFactWithdrawn(OfficeEvent):
    """An earlier fact of this office was wrong and holds no more (đính chính danh bạ)."""

    TOPIC: ClassVar[str] = "office.fact_withdrawn"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    withdrawn: int
    basis: str


class ReceptionPlaceOpened(OfficeEvent):
    """Citizens are received at a place from a day on (địa điểm tiếp công dân).

    ``location`` is where the office is, in words: a public notice. Rule: Law 42/2013 art. 24.
    """

    TOPIC: ClassVar[str] = "office.reception_place_opened"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    place_id: str
    location: str
    valid_from: date


class ReceptionPlaceClosed(OfficeEvent):
    """Nobody is received there after its last day (đóng địa điểm tiếp công dân)."""

    TOPIC: ClassVar[str] = "office.reception_place_closed"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    office_id: str
    place_id: str
    last_day: date


class PostFilled(OfficeEvent):
    """An account holds a role in an office from a day on (giữ vị trí công tác)."""

    TOPIC: ClassVar[str] = "office.post_filled"

    office_id: str
    account: str
    post: Role
    valid_from: date


class PostLeft(OfficeEvent):
    """An account holds the role no longer after its last day (rời vị trí công tác)."""

    TOPIC: ClassVar[str] = "office.post_left"

    office_id: str
    account: str
    post: Role
    last_day: date


class StandInNamed(OfficeEvent):
    """While one is absent another stands in, both days included (người làm thay)."""

    TOPIC: ClassVar[str] = "office.stand_in_named"

    office_id: str
    absent: str
    stand_in: str
    post: Role
    valid_from: date
    last_day: date
