"""The casework on the real store: what only a database with many writers can break."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from domain.codes import ReturnGround
from domain.commands.petition import AcceptPetition, ReturnPetition
from domain.ports import FactStore
from domain.refusals.petition import NoOfferPending
from domain.streams import access_stream
from infra.memory import FixedClock, MemoryVault
from infra.postgres.fact_store import PostgresFactStore
from services.casework import Casework
from tests.builders import CAM_LY, LUC_NAM, PETITION, in_order, officer
from tests.domain.custody_facts import OFFERED, RECEIVED
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.domain.test_petition import receive
from tests.scenario import AFTER_THE_GIVEN
from tests.services.test_reading import open_text

CLERK = officer(CAM_LY)
WRITERS = 8


def casework(store: FactStore) -> Casework:
    """A casework over a real store; a program has one, here several threads share it."""
    return Casework(store, MemoryVault(), lambda: LITTLE_COUNTRY, FixedClock(AFTER_THE_GIVEN))


def test_many_writers_of_one_book_leave_no_gap(postgres_store: PostgresFactStore) -> None:
    desk = casework(postgres_store)

    def take_in(_: int) -> str | None:
        asked = receive(uuid4())
        return desk.handle(asked, CLERK, key=uuid4(), request=b"", correlation="many").number

    with ThreadPoolExecutor(WRITERS) as pool:
        numbers = sorted(map(str, pool.map(take_in, range(80))))
    assert numbers == [f"07519-25-{number:04d}" for number in range(1, 81)]


def test_a_command_sent_many_times_at_once_is_recorded_once(
    postgres_store: PostgresFactStore,
) -> None:
    desk, key = casework(postgres_store), uuid4()

    def send(_: int) -> tuple[UUID, str, str | None]:
        outcome = desk.handle(receive(), CLERK, key=key, request=b"same", correlation="again")
        return outcome.subject, outcome.token, outcome.number

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = set(pool.map(send, range(WRITERS)))
    assert len(answers) == 1
    assert postgres_store.last_version(PETITION) == 1


def test_of_two_answers_to_one_offer_one_counts(postgres_store: PostgresFactStore) -> None:
    desk = casework(postgres_store)
    postgres_store.append(in_order(*OFFERED))

    def answer(ask: AcceptPetition | ReturnPetition) -> str:
        try:
            desk.handle(ask, officer(LUC_NAM), key=uuid4(), request=b"", correlation="race")
        except NoOfferPending:
            return "refused"
        return "recorded"

    returning = ReturnPetition(petition_id=PETITION, ground=ReturnGround.NOT_COMPETENT)
    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(answer, (AcceptPetition(petition_id=PETITION), returning)))
    assert answers == ["recorded", "refused"]
    assert postgres_store.last_version(PETITION) == 3


def test_many_readers_of_one_petition_are_all_on_record(postgres_store: PostgresFactStore) -> None:
    desk = casework(postgres_store)
    postgres_store.append(in_order(RECEIVED))

    def read(_: int) -> int:
        return desk.handle(open_text(), CLERK, key=uuid4(), request=b"", correlation="read").version

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sorted(pool.map(read, range(24))) == [*range(1, 25)]
    assert postgres_store.last_version(access_stream(PETITION)) == 24
