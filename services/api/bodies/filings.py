"""Bodies of acts on how a petition was filed (việc nộp đơn)."""

from domain.codes import CheckGround, Contested, Instance
from services.api.bodies.base import Act, Day, Flag
from services.api.bodies.settlements import Basis


class WiderCheck(Act):
    """Why a denunciation is checked elsewhere too (kiểm tra nhiều nơi)."""

    ground: CheckGround


class Further(Act):
    """The conclusion that a further denunciation goes against (tố cáo tiếp)."""

    basis: Basis


class Filing(Act):
    """What is contested, and since when the citizen knows (thời hiệu)."""

    contested: Contested
    instance: Instance
    known_on: Day
    remote: Flag = False
    obstacle_from: Day | None = None
    obstacle_until: Day | None = None
