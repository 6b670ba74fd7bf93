"""Which acts on a case's time are offered, and what day each would give, by the law of the day."""

from dataclasses import replace
from datetime import date

from domain.codes import ComplexGround, PetitionKind, SuspensionGround
from domain.events.settlement import CaseSuspended
from domain.law.clocks import SETTLEMENT
from domain.law.engine import LINE_OF, limit_of
from domain.law.timeline import Timeline
from projections.case_row import CaseRow
from services.law import carried_law
from services.web.present.asking import ActKind
from services.web.present.case import resting_words
from services.web.present.case_acts import CLOSE
from services.web.present.settlement_acts import (
    COMPLEX,
    CONTINUE,
    EXTEND,
    PLAIN,
    REMOTE,
    SETTLEMENT_ACTS,
    SUSPEND,
)
from services.web.present.settling import after, first_answers, lawful, possible
from tests.builders import CASE, PETITION
from tests.projections.chronicle import TAM_DI, Chronicle
from tests.projections.folding import folded, only

LAW = carried_law()
BEGUN, TODAY = date(2025, 5, 5), date(2025, 5, 14)
AUGUST, LATER = date(2026, 8, 3), date(2026, 8, 10)
GROUNDS = (ComplexGround.FOREIGN, ComplexGround.MANY_PEOPLE)
COMPLAINT = Timeline(kind=PetitionKind.COMPLAINT, taken_up_on=BEGUN)
DENUNCIATION = Timeline(kind=PetitionKind.DENUNCIATION, taken_up_on=BEGUN)


def offered(timeline: Timeline, today: date = TODAY) -> tuple[ActKind, ...]:
    return possible(timeline, LAW, today)


def due(timeline: Timeline | None) -> date:
    assert timeline is not None
    calendar = LAW.almanac.calendar
    limit = limit_of(LINE_OF[SETTLEMENT], timeline, calendar, LAW.book, TODAY)
    assert limit is not None
    return limit.due


def test_only_a_complex_denunciation_is_extended_and_as_often_as_the_book_lets_it() -> None:
    assert EXTEND not in offered(COMPLAINT)
    assert EXTEND not in offered(replace(COMPLAINT, grounds=GROUNDS))
    assert EXTEND not in offered(DENUNCIATION)
    simple = replace(DENUNCIATION, grounds=GROUNDS[:1])
    assert offered(simple)[0] is EXTEND
    once = after(EXTEND, simple, {"decided_on": "14/05/2025"}, TODAY)
    assert once is not None
    assert EXTEND not in offered(once)
    assert (due(simple), due(once)) == (date(2025, 6, 4), date(2025, 7, 4))


def test_a_complaint_is_suspended_only_since_the_decree_that_knows_it() -> None:
    assert SUSPEND not in offered(COMPLAINT)
    assert SUSPEND in offered(DENUNCIATION)
    assert SUSPEND in offered(replace(COMPLAINT, taken_up_on=AUGUST), LATER)


def test_a_file_at_rest_goes_on_before_anything_else() -> None:
    rests = after(SUSPEND, DENUNCIATION, {"decided_on": "10/05/2025"}, TODAY)
    assert rests is not None
    assert offered(rests)[0] is CONTINUE
    assert SUSPEND not in offered(rests)
    assert due(after(CONTINUE, rests, {"decided_on": "hôm nay"}, TODAY)) == date(2025, 6, 8)


def test_a_case_suspended_when_its_limit_was_over_is_not_said_to_have_time_left() -> None:
    said = []
    for days in (10, 40):
        told = Chronicle()
        told.received(PETITION, TAM_DI, kind=PetitionKind.DENUNCIATION)
        told.case_opened(CASE, TAM_DI, PETITION, PetitionKind.DENUNCIATION)
        told.wait(days=days)
        ground, on = SuspensionGround.RELATED_RESULT, told.at.date()
        told.record(CaseSuspended, CASE, TAM_DI, ground=ground, decided_on=on, basis="2/QĐ")
        row = only(folded(told), CaseRow)
        said.append((row.settle_due, resting_words(row)))
    assert said == [
        (None, "Đang tạm đình chỉ; thời hạn không chạy."),
        (date(2025, 6, 4), "Đang tạm đình chỉ; đã hết thời hạn từ trước."),
    ]


