"""Facts that move the settlement clock of a case (thời hạn giải quyết vụ việc).

They lie in the case's own stream. ``basis`` is the number of the decision or list. A day said
in a fact (``decided_on``) is the decision's own; the day of a mark is that of its act.
"""

from datetime import date
from typing import ClassVar

from domain.codes import ComplexGround, Contested, Instance, SuspensionGround
from domain.events.base import OfficeEvent


class CaseMarkedComplex(OfficeEvent):
    """The office noted in the file why the case is complex (ghi nhận vụ việc phức tạp).

    ``grounds`` are all that hold now. A complaint thereby has the longer limit; a
    denunciation may be extended.

    Recorded by: the head of the office. Rule: Decree 155/2026 art. 2, Decree 31/2019 art. 3.
    """

    TOPIC: ClassVar[str] = "case.marked_complex"

    grounds: tuple[ComplexGround, ...]


class CaseUnmarkedComplex(OfficeEvent):
    """The case is not complex after all (thôi ghi nhận phức tạp). Extensions made stand.

    Recorded by: the head of the office.
    """

    TOPIC: ClassVar[str] = "case.unmarked_complex"


class CaseMarkedRemote(OfficeEvent):
    """The matter lies in a remote area, and always did (vùng sâu, vùng xa, đi lại khó khăn).

    Recorded by: the office handling the case. Rule: Law 02/2011 art. 28, 37.
    """

    TOPIC: ClassVar[str] = "case.marked_remote"

    basis: str


class CaseUnmarkedRemote(OfficeEvent):
    """The matter does not lie in a remote area: the mark was a mistake (đính chính địa bàn).

    Recorded by: the office handling the case.
    """

    TOPIC: ClassVar[str] = "case.unmarked_remote"


class CaseInstanceNamed(OfficeEvent):
    """Whether the matter is settled for the first or the second time (lần giải quyết).

    Without this fact it is the first.

    Recorded by: the office handling the case. Rule: Law 02/2011 art. 28, 37.
    """

    TOPIC: ClassVar[str] = "case.instance_named"

    instance: Instance


class CaseContestedNamed(OfficeEvent):
    """Whether the complaint is about discipline (khiếu nại quyết định kỷ luật).

    Without this fact it is not.

    Recorded by: the office handling the case. Rule: Law 02/2011 art. 47-50.
    """

    TOPIC: ClassVar[str] = "case.contested_named"

    contested: Contested


class SettlementExtended(OfficeEvent):
    """A written decision extended the limit (gia hạn giải quyết). ``step`` counts from 1.

    ``grounds`` are those of that day; they carry the extension whatever is marked later.

    Recorded by: the head of the office. Told: the denouncer. Rule: Law 25/2018 art. 30.
    """

    TOPIC: ClassVar[str] = "case.settlement_extended"

    step: int
    grounds: tuple[ComplexGround, ...]
    decided_on: date
    basis: str


class CaseSuspended(OfficeEvent):
    """Settling rests (tạm đình chỉ giải quyết). The time is not counted.

    Recorded by: the head of the office. Told: the citizen. Rule: Law 02/2011 art. 11a,
    Decree 155/2026 art. 12, Law 25/2018 art. 34.
    """

    TOPIC: ClassVar[str] = "case.suspended"

    ground: SuspensionGround
    decided_on: date
    basis: str


class CaseContinued(OfficeEvent):
    """Settling goes on (tiếp tục giải quyết); the clock runs on from this decision.

    Recorded by: the head of the office. Told: the citizen. Rule: Decree 155/2026 art. 12.
    """

    TOPIC: ClassVar[str] = "case.continued"

    decided_on: date
    basis: str
