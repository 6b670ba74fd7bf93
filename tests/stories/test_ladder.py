"""A case goes up the ladder: reported, escalated, directed; the commune stays answerable."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest

from domain.codes import Role
from domain.days import day_of
from services.demo.offices import committee
from tests.doors import Door, Receipt
from tests.stack import Stack
from tests.stories.test_single_petitioner import sorted_complaint

NGHIA_PHUONG, LUC_NAM = "07486", "218"
DISTRICT = committee(LUC_NAM)
SUMMARY = {"texts": {"summary": "Nhiều hộ liên quan (mẫu)."}}


@dataclass(frozen=True)
class Ladder:
    """The commune's people and the chair above."""

    desk: Door
    head: Door
    superior: Door
    case: Receipt
    in_ten_days: str


@pytest.fixture
def ladder(stack: Stack) -> Iterator[Ladder]:
    own = committee(NGHIA_PHUONG)
    due = day_of(stack.settings.clock().now()) + timedelta(days=10)
    with ExitStack() as doors:
        desk = doors.enter_context(stack.door(own))
        head = doors.enter_context(stack.door(own, Role.LEADER))
        superior = doors.enter_context(stack.door(DISTRICT, Role.LEADER))
        case = head.act("/cases", {"petition_id": sorted_complaint(desk).id})
        yield Ladder(desk, head, superior, case, due.isoformat())


def test_a_report_tells_the_superior_and_moves_no_charge(ladder: Ladder) -> None:
    path = f"/cases/{ladder.case.id}"
    reported = ladder.head.act(f"{path}/reports", SUMMARY, on=ladder.case)
    row = ladder.superior.see(path, reported)
    assert (row["office"], row["reported_to"]) == (ladder.head.office, DISTRICT)
    assert row["unconfirmed"] == [DISTRICT]
    known = ladder.superior.act(f"{path}/acknowledgement", {}, on=reported)
    assert ladder.head.see(path, known)["unconfirmed"] == []


def test_an_escalated_case_is_directed_and_the_commune_sees_it_on_its_desk(ladder: Ladder) -> None:
    path = f"/cases/{ladder.case.id}"
    before = ladder.superior.see("/boards/district/218", ladder.case)["total"]
    raised = ladder.head.act(f"{path}/escalations", {"ground": "complex"}, on=ladder.case)
    board = ladder.superior.see("/boards/district/218", raised)
    assert ladder.case.id in [each["case"]["case_id"] for each in board["awaiting"] if each["case"]]
    direction = {"due": ladder.in_ten_days, "texts": {"instruction": "Đối thoại (mẫu)."}}
    directed = ladder.superior.act(f"{path}/directions", direction, on=raised)
    row = ladder.head.see(path, directed)
    assert (row["directed_by"], row["direction_due"]) == (DISTRICT, ladder.in_ten_days)
    assert row["office"] == ladder.head.office
    after = ladder.superior.see("/boards/district/218", directed)["total"]
    assert (after["escalated"], after["directed"]) == (
        before["escalated"] + 1,
        before["directed"] + 1,
    )
    waiting = ladder.desk.see("/inbox", directed, queue="directed", limit=200)
    assert ladder.case.id in [each["case"]["case_id"] for each in waiting["page"]["items"]]


def test_nobody_but_a_superior_directs(ladder: Ladder) -> None:
    direction = {"due": ladder.in_ten_days}
    path = f"/cases/{ladder.case.id}/directions"
    ladder.head.refused(path, direction, "may_not_direct", on=ladder.case)


def test_transferred_is_no_reason_to_close_and_an_undecided_case_does_not_close(
    ladder: Ladder,
) -> None:
    path = f"/cases/{ladder.case.id}/closure"
    row = ladder.head.see(f"/cases/{ladder.case.id}", ladder.case)
    closing = {"reason": "transferred", "notice": "written", "noticed_on": row["opened_on"]}
    told = ladder.head.refused(path, closing, "invalid_request", on=ladder.case)
    assert told["errors"][0]["pointer"] == "#/reason"
    closing["reason"] = "answered"
    ladder.head.refused(path, closing, "closing_needs_decision", on=ladder.case)


def test_who_acts_on_an_old_version_is_told_which_one_is_new(ladder: Ladder) -> None:
    path = f"/cases/{ladder.case.id}"
    reported = ladder.head.act(f"{path}/reports", SUMMARY, on=ladder.case)
    answer = ladder.head.send(f"{path}/escalations", {"ground": "heated"}, on=ladder.case)
    assert (answer.status_code, answer.json()["code"]) == (412, "outdated")
    assert answer.headers["ETag"] == f'"{reported.version}"'
