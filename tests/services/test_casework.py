"""One command, decided and saved whole, once for ever under its key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from domain.codes import ReturnGround, Role
from domain.commands.case import IssueDirection, OpenCase
from domain.commands.petition import AcceptPetition, ReturnPetition
from domain.directory import UnknownOffice
from domain.errors import AlreadyRecorded, Outdated
from domain.events.case import CaseOpened
from domain.events.petition import PetitionReceived
from domain.petition import Petition
from domain.refusals.petition import NoOfferPending
from domain.streams import lane_of, register_stream
from domain.values import Officer
from services.casework.call import NotYetHappened
from services.casework.desk import BeforeItsFile
from tests.builders import (
    CAM_LY,
    CASE,
    LUC_NAM,
    MORNING,
    NAMES,
    OTHER_PETITION,
    PETITION,
    fact,
    head,
    officer,
)
from tests.domain.custody_facts import OFFERED, RECEIVED
from tests.domain.test_petition import classify, receive
from tests.scenario import AFTER_THE_GIVEN, Scenario, given

CLERK = officer(CAM_LY)
KEY = uuid5(NAMES, "one key")
BOOK = register_stream(CAM_LY, 2025, "petition")


def test_the_same_key_and_request_give_the_same_receipt_and_record_nothing() -> None:
    world = given().when(receive(), by=CLERK, key=KEY)
    first = world.outcome
    again = world.when(receive(), by=CLERK, key=KEY)
    again.then()
    assert first is not None
    assert again.outcome is not None
    assert (first.repeated, again.outcome.repeated) == (False, True)
    assert again.outcome.token == first.token
    assert again.outcome.number == first.number == "07519-25-0001"
    assert again.outcome.recorded_at == first.recorded_at == AFTER_THE_GIVEN


def test_the_receipt_is_given_again_after_the_dossier_moved_on() -> None:
    world = given().when(receive(), by=CLERK, key=KEY)
    first = world.outcome
    world.when(classify(), by=CLERK).when(receive(), by=CLERK, key=KEY).then()
    assert world.outcome is not None
    assert first is not None
    assert (world.outcome.version, world.outcome.position) == (1, first.position)


def test_the_same_key_with_another_request_is_refused() -> None:
    world = given().when(receive(), by=CLERK, key=KEY)
    world.when(receive(OTHER_PETITION), by=CLERK, key=KEY).then_refused(AlreadyRecorded)


def test_a_refused_command_leaves_its_key_free() -> None:
    world = given().when(classify(), by=CLERK, key=KEY)
    world.refusal = None
    world.when(receive(), by=CLERK, key=KEY).then(fact(PetitionReceived, CAM_LY))


def test_the_answer_says_where_the_subject_stands() -> None:
    world = given(RECEIVED).when(OpenCase(case_id=CASE, petition_id=PETITION), by=head(CAM_LY))
    assert world.outcome is not None
    record = world.store.read_stream(CASE)[-1]
    assert (world.outcome.subject, world.outcome.version) == (CASE, 2)
    assert world.outcome.lane == record.lane == lane_of(CASE, CaseOpened.TOPIC)
    assert world.outcome.position == record.position
    assert world.outcome.token.split(".")[0] == f"{record.lane}-{record.position}"


def test_who_read_an_older_version_is_told_the_current_one() -> None:
    world = given(*OFFERED).when(classify(), by=CLERK, expected_version=1)
    refusal = world.refusal
    assert isinstance(refusal, Outdated)
    assert (refusal.expected, refusal.current) == (1, 2)
    world.then_refused(Outdated)
    world.when(classify(), by=CLERK, expected_version=2)
    assert world.refusal is None


def test_opening_a_case_expects_a_version_of_the_petition() -> None:
    opening = OpenCase(case_id=CASE, petition_id=PETITION)
    given(RECEIVED).when(opening, by=head(CAM_LY), expected_version=2).then_refused(Outdated)
    world = given(RECEIVED).when(opening, by=head(CAM_LY), expected_version=1)
    assert world.refusal is None


def test_a_fact_carries_who_where_and_when() -> None:
    happened = MORNING + timedelta(minutes=30)
    world = given(RECEIVED).when(classify(), by=CLERK, occurred_at=happened)
    (recorded,) = world.recorded()
    assert (recorded.office, recorded.unit) == (CAM_LY, "07519-20250101")
    assert (recorded.actor, recorded.role) == (CLERK.account, Role.CLERK)
    assert (recorded.occurred_at, recorded.timestamp) == (happened, AFTER_THE_GIVEN)
    assert recorded.correlation == "correlation"


def test_an_account_may_name_its_office_by_the_bare_unit_code() -> None:
    world = given().when(receive(), by=Officer("acc-1", "07519", Role.CLERK))
    world.then(fact(PetitionReceived, CAM_LY))


def test_nobody_acts_for_an_office_that_is_not_there() -> None:
    given().when(receive(), by=officer("ubnd-99999-20250101")).then_refused(UnknownOffice)


def test_nobody_acts_for_an_office_before_its_first_day() -> None:
    world = given().when(receive(), by=CLERK, occurred_at=datetime(2024, 12, 30, tzinfo=UTC))
    world.then_refused(UnknownOffice)


def test_nothing_is_recorded_before_it_happened() -> None:
    soon = AFTER_THE_GIVEN + timedelta(minutes=3)
    world = given().when(receive(), by=CLERK, occurred_at=soon)
    world.then_refused(NotYetHappened, pointer="/occurred_at")


def test_a_clock_a_little_ahead_is_forgiven() -> None:
    soon = AFTER_THE_GIVEN + timedelta(minutes=1)
    given().when(receive(), by=CLERK, occurred_at=soon).then(fact(PetitionReceived, CAM_LY))


def test_what_a_clock_a_little_ahead_says_is_recorded_as_now() -> None:
    """Else the next act, told by nobody's clock but ours, would come before its file."""
    soon = AFTER_THE_GIVEN + timedelta(minutes=1)
    world = given().when(receive(), by=CLERK, occurred_at=soon)
    assert world.store.load(PETITION)[0].occurred_at == AFTER_THE_GIVEN
    world.when(classify(), by=CLERK)
    assert world.refusal is None


