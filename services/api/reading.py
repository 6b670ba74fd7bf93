"""Asking the views on somebody's behalf: rights first, then rows (đọc dữ liệu).

Rights are judged on the dossier in the store, as it is now; what is shown comes from the
views. A dossier outside the reader's circle answers like one that never was.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, ParamSpec, TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Depends, Header, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from domain.case import Case
from domain.directory import Directory
from domain.dossier import Dossier
from domain.errors import Invalid, NotFound
from domain.gathering import Gathering
from domain.law.deadlines import working_days_after
from domain.petition import Petition
from domain.ports import LANES
from domain.return_mission import ReturnMission
from domain.values import Officer
from projections.answers import Page
from projections.asks import Reach
from projections.queries import Views
from services import sight
from services.api import catalogue
from services.api.deps import Parts, TheOfficer, Today
from services.api.parts import ApiParts
from services.api.problems import Problem
from services.areas import looked_over
from services.circles import circle_of
from services.reach import reach_of
from services.sight import Circle

P = ParamSpec("P")
T = TypeVar("T")

SOON_WORKING_DAYS = 3
"""A due day at most so many working days away counts as near (look/README.md, due chip)."""
WAIT_SECONDS = 2.0
"""How long a reader waits for the views to show a position, at most."""
NOWHERE = "Không tìm thấy hồ sơ."
MARK_FORM = re.compile(r"([0-9]{1,2})-([0-9]{1,18})", re.ASCII)
KINDS: tuple[type[Petition] | type[Case] | type[Gathering] | type[ReturnMission], ...] = (
    Petition,
    Case,
    Gathering,
    ReturnMission,
)


@dataclass(frozen=True)
class Reading:
    """A reader, on a day, before the views."""

    parts: ApiParts
    officer: Officer
    today: date

    @property
    def directory(self) -> Directory:
        """The office tree."""
        return self.parts.directory()

    @property
    def soon_until(self) -> date:
        """The last day that counts as near."""
        return working_days_after(self.today, SOON_WORKING_DAYS, self.parts.calendar)

    async def ask(self, query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query beside the event loop."""
        return await run_in_threadpool(query, *args, **kwargs)

    async def page(
        self, query: Callable[..., Page[T]], *args: Any, cursor: str | None, **kwargs: Any
    ) -> Page[T]:
        """A page of a list. Refuses: 422 naming the parameter when the cursor is broken."""
        try:
            return await self.ask(query, *args, after=cursor, **kwargs)
        except Invalid as broken:
            if broken.pointer == "/after":
                broken.pointer = "query/cursor"
            raise

    def sees(self, circle: Circle) -> bool:
        """Whether a dossier with this circle exists for the reader."""
        return sight.may_see(self.officer, circle, self.directory, self.today)

    def reach(self) -> Reach:
        """What lists need not read for the reader. The first of a day goes through the country."""
        return reach_of(self.officer, self.directory, self.today)

    def unit(self, ref: str | None, *, pointer: str = "query/unit", at: date | None = None) -> str:
        """The unit to look over; the reader's own when none is named. Refuses: 403, 422.

        A bare code is of ``at``, of today when left out.
        """
        own = self.directory.get_office(self.officer.office, self.today).unit
        unit = looked_over(
            self.officer, ref or own, self.directory, self.today, pointer=pointer, at=at
        )
        return unit.unit_id

    async def dossier(self, stream: UUID, kind: type[Dossier] | None = None) -> Dossier:
        """A dossier the reader may see, from the store; of this kind, when one is named.

        Refuses: ``NotFound``, alike for what never was, what is hidden and another kind.
        """
        dossier = await self.ask(self._load, stream)
        if kind is not None and not isinstance(dossier, kind):
            raise NotFound(NOWHERE)
        circle = circle_of(dossier, self.directory, self.today)
        sight.must_see(self.officer, circle, self.directory, self.today)
        return dossier

    def shows(self, stream: UUID) -> bool:
        """Whether a dossier exists for the reader. Waits for the store."""
        return self.sees(circle_of(self._load(stream), self.directory, self.today))

    def _load(self, stream: UUID) -> Dossier:
        facts = self.parts.store.load(stream)
        for kind in KINDS:
            if facts and isinstance(facts[0], kind.BEGINS_WITH):
                return kind.replay(stream, facts)
        raise NotFound(NOWHERE)

    def shown(self, found: T | None, stream: UUID) -> T:
        """What a view has of a dossier that exists. Refuses: 503 while the view is behind."""
        if found is not None:
            return found
        raise Problem.at(
            catalogue.VIEWS_BEHIND,
            "#",
            f"Hồ sơ {stream} đã được ghi nhưng chưa lên màn hình tra cứu.",
            "Chờ một giây rồi đọc lại; gửi Wait-For để hệ thống tự chờ.",
            Retry_After="1",
        )


def token_of(text: str) -> Sequence[tuple[int, int]]:
    """Lanes and positions of a token, one for each lane that an act wrote. Refuses: 400."""
    found = [MARK_FORM.fullmatch(mark) for mark in text.split(".", LANES)]
    marks = [(int(mark[1]), int(mark[2])) for mark in found if mark]
    if len(marks) == len(found) <= LANES and all(lane < LANES for lane, _ in marks):
        return marks
    raise Problem.at(
        catalogue.WAIT_MALFORMED,
        "header/Wait-For",
        "Mã vị trí sai dạng.",
        "Gửi đúng giá trị position trong biên nhận, ví dụ 3-1204.",
    )


def shows(views: Views, marks: Sequence[tuple[int, int]], timeout: float) -> bool:
    """Whether the views show all of it, at the latest when the time is over."""
    until = time.monotonic() + timeout
    return all(
        views.wait_for(lane, position, timeout=max(0.0, until - time.monotonic()))
        for lane, position in marks
    )


async def waited_for(request: Request, views: Views, marks: Sequence[tuple[int, int]]) -> bool:
    """As :func:`shows`, two seconds at most, on a thread of those who wait."""
    asked = partial(shows, views, marks, WAIT_SECONDS)
    return await to_thread.run_sync(asked, limiter=request.app.state.waiting)


async def reading_of(
    request: Request,
    response: Response,
    parts: Parts,
    officer: TheOfficer,
    today: Today,
    header: Annotated[
        str | None,
        Header(alias="Wait-For", description="A receipt's position: wait until it is shown."),
    ] = None,
    query: Annotated[
        str | None, Query(alias="wait_for", description="The same, for links.")
    ] = None,
) -> Reading:
    """The reader, once the views show the position asked for, or two seconds later.

    Then the answer is 202 with ``Views-Behind``: what is shown is older than was asked for.
    """
    wanted = header or query
    if wanted is not None and not await waited_for(request, parts.views, token_of(wanted)):
        response.status_code = 202
        response.headers["Views-Behind"] = wanted
    return Reading(parts, officer, today)


TheReader = Annotated[Reading, Depends(reading_of)]
