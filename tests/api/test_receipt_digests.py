"""A receipt knows a request again and gives nobody the means to guess what it said."""

from uuid import UUID, uuid4

from domain.commands.petition import ReceivePetition
from services.api.acts import plain_digest, receipt_key
from services.api.bodies.petitions import Reception
from tests.api.world import RECEPTION, World, problem_of
from tests.builders import CAM_LY, officer

AT = "/api/v1/petitions"
CLERK = officer(CAM_LY)
BODY = Reception.model_validate(RECEPTION)
PLAIN = plain_digest(AT, BODY)


def kept_under(key: str) -> UUID:
    return receipt_key(CLERK, ReceivePetition.__name__, key)


def test_what_a_receipt_keeps_of_a_request_cannot_be_guessed_without_the_vaults_key() -> None:
    world, key = World(), str(uuid4())
    assert world.door().act(AT, RECEPTION, key=key).status_code == 201
    receipt = world.store.find_receipt(kept_under(key))
    assert receipt is not None
    assert receipt.request == world.vault.digest(PLAIN)
    assert receipt.request not in (PLAIN, World().vault.digest(PLAIN))


def test_a_receipt_of_before_digests_were_keyed_still_answers_its_repeat_and_no_other() -> None:
    world, key = World(), str(uuid4())
    command = BODY.command(ReceivePetition, petition_id=uuid4())
    recorded = world.casework.handle(
        command, CLERK, key=kept_under(key), request=PLAIN, correlation="before"
    )
    head = world.store.head()
    again = world.door().act(AT, RECEPTION, key=key)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json()["number"] == recorded.number
    other = world.door().act(AT, {**RECEPTION, "petitioners": 2}, key=key)
    problem_of(other, 422, "key_reused")
    assert world.store.head() == head
