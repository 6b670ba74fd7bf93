"""Kafka down, Postgres down: what the offices notice, and that nothing is half-done afterwards."""

from typing import Any
from uuid import uuid4

import httpx

from domain.codes import Role
from infra.local.ports import wait_until
from services.demo.offices import committee
from tests.doors import Receipt
from tests.faults.noted import note
from tests.stack import Stack
from tests.stories.levels import more
from tests.stories.test_single_petitioner import CAM_LY, COMPLAINT, sorted_complaint

DISTRICT_BOARD = "/boards/district/218"
OLD = 3.0
WRITES_AGAIN_WITHIN = 15.0
"""Seconds; reliability.md F04."""


def parts_down(stack: Stack) -> set[str]:
    """The parts that the API says are down."""
    told = httpx.get(f"{stack.url}/readyz", timeout=10).json()
    return {part["name"] for part in told["parts"] if not part["up"]}


def age(board: Any) -> float:
    """How old a board says it is, in seconds."""
    return float(board["freshness"]["age_seconds"])


def test_without_kafka_acts_are_taken_boards_tell_their_age_and_all_arrives_later(
    stack: Stack,
) -> None:
    with (
        stack.door(committee(CAM_LY)) as desk,
        stack.door(committee("218"), Role.LEADER) as chair,
    ):
        before = chair.see(DISTRICT_BOARD, sorted_complaint(desk))
        with stack.without("kafka"):
            receipts = [sorted_complaint(desk) for _ in range(3)]
            assert wait_until(lambda: age(chair.see(DISTRICT_BOARD)) > OLD, within=30)
            assert chair.see(DISTRICT_BOARD)["total"] == before["total"]
            assert wait_until(lambda: parts_down(stack) == {"kafka"}, within=10)
            ready = httpx.get(f"{stack.url}/readyz", timeout=10)
            assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
        boards = [chair.see(DISTRICT_BOARD, each) for each in receipts]
        assert more(boards[-1]["total"], before["total"]) == {"received": 3, "open": 3}
        assert wait_until(lambda: age(chair.see(DISTRICT_BOARD)) < OLD, within=30)
    note("F07", "the only broker away: boards tell their age", faults=1, commands=4)


def test_without_postgres_nothing_is_taken_and_the_same_request_succeeds_afterwards(
    stack: Stack,
) -> None:
    key = uuid4().hex
    with stack.door(committee(CAM_LY)) as desk:
        before = desk.act("/petitions", COMPLAINT)
        head = stack.head()
        with stack.without("postgres"):
            refused = desk.send("/petitions", COMPLAINT, key=key)
            assert refused.status_code == 503, refused.text
            assert int(refused.headers["Retry-After"]) > 0
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.json()["errors"][0]["mend"]
            board = desk.http.get(f"/api/v1/boards/commune/{CAM_LY}")
            assert (board.status_code, "Retry-After" in board.headers) == (503, True)
            assert httpx.get(f"{stack.url}/readyz", timeout=10).status_code == 503
            assert httpx.get(f"{stack.url}/livez", timeout=10).status_code == 200
        assert stack.head() == head
        answers: list[httpx.Response] = []

        def recorded() -> bool:
            answers.append(desk.send("/petitions", COMPLAINT, key=key))
            return answers[-1].is_success

        assert wait_until(recorded, within=WRITES_AGAIN_WITHIN)
        receipt = Receipt.of(answers[-1])
        again = Receipt.of(desk.send("/petitions", COMPLAINT, key=key))
        shown = desk.see(f"/petitions/{receipt.id}", receipt)
    assert again == receipt
    assert number(receipt) == number(before) + 1
    assert shown["number"] == receipt.number
    note("F04", "Postgres away: the refused act succeeds by its key", faults=1, commands=2)


def number(receipt: Receipt) -> int:
    """The running number in a receipt number."""
    assert receipt.number is not None
    return int(receipt.number.rsplit("-", 1)[1])
