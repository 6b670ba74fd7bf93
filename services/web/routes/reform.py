"""The preview of the reform whose lists the project carries (xem trước phương án)."""

from typing import Annotated

from fastapi import Query, Response

from domain.directory import UnknownUnit
from domain.errors import NotFound
from services.access import SYSTEM, RoleMayNot
from services.reform import carried_order
from services.reform.open_work import touched
from services.web.present.reform import ADDRESS, Seen, Shown, reform_page
from services.web.routes.door import TheVisit
from services.web.routes.page_route import pages

router = pages()


@router.get(ADDRESS)
def read_reform(
    visit: TheVisit,
    top: Annotated[str, Query(alias="tinh", max_length=64)] = "",
    after: Annotated[str, Query(alias="sau", max_length=64)] = "",
    only: Annotated[str, Query(alias="loc", max_length=20)] = "",
) -> Response:
    """What becomes of each unit below a former one. Only for who keeps the directory.

    Refuses: ``ReformContradicts``, ``NotFound``.
    """
    if visit.reading.officer.role not in SYSTEM:
        raise RoleMayNot(
            "Vai của bạn không xem được phương án sắp xếp.", mend="Nhờ quản trị danh bạ."
        )
    views, today = visit.parts.views, visit.reading.today
    try:
        seen = Seen.of(
            carried_order(), visit.directory, top, lambda area: touched(views, area, today)
        )
    except UnknownUnit as unknown:
        raise NotFound("Không có đơn vị này trước ngày sắp xếp.") from unknown
    shown = Shown(only) if only in set(Shown) else Shown.ALL
    return visit.page("reform.html", reform_page(seen, after, visit.seat, shown))
