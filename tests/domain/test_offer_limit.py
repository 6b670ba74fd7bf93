"""By when an offer is answered: as the newest edition has it, or as its sender says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.codes import TransferGround
from domain.commands.petition import TransferPetition
from domain.events.petition import PetitionTransferred
from domain.law.reading import Line
from domain.refusals.petition import NoLimitToAnswer
from infra.law import carried_edition
from infra.memory import FixedClock, MemoryFactStore
from infra.memory.law import MemoryLawFollower
from services.casework import Casework
from services.law import carried_law
from services.rulebooks import publish
from tests.builders import CAM_LY, LUC_NAM, MORNING, PETITION, fact, officer
from tests.domain.custody_facts import RECEIVED
from tests.scenario import Scenario, given

CLERK = officer(CAM_LY)
OFFER: Any = {"petition_id": PETITION, "to_office": LUC_NAM, "ground": TransferGround.OTHER_LEVEL}
SAID = date(2025, 5, 20)


def under(lines: Sequence[Line]) -> Scenario:
    """A petition was received; a lawyer has published these lines."""
    books = MemoryFactStore()
    publish(lines, books, FixedClock(MORNING))
    world = given(RECEIVED)
    law = MemoryLawFollower(books, carried_law()).current
    world.casework = Casework(world.store, world.vault, lambda: world.directory, world.clock, law)
    return world


def lines(**answer: int) -> list[Line]:
    """The carried lines, with other words on the answer to an offer; none: without it."""
    others = [line for line in carried_edition().lines if line["id"] != "transfer.answer"]
    own = [line for line in carried_edition().lines if line["id"] == "transfer.answer"]
    return [*others, *({**line, **answer} for line in own if answer)]


def test_an_offer_is_answered_in_the_days_of_the_newest_edition() -> None:
    world = under(lines(days=6)).when(TransferPetition(**OFFER), by=CLERK)
    world.then(fact(PetitionTransferred, CAM_LY, reply_due=date(2025, 5, 13)))


def test_where_no_rule_says_by_when_the_sender_must() -> None:
    world = under(lines()).when(TransferPetition(**OFFER), by=CLERK)
    world.then_refused(NoLimitToAnswer, pointer="/reply_due")
    world.when(TransferPetition(**OFFER, reply_due=SAID), by=CLERK)
    world.then(fact(PetitionTransferred, CAM_LY, reply_due=SAID))
