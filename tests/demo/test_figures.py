"""The boards of the filled demo show what look/province-board.png draws."""

from collections import Counter
from datetime import date

import pytest

from domain.codes import PetitionKind, Site
from projections.case_row import CaseRow, CaseState
from projections.gatherings import GatheringRow
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow, PetitionState
from projections.return_missions import MissionRow
from services.demo import NOW, DemoSummary
from tests.demo.little_stack import Boards, LittleStack, tree_of

TODAY = date(2025, 5, 14)
SOON = date(2025, 5, 16)
Filled = tuple[LittleStack, DemoSummary]

PENDING = {
    "213": 5, "215": 1, "216": 2, "217": 3, "218": 10, "219": 1, "220": 5, "222": 3, "223": 3,
    "224": 0, "24": 37,
}  # fmt: skip
OVERDUE = {
    "213": 3, "215": 0, "216": 1, "217": 1, "218": 6, "219": 1, "220": 1, "222": 2, "223": 3,
    "224": 1, "24": 23,
}  # fmt: skip
DUE_SOON = {
    "213": 7, "215": 2, "216": 4, "217": 3, "218": 9, "219": 2, "220": 3, "222": 5, "223": 4,
    "224": 2, "24": 46,
}  # fmt: skip


def dues(boards: Boards) -> Counter[tuple[str, date]]:
    """Petitions without an answer and cases without a decision, by office and due day."""
    unanswered = [(p.in_charge, p.due_on) for p in boards.all(PetitionRow) if p.answered_on is None]
    unsettled = [
        (c.office, c.settle_due)
        for c in boards.all(CaseRow)
        if c.state == CaseState.OPEN and c.settle_due is not None
    ]
    return Counter(unanswered + unsettled)


@pytest.mark.parametrize(("code", "count"), PENDING.items())
def test_offers_wait_where_the_drawing_says(
    whole: Filled, boards: Boards, code: str, count: int
) -> None:
    offices = whole[0].offices_under(code)
    waiting = [o for o in boards.all(OfferRow) if o.answered_at is None and o.to_office in offices]
    assert len(waiting) == count


def test_six_offers_are_past_their_reply_date(whole: Filled, boards: Boards) -> None:
    offices = whole[0].offices_under("24")
    late = [
        o
        for o in boards.all(OfferRow)
        if o.answered_at is None and o.to_office in offices and o.reply_due < TODAY
    ]
    assert len(late) == 6


@pytest.mark.parametrize(("code", "count"), OVERDUE.items())
def test_work_is_overdue_where_the_drawing_says(
    whole: Filled, boards: Boards, code: str, count: int
) -> None:
    offices = whole[0].offices_under(code)
    assert sum(n for (o, due), n in dues(boards).items() if o in offices and due < TODAY) == count


@pytest.mark.parametrize(("code", "count"), DUE_SOON.items())
def test_work_is_due_soon_where_the_drawing_says(
    whole: Filled, boards: Boards, code: str, count: int
) -> None:
    offices = whole[0].offices_under(code)
    soon = dues(boards).items()
    assert sum(n for (o, due), n in soon if o in offices and TODAY <= due <= SOON) == count


def test_four_crowds_stand_in_bac_giang_and_one_waits_before_luc_nams_office(
    whole: Filled, boards: Boards
) -> None:
    stack, _ = whole
    on = TODAY
    tree = tree_of(stack)
    province = tree.get_unit("24", on)
    units = {province.unit_id, *(u.unit_id for u in tree.units_under(province.unit_id, on))}
    standing = [g for g in boards.all(GatheringRow) if g.dispersed_at is None and g.place in units]
    assert len(standing) == 4
    (waiting,) = [g for g in standing if g.received_at is None]
    assert waiting.site == Site.DISTRICT_OFFICE
    assert (waiting.count_low, waiting.count_high) == (40, 50)
    assert waiting.must_receive == "ubnd-218-20250101"
    assert waiting.must_come == ("ubnd-07486-20250101",)
    assert (NOW - waiting.reported_at).total_seconds() == 12 * 60
    assert waiting.case_id in {case.case_id for case in boards.all(CaseRow)}


def test_twelve_go_home_and_four_stay_by_choice(boards: Boards) -> None:
    (under_way,) = [m for m in boards.all(MissionRow) if m.closed_at is None]
    assert (under_way.consented, under_way.declined) == (12, 4)
    assert under_way.home_office == "ubnd-07510-20250101"


def test_one_reception_at_home_was_held_and_one_is_promised_for_tomorrow(boards: Boards) -> None:
    over = [m for m in boards.all(MissionRow) if m.closed_at is not None]
    promised = {m.follow_up_office: (m.follow_up_on, m.follow_up_held_on) for m in over}
    assert promised == {
        "ubnd-07477-20250101": (date(2025, 4, 25), date(2025, 4, 25)),
        "ubnd-05977-20250101": (date(2025, 5, 15), None),
    }


def test_a_petition_bounced_twice_waits_for_its_district(boards: Boards) -> None:
    disputed = [p for p in boards.all(PetitionRow) if p.state == PetitionState.DISPUTED]
    judges = {p.in_charge: p.disputed_superior for p in disputed}
    assert judges == {
        "ubnd-07519-20250101": "ubnd-218-20250101",
        "ubnd-07615-20250101": "ubnd-220-20250101",
    }
    assert all(p.returns == 2 for p in disputed)


def test_cases_were_escalated_directed_and_reported_upward(boards: Boards) -> None:
    cases = list(boards.all(CaseRow))
    assert {c.rung for c in cases if c.escalated_to} == {1, 2}
    assert {c.directed_by for c in cases} >= {"ubnd-218-20250101", "ubnd-49-20250101"}
    assert any(c.reported_to == "ubnd-705-20250101" and not c.unconfirmed for c in cases)
    assert any(c.petitions == 3 for c in cases)


def test_every_kind_of_end_is_among_the_plain_petitions(boards: Boards) -> None:
    states = Counter(p.state for p in boards.all(PetitionRow))
    assert set(states) == set(PetitionState)
    assert states[PetitionState.CONCLUDED] > 50


def test_the_only_denunciation_never_touches_the_accused_office(boards: Boards) -> None:
    (denounced,) = [p for p in boards.all(PetitionRow) if p.kind == PetitionKind.DENUNCIATION]
    assert denounced.accused_office == "ubnd-07498-20250101"
    assert denounced.in_charge == "ttr-218-20250101"


def test_the_demo_holds_about_six_hundred_petitions(whole: Filled) -> None:
    assert 560 <= whole[1].petitions <= 640
