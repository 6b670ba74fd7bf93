"""How much invented work lies where on the demo's last day (số liệu mẫu).

Bắc Giang's follow the drawing of the province board: 37 offers not accepted, 6 of them
late, 23 overdue, 46 due within three days; Lục Nam's the drawing of the district board.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.demo.offices import committee, office_id


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one office.

    ``offers`` wait for its answer, ``late_offers`` of them past the reply date; ``overdue``
    names the due days that passed; ``soon`` are due today or in the next two working days;
    ``open`` are all it answers for, the overdue and the soon among them; ``week`` are those
    received in the last seven days; ``done`` were brought to an end.
    """

    office: str
    offers: int = 0
    late_offers: int = 0
    overdue: tuple[date, ...] = ()
    soon: int = 0
    open: int = 0
    week: int = 0
    done: int = 1


def _may(*days: int) -> tuple[date, ...]:
    return tuple(date(2025, 5, day) for day in days)


def _commune(
    code: str,
    open_: int,
    week: int,
    *,
    offers: int = 0,
    late: int = 0,
    overdue: tuple[date, ...] = (),
    soon: int = 0,
) -> Work:
    return Work(committee(code), offers, late, overdue, soon, open_, week, done=3)


LUC_NAM: Final = (
    _commune("07519", 11, 3, overdue=_may(10, 12), soon=1),
    _commune("07486", 14, 5, overdue=_may(12), soon=2),
    _commune("07456", 16, 6, offers=3, overdue=_may(8, 13), soon=3),
    _commune("07477", 9, 4, offers=3, late=3),
    _commune("07510", 6, 2, offers=2),
    _commune("07462", 3, 2), _commune("07459", 1, 3), _commune("07513", 9, 0, soon=1),
    _commune("07492", 6, 0), _commune("07480", 1, 4), _commune("07483", 4, 4),
    _commune("07522", 2, 0), _commune("07444", 7, 3, soon=1), _commune("07450", 4, 0),
    _commune("07453", 9, 0), _commune("07504", 1, 3), _commune("07501", 2, 4),
    _commune("07495", 1, 1), _commune("07465", 7, 4), _commune("07468", 4, 0),
    _commune("07471", 9, 0), _commune("07507", 5, 1), _commune("07489", 3, 3),
    _commune("07498", 2, 4),
    Work(office_id("nnmt", "218"), 1, 0, _may(13), 0, 8, 2, 4),
    Work(office_id("tcd", "218"), done=6),
)  # fmt: skip
"""Lục Nam, commune by commune: look/district-board.png.

One offer to the department and one petition of Tam Dị due soon are told in
:mod:`services.demo.stories`.
"""

BAC_GIANG: Final = (
    _commune("07207", 2, 2, offers=3, late=1, soon=2),
    _commune("07210", 3, 1, overdue=_may(9), soon=3),
    _commune("07231", 4, 2, offers=2, overdue=_may(12, 13), soon=2),
    _commune("07288", 2, 1, offers=1, soon=1),
    _commune("07243", 1, 1, soon=1),
    _commune("07339", 2, 1, offers=2, late=1, overdue=_may(12), soon=2),
    _commune("07345", 3, 1, soon=2),
    _commune("07375", 3, 2, offers=3, overdue=_may(13), soon=2),
    _commune("07381", 2, 1, soon=1),
    _commune("07525", 4, 1, overdue=_may(8), soon=2),
    _commune("07543", 3, 1, offers=1, overdue=_may(12), soon=1),
    _commune("07615", 3, 2, offers=4, late=1, overdue=_may(13), soon=2),
    _commune("07663", 2, 1, offers=1, soon=1),
    _commune("07774", 3, 2, overdue=_may(9), soon=2),
    _commune("07777", 4, 2, offers=3, overdue=_may(13), soon=3),
    _commune("07840", 5, 2, offers=2, overdue=_may(8, 12, 13), soon=2),
    _commune("07843", 2, 1, offers=1, soon=2),
    _commune("07582", 2, 1, soon=1),
    Work(office_id("nnmt", "24"), 3, 0, _may(8, 9, 13), 3, 9, 3, 4),
    Work(office_id("xd", "24"), 1, 0, _may(12), 2, 5, 1, 3),
)
"""The other districts and the province's own departments: look/province-board.png."""

ELSEWHERE: Final = (
    _commune("05971", 8, 3, offers=2, overdue=_may(9), soon=2),
    _commune("05977", 6, 2, soon=1),
    _commune("05992", 5, 2),
    Work(office_id("nnmt", "178"), 1, 1, (), 1, 5, 1, 3),
    _commune("25486", 7, 2, offers=1, overdue=_may(13), soon=1),
    _commune("25504", 6, 2, offers=1),
    _commune("25495", 4, 1, soon=1),
    Work(office_id("nnmt", "705"), 1, 0, (), 0, 4, 1, 3),
    _commune("23479", 8, 3, offers=1, overdue=_may(12), soon=2),
    _commune("23488", 5, 1),
    _commune("23494", 4, 1, soon=1),
    Work(office_id("nnmt", "614"), 1, 0, (), 0, 3, 1, 3),
    _commune("20335", 8, 3, offers=1, overdue=_may(8), soon=2),
    _commune("20344", 6, 2, soon=1),
    _commune("20551", 7, 2, offers=2, late=1, overdue=_may(13)),
    _commune("20572", 4, 1),
    Work(office_id("nnmt", "49"), 2, 0, _may(9), 1, 6, 1, 4),
)
"""Lạng Sơn city, Tân Biên, Kon Rẫy, Tam Kỳ and Điện Bàn, with their departments."""

ALL: Final = (*LUC_NAM, *BAC_GIANG, *ELSEWHERE)