def test_what_has_no_settlement_limit_or_is_decided_is_offered_nothing() -> None:
    assert offered(Timeline(kind=PetitionKind.FEEDBACK, taken_up_on=BEGUN)) == ()
    assert offered(replace(COMPLAINT, decided_on=TODAY)) == ()


def test_the_grounds_on_file_are_ticked_and_the_new_ones_give_the_day() -> None:
    marked = replace(COMPLAINT, grounds=GROUNDS)
    assert first_answers(COMPLEX, marked) == {
        "grounds.foreign": "1", "grounds.many_people": "1",
    }  # fmt: skip
    assert due(after(COMPLEX, COMPLAINT, {"grounds.foreign": "1"}, TODAY)) == date(2025, 6, 19)
    assert due(after(PLAIN, marked, {}, TODAY)) == date(2025, 6, 4)
    assert due(after(REMOTE, marked, {}, TODAY)) == date(2025, 7, 4)
    assert after(COMPLEX, COMPLAINT, {}, TODAY) is None


def test_an_act_without_its_day_promises_none() -> None:
    for kind in SETTLEMENT_ACTS:
        if any(ask.name == "decided_on" for ask in kind.asks):
            assert after(kind, DENUNCIATION, {"decided_on": "mai"}, TODAY) is None


def reasons(timeline: Timeline, today: date, **typed: str) -> set[str]:
    return set(lawful(CLOSE, timeline, LAW, typed, today)["reason"])


def test_the_end_of_a_case_offers_the_reasons_of_its_kind_on_its_day() -> None:
    assert reasons(COMPLAINT, TODAY) == {"withdrawn"}
    assert reasons(COMPLAINT, LATER) == {
        "withdrawn", "no_successor", "object_gone", "court_took_over",
    }  # fmt: skip
    assert reasons(COMPLAINT, LATER, occurred_at="14/05/2025 09:15") == {"withdrawn"}
    assert reasons(DENUNCIATION, TODAY) == {"withdrawn", "accused_died", "already_decided"}
    decided = replace(COMPLAINT, decided_on=TODAY)
    assert reasons(decided, TODAY) == {"withdrawn", "answered", "decision_carried_out"}
    answered = Timeline(kind=PetitionKind.FEEDBACK, taken_up_on=BEGUN, decided_on=TODAY)
    assert "answered" in reasons(answered, TODAY)
    assert "decision_carried_out" not in reasons(answered, TODAY)


def test_a_suspension_offers_the_grounds_of_its_kind_on_the_day_of_its_decision() -> None:
    def grounds(timeline: Timeline, **typed: str) -> set[str]:
        return set(lawful(SUSPEND, timeline, LAW, typed, LATER)["ground"])

    begun = replace(COMPLAINT, taken_up_on=AUGUST)
    assert grounds(begun) == {"obstacle", "related_result"}
    assert grounds(DENUNCIATION) == {"related_result", "expert_opinion"}
    for typed in ("30/06/2026", "chưa rõ"):
        assert grounds(COMPLAINT, decided_on=typed) == {"obstacle", "related_result"}
    assert set(lawful(SUSPEND, COMPLAINT, LAW, {}, TODAY)["ground"]) == set()


def test_every_other_question_offers_its_whole_list() -> None:
    assert lawful(COMPLEX, COMPLAINT, LAW, {}, TODAY) == {}
    assert lawful(CLOSE, Timeline(kind=PetitionKind.COMPLAINT), LAW, {}, TODAY) == {}