def test_a_server_whose_clock_is_behind_goes_on_with_what_another_recorded() -> None:
    world = given(RECEIVED)
    world.clock.at = MORNING - timedelta(minutes=10)
    world.when(classify(), by=CLERK)
    assert world.refusal is None


def test_nothing_happens_to_a_petition_before_it_was_received() -> None:
    world = given(RECEIVED).when(classify(), by=CLERK, occurred_at=MORNING - timedelta(minutes=1))
    world.then_refused(BeforeItsFile, pointer="/occurred_at")


def test_the_same_command_sent_twice_at_once_is_recorded_once() -> None:
    for _ in range(20):
        world = given()

        def send(_: int, world: Scenario = world) -> tuple[UUID, int, str | None]:
            outcome = world.casework.handle(
                receive(), CLERK, key=KEY, request=b"same", correlation="twice"
            )
            return outcome.subject, outcome.position, outcome.number

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(send, range(4)))) == 1
        assert world.store.last_version(PETITION) == 1


def test_of_two_answers_to_one_offer_one_counts() -> None:
    returning = ReturnPetition(petition_id=PETITION, ground=ReturnGround.NOT_COMPETENT)
    accepting = AcceptPetition(petition_id=PETITION)
    for _ in range(20):
        world = given(*OFFERED)

        def answer(ask: AcceptPetition | ReturnPetition, world: Scenario = world) -> str:
            try:
                world.casework.handle(
                    ask, officer(LUC_NAM), key=uuid4(), request=b"", correlation="race"
                )
            except NoOfferPending:
                return "refused"
            return "recorded"

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(answer, (returning, accepting)))
        assert answers == ["recorded", "refused"]
        assert Petition.replay(PETITION, world.store.load(PETITION)).offer is None


def test_a_direction_is_given_on_the_day_it_was_given_though_entered_late() -> None:
    world = given(fact(CaseOpened, CAM_LY))
    world.clock.at = MORNING + timedelta(days=30)
    direction = IssueDirection(case_id=CASE, due=(MORNING + timedelta(days=7)).date())
    world.when(direction, by=head(LUC_NAM), occurred_at=MORNING + timedelta(minutes=5))
    assert world.refusal is None
    assert isinstance(world.store.load(CASE)[-1].occurred_at, datetime)


def test_four_acts_on_one_version_at_once_are_decided_one_after_the_other() -> None:
    world = given(RECEIVED)

    def sort_out(_: int) -> int:
        return world.casework.handle(
            classify(), CLERK, key=uuid4(), request=b"", correlation="again"
        ).version

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(sort_out, range(4))) == [2, 3, 4, 5]
