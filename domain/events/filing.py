"""Facts on how a petition was filed, by which some of its limits are counted (việc nộp đơn).

They lie in the petition's own stream.
"""

from datetime import date
from typing import ClassVar

from domain.codes import CheckGround, Contested, Instance
from domain.events.base import OfficeEvent


class CheckWidened(OfficeEvent):
    """What a denunciation needs to be taken up is checked elsewhere too (kiểm tra nhiều nơi).

    The office that has it then has longer; another that takes it over checks anew.

    Recorded by: the office in charge. Rule: Law 25/2018 art. 24.1.
    """

    TOPIC: ClassVar[str] = "petition.check_widened"

    ground: CheckGround


class FurtherDenounced(OfficeEvent):
    """It denounces again what was settled, or left lying, below (tố cáo tiếp).

    ``basis``: the number of the conclusion it goes against, if there is one.

    Recorded by: the office in charge. Rule: Law 25/2018 art. 37.
    """

    TOPIC: ClassVar[str] = "petition.further_denounced"

    basis: str


class FilingDated(OfficeEvent):
    """By which days it is judged whether a complaint came in time (căn cứ tính thời hiệu).

    ``known_on``: the day on which the citizen got or learned of what is contested; the second
    time, of the first answer. From ``obstacle_from`` to ``obstacle_until`` something beyond
    the citizen's power stood in the way. ``remote``: the citizen lives in a remote area.

    Recorded by: the office in charge. Rule: Law 02/2011 art. 9, 33, 48.
    """

    TOPIC: ClassVar[str] = "petition.filing_dated"

    contested: Contested
    instance: Instance
    known_on: date
    remote: bool
    obstacle_from: date | None
    obstacle_until: date | None
