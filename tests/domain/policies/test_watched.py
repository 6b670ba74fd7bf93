"""What is reminded of and what "vì sao?" tells are the same clocks, whatever happened to a file."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codes import Channel, CheckGround, ComplexGround, PetitionKind, Seat
from domain.events import case, filing, petition, settlement
from domain.events.base import OfficeEvent
from domain.law.clocks import Whose
from domain.law.engine import clocks
from domain.law.happened import happened
from domain.policies.known import Known
from domain.policies.watched import CaseFile, PetitionFile, file_of
from services.law import carried_law
from tests.builders import CAM_LY, LUC_NAM, NGHIA_PHUONG, VOI, Draft, fact, unit_of
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.services.reminding import moment

OFFICES = (CAM_LY, VOI, NGHIA_PHUONG, LUC_NAM)
MAY_5 = date(2025, 5, 5)
LAW = carried_law()

KINDS = st.sampled_from([PetitionKind.DENUNCIATION, *PetitionKind])
WHERE, DAYS = st.integers(0, len(OFFICES) - 1), st.sampled_from([0, 1, 4, 11, 35])
TURNS = st.lists(st.tuples(st.integers(0, 9), WHERE, DAYS), min_size=2, max_size=8)
many = settings(max_examples=100)


class Petition:
    """A petition that is sorted, offered about, taken over by heirs, and perhaps taken up."""

    def __init__(self, kind: PetitionKind, channel: Channel) -> None:
        self.kind, self.holder, self.offered_to, self.over = kind, CAM_LY, "", False
        self.received = fact(petition.PetitionReceived, CAM_LY, kind=kind, channel=channel)

    def act(self, verb: int, office: str) -> Draft | None:
        """What may be done next; None where nothing of the kind may."""
        if self.over:
            return None
        if verb < 2:
            sorted_as = petition.PetitionClassified
            return fact(sorted_as, self.holder, kind=self.kind, competent_office=office)
        if verb < 4:
            return self._rehomed(office, (Seat.IN_CHARGE, Seat.OFFERED_TO)[verb - 2])
        if self.offered_to:
            return self._answered(verb)
        if verb < 7:
            return self._offered(office)
        if verb == 7:
            self.over = True
            return fact(petition.PetitionTakenUp, self.holder)
        if verb == 8:
            return fact(filing.FurtherDenounced, self.holder, basis="1/KL")
        return fact(filing.CheckWidened, self.holder, ground=CheckGround.DELEGATED)

    def _offered(self, office: str) -> Draft | None:
        if office == self.holder:
            return None
        self.offered_to = office
        to_unit = unit_of(office)
        return fact(petition.PetitionTransferred, self.holder, to_office=office, to_unit=to_unit)

    def _answered(self, verb: int) -> Draft:
        office, self.offered_to = self.offered_to, ""
        if verb < 7:
            self.holder = office
            return fact(petition.PetitionAccepted, office)
        event = petition.PetitionReturned if verb == 7 else petition.PetitionRecalled
        return fact(event, office if verb == 7 else self.holder)

    def _rehomed(self, office: str, seat: Seat) -> Draft | None:
        was = self.holder if seat is Seat.IN_CHARGE else self.offered_to
        if not was or was == office:
            return None
        if seat is Seat.IN_CHARGE:
            self.holder = office
        else:
            self.offered_to = office
        if self.offered_to == self.holder:
            self.offered_to = ""
        return fact(
            petition.PetitionRehomed, "system", former=was, from_office=was, to_office=office,
            to_unit=unit_of(office), seats=(seat,), candidates=(office,), offer=1,
        )  # fmt: skip


def on_case(said: Sequence[Draft], verb: int, office: str, today: date) -> Draft | None:
    """What may be done next to a case."""
    kinds = [draft.event for draft in said]
    rests = kinds.count(settlement.CaseSuspended) > kinds.count(settlement.CaseContinued)
    decided = case.DecisionIssued in kinds
    grounds = (ComplexGround.FOREIGN,)
    by_verb: Sequence[tuple[type[OfficeEvent], dict[str, Any], bool]] = (
        (case.AcceptanceNotified, {"noticed_on": today}, True),
        (case.DirectionIssued, {"due": today}, True),
        (case.CaseReportedUpward, {"to_office": LUC_NAM}, True),
        (settlement.CaseMarkedComplex, {"grounds": grounds}, not decided),
        (settlement.SettlementExtended, {"grounds": grounds, "step": 1, "decided_on": today},
            not decided),
        (settlement.CaseSuspended, {"decided_on": today}, not decided and not rests),
        (settlement.CaseContinued, {"decided_on": today}, rests),
        (case.DecisionIssued, {"decided_on": today}, not decided and not rests),
        (case.CaseEscalated, {"to_office": LUC_NAM}, True),
        (case.HandlerAssigned, {}, True),
    )  # fmt: skip
    event, more, may = by_verb[verb]
    by = office if event is case.DirectionIssued else CAM_LY
    return fact(event, by, **more) if may else None


def alike(facts: Sequence[OfficeEvent], today: date) -> PetitionFile | CaseFile:
    """Who answers and which clocks run off against it, both ways."""
    known = Known(LAW, LITTLE_COUNTRY, today)
    file = file_of(facts[0].originator_id, facts, known.offices)
    told = happened(facts, by=today, known=today)
    assert isinstance(file, PetitionFile | CaseFile)
    assert told is not None
    assert file.office == told.office
    reminded = {(each.clock, each.due) for each in known.running(file.timeline, file.office)}
    explained = {
        (each.name, each.deadline.due)
        for each in clocks(told.timeline, known.calendar_of(told.office), LAW.book, today)
        if each.runs and each.watched and each.whose is Whose.OFFICE and not each.deadline.rests
    }
    assert reminded == explained
    return file


def recorded(drafts: Sequence[tuple[Draft, date]]) -> Sequence[OfficeEvent]:
    return [draft.recorded(version, moment(on)) for version, (draft, on) in enumerate(drafts, 1)]


@many
@given(KINDS, st.sampled_from([Channel.COUNTER, Channel.AGENCY]), TURNS)
def test_a_petition_is_reminded_of_what_is_explained_of_it(
    kind: PetitionKind, channel: Channel, turns: list[tuple[int, int, int]]
) -> None:
    file, today = Petition(kind, channel), MAY_5
    drafts = [(file.received, MAY_5)]
    for verb, where, days in turns:
        today += timedelta(days=days)
        draft = file.act(verb, OFFICES[where])
        drafts += [] if draft is None else [(draft, today)]
    watched = alike(recorded(drafts), today)
    assert isinstance(watched, PetitionFile)
    assert (watched.timeline.offered_on is None) == (watched.petition.offer is None)
    assert file.over == (watched.timeline.accepted_on is not None)


@many
@given(KINDS, TURNS)
def test_a_case_is_reminded_of_what_is_explained_of_it(
    kind: PetitionKind, turns: list[tuple[int, int, int]]
) -> None:
    drafts, today = [(fact(case.CaseOpened, CAM_LY, kind=kind), MAY_5)], MAY_5
    for verb, where, days in turns:
        today += timedelta(days=days)
        draft = on_case([each for each, _ in drafts], verb, OFFICES[where], today)
        drafts += [] if draft is None else [(draft, today)]
    alike(recorded(drafts), today)
