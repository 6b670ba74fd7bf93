"""What a file's facts make of its days: offers that fall away, offices that become one, ends."""

from datetime import date
from uuid import UUID

from domain.codes import PetitionKind, Seat
from domain.events.base import OfficeEvent
from domain.events.case import CaseClosed, CaseOpened
from domain.events.petition import (
    PetitionClassified,
    PetitionReceived,
    PetitionRehomed,
    PetitionTransferred,
)
from domain.events.settlement import CaseSuspended
from domain.law.calendar import Calendar
from domain.law.clocks import Clock
from domain.law.engine import clocks
from domain.law.happened import Happened, happened
from domain.law.timeline import Timeline
from domain.law.told_clocks import as_data
from services.law import carried_law
from tests.builders import CAM_LY, CASE, LUC_NAM, PETITION, VOI, Draft, fact, unit_of
from tests.domain.after_the_reform import NEW_CAM_LY
from tests.services.reminding import moment

COMPLAINT, DENUNCIATION = PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION
PLAIN = Calendar((), (2025, 2026))
JULY_1, AUGUST = date(2025, 7, 1), date(2025, 8, 14)
RECEIVED = fact(PetitionReceived, CAM_LY, at=moment(date(2025, 5, 5)))


def in_turn(*drafts: Draft, stream: UUID = PETITION) -> tuple[OfficeEvent, ...]:
    """Facts of one stream, each on the day it says."""
    assert {draft.stream for draft in drafts} == {stream}
    return tuple(draft.recorded(version, moment(AUGUST)) for version, draft in enumerate(drafts, 1))


def of(facts: tuple[OfficeEvent, ...], on: date = AUGUST) -> Happened:
    found = happened(facts, by=on, known=date.max)
    assert found is not None
    return found


def asked(timeline: Timeline, on: date = AUGUST) -> dict[str, Clock]:
    return {each.name: each for each in clocks(timeline, PLAIN, carried_law().book, on)}


def rehomed(former: str, seat: Seat, to: str = NEW_CAM_LY) -> Draft:
    """An office's part goes to another in the reform."""
    return fact(
        PetitionRehomed, "system", former=former, from_office=former, to_office=to,
        to_unit=unit_of(to), seats=(seat,), candidates=(to,), offer=1, at=moment(JULY_1),
    )  # fmt: skip


OFFERED = fact(
    PetitionTransferred, CAM_LY, to_office=VOI, to_unit=unit_of(VOI), at=moment(date(2025, 5, 5))
)


def test_an_offer_between_two_offices_that_became_one_waits_no_more_and_stops_no_clock() -> None:
    both = (rehomed(CAM_LY, Seat.IN_CHARGE), rehomed(VOI, Seat.OFFERED_TO))
    for order in (both, both[::-1]):
        file = of(in_turn(RECEIVED, OFFERED, *order))
        assert (file.office, file.timeline.offered_on) == (NEW_CAM_LY, None)
        found = asked(file.timeline)
        assert found["acceptance"].is_late_on(AUGUST)
        assert "transfer.answer" not in found


def test_an_offer_to_an_heir_still_waits_from_its_day_on() -> None:
    file = of(in_turn(RECEIVED, OFFERED, rehomed(VOI, Seat.OFFERED_TO)))
    assert (file.office, file.timeline.offered_on) == (CAM_LY, date(2025, 5, 5))
    file = of(in_turn(RECEIVED, OFFERED, rehomed(CAM_LY, Seat.IN_CHARGE)))
    assert (file.office, file.timeline.offered_on) == (NEW_CAM_LY, date(2025, 5, 5))


def elsewhere(day: date) -> Draft:
    """Found to be the district's."""
    return fact(
        PetitionClassified, CAM_LY, kind=DENUNCIATION, competent_office=LUC_NAM, at=moment(day)
    )


DENOUNCED = fact(
    PetitionReceived, CAM_LY, kind=DENUNCIATION, at=moment(date(2025, 5, 5))
)  # fmt: skip


def test_a_denunciation_of_anothers_is_passed_on_within_days_of_its_receipt_whenever_it_is_sorted(
) -> None:  # fmt: skip
    """Law 25/2018 art. 24.2: five working days from the day on which it came."""
    once, again = elsewhere(date(2025, 5, 16)), elsewhere(date(2025, 6, 2))
    for facts in ((DENOUNCED, once), (DENOUNCED, once, again)):
        passing = asked(of(in_turn(*facts)).timeline)["wrong_addressee"].deadline
        assert (passing.start, passing.due) == (date(2025, 5, 5), date(2025, 5, 12))


def test_who_answers_for_what_was_found_to_be_its_own_need_not_pass_it_on() -> None:
    sorted_out = (DENOUNCED, elsewhere(date(2025, 5, 6)))
    assert "wrong_addressee" in asked(of(in_turn(*sorted_out)).timeline)
    now = of(in_turn(*sorted_out, rehomed(CAM_LY, Seat.IN_CHARGE, to=LUC_NAM)))
    assert "wrong_addressee" not in asked(now.timeline)


def test_a_case_closed_while_it_was_suspended_is_explained_alike_on_any_later_day() -> None:
    facts = in_turn(
        fact(CaseOpened, CAM_LY, kind=DENUNCIATION, at=moment(date(2025, 5, 5))),
        fact(CaseSuspended, CAM_LY, decided_on=date(2025, 5, 15), at=moment(date(2025, 5, 15))),
        fact(CaseClosed, CAM_LY, noticed_on=date(2025, 6, 20), at=moment(date(2025, 6, 20))),
        stream=CASE,
    )  # fmt: skip
    told = [
        as_data(asked(of(facts, on).timeline, on)["settlement"], on)
        for on in (date(2025, 6, 20), date(2025, 7, 20), date(2025, 9, 20))
    ]
    assert told[0] == told[1] == told[2]
    assert (told[0]["due"], told[0]["rests"], told[0]["late"]) == ("2025-07-10", False, False)
    assert told[0]["suspensions"] == [
        {"from": "2025-05-15", "until": "2025-06-20", "days": 36, "why": "suspended"}
    ]
