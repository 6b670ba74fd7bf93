"""What a page says after an act, by the act's word in the address (thông báo sau khi ghi)."""

from collections.abc import Mapping
from typing import Final

from services.web.present.asking import ActKind
from services.web.present.calendar_acts import CALENDAR_ACTS
from services.web.present.case_acts import CASE_ACTS
from services.web.present.crowd_acts import CROWD, GATHERING_ACTS, MISSION_ACTS
from services.web.present.petition_acts import INTAKE, PETITION_ACTS

ACTS: Final[tuple[ActKind, ...]] = (
    INTAKE, *PETITION_ACTS, *CASE_ACTS, CROWD, *GATHERING_ACTS, *MISSION_ACTS,
    *CALENDAR_ACTS,
)  # fmt: skip


def word_of(kind: ActKind) -> str:
    """The act's word in an address: unique over all kinds of things."""
    return f"{kind.about}.{kind.slug}"


DECIDED: Final = "unit.decided"
REVIEWED: Final = "review.noted"
HOME_DECIDED: Final = "home.decided"
HANDED_ON: Final = "case.handed_on"

NOTICES: Final[Mapping[str, str]] = {
    **{word_of(kind): kind.said for kind in ACTS},
    DECIDED: "Đã ghi quyết định.",
    REVIEWED: "Đã ghi kết quả xem lại.",
    HOME_DECIDED: "Đã quyết định nơi nhận; hồ sơ kế tiếp đã mở.",
    HANDED_ON: "Đã giao việc.",
}
