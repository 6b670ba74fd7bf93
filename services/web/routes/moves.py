"""What a change of calendar or rulebook moved, beside the page it was made on (hạn đã dời)."""

import asyncio
import time
from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.concurrency import run_in_threadpool

from domain.law.clocks import REPLY
from services.law_moves import LawMoves, moves_of
from services.web import formats
from services.web.models import Link
from services.web.models.calendar import MovedLine, Moves
from services.web.routes.door import TheVisit, Visit

WAITS: Final = 3.0
"""Seconds a page waits for the first pass over the due days; then it says to ask again."""
REST: Final = 0.2
OFFICES: Final = 12
ROWS: Final = 50
LONGEST: Final = 18
"""Digits of a position."""


async def moves_asked(
    visit: TheVisit, position: Annotated[str, Query(alias="doi", max_length=40)] = ""
) -> LawMoves | None:
    """What moved by the fact at a position of the log; None for what is no position.

    Who waits for it keeps no thread from those who read.
    """
    if not (position.isascii() and position.isdigit() and len(position) <= LONGEST):
        return None
    until = time.monotonic() + WAITS
    while True:
        moves = await run_in_threadpool(moves_of, visit.reading, int(position), limit=ROWS)
        if moves.done or time.monotonic() >= until:
            return moves
        await asyncio.sleep(REST)


TheMoves = Annotated[LawMoves | None, Depends(moves_asked)]


def moves_shown(visit: Visit, moves: LawMoves, again: str) -> Moves:
    """What moved, as the page says it; ``again``: where to ask once more."""
    if not moves.done:
        return Moves("Đang tính lại hạn của hồ sơ đang giải quyết.", Link("Xem lại", again))
    if not moves.total:
        return Moves("Không có hạn nào phải dời.")
    names = visit.seat.names
    counted = sorted(moves.offices, key=lambda each: -each[1])
    rest = sum(moved for _, moved in counted[OFFICES:])
    offices = [(names.office(office), formats.number(moved)) for office, moved in counted[:OFFICES]]
    if rest:
        offices.append(("Các cơ quan khác", formats.number(rest)))
    total = formats.number(moves.total)
    return Moves(
        words=f"{total} hạn đang chạy đã dời, ở {len(moves.offices)} cơ quan.",
        offices=tuple(offices),
        rows=tuple(
            MovedLine(
                number=each.number,
                href=f"/{'ho-so' if each.clock == REPLY else 'vu-viec'}/{each.subject}",
                words="Trả lời công dân" if each.clock == REPLY else "Giải quyết",
                was="" if each.was is None else formats.day(each.was),
                due="" if each.due is None else formats.day(each.due),
            )
            for each in moves.own
        ),
        more="Còn nữa: xem trong danh sách hồ sơ." if moves.next else "",
    )
