"""Who comes in, who waits, who is sent away."""

import asyncio
from typing import Any

import pytest

from services.api.admission import Callers, Line, Ticket
from services.api.problems import Problem
from tests.apart import run_apart


async def fills(line: Line, many: int) -> list[asyncio.Task[bool]]:
    """So many come at once."""
    came = [asyncio.create_task(line.enter()) for _ in range(many)]
    await asyncio.sleep(0)
    return came


def test_what_fits_comes_in_the_rest_waits_and_beyond_the_line_nobody_waits() -> None:
    async def scene() -> tuple[list[bool], Line]:
        line = Line("acts", at_once=2, waiting=1, patience=30)
        came = await fills(line, 4)
        assert (line.in_work, line.waiting, line.turned_away) == (2, 1, 1)
        line.leave()
        return await asyncio.gather(*came), line

    let_in, line = run_apart(scene())
    assert let_in == [True, True, True, False]
    assert (line.in_work, line.waiting) == (2, 0)


def test_the_first_in_the_line_is_the_first_to_come_in() -> None:
    async def scene() -> list[int]:
        line, order = Line("acts", at_once=1, waiting=3, patience=30), list[int]()

        async def one(number: int) -> None:
            assert await line.enter()
            order.append(number)
            line.leave()

        await asyncio.gather(*(one(number) for number in range(4)))
        assert line.in_work == 0
        return order

    assert run_apart(scene()) == [0, 1, 2, 3]


def test_who_waits_too_long_is_sent_away_and_leaves_no_gap() -> None:
    async def scene() -> Line:
        line = Line("acts", at_once=1, waiting=5, patience=0.01)
        assert await line.enter()
        assert not await line.enter()
        line.leave()
        assert await line.enter()
        return line

    line = run_apart(scene())
    assert (line.in_work, line.waiting, line.turned_away) == (1, 0, 1)


def test_a_caller_that_goes_away_while_waiting_takes_no_place() -> None:
    async def scene() -> Line:
        line = Line("acts", at_once=1, waiting=5, patience=30)
        assert await line.enter()
        (gone,) = await fills(line, 1)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        line.leave()
        return line

    line = run_apart(scene())
    assert (line.in_work, line.waiting) == (0, 0)


def test_a_place_given_to_a_caller_that_just_went_away_is_given_on() -> None:
    async def scene() -> Line:
        line = Line("acts", at_once=1, waiting=5, patience=30)
        assert await line.enter()
        (gone,) = await fills(line, 1)
        await asyncio.sleep(0)
        line.leave()
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return line

    assert run_apart(scene()).in_work == 0


def test_one_caller_has_its_share_and_others_theirs() -> None:
    callers = Callers(at_once=2)
    tickets = [Ticket(callers) for _ in range(3)]
    tickets[0].belongs_to("a")
    tickets[1].belongs_to("a")
    with pytest.raises(Problem) as refused:
        tickets[2].belongs_to("a")
    assert (refused.value.kind.status, refused.value.headers["Retry-After"]) == (429, "1")
    tickets[2].belongs_to("b")
    for each in tickets:
        each.give_back()
        each.give_back()
    again: Any = Ticket(callers)
    again.belongs_to("a")
    assert callers.turned_away == 1
