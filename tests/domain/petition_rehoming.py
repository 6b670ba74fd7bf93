"""A petition whose office ended: asked to be taken over, decided about, as facts say it."""

from typing import Any

from domain.codes import Role, Seat
from domain.commands.petition import AcceptPetition, RecallPetition
from domain.commands.rehoming import DecidePetitionHome, RehomePetition
from domain.events.petition import PetitionRehomed
from domain.petition import Petition
from tests.builders import NGHIA_PHUONG, PETITION, Draft, fact, officer, unit_of
from tests.scenario import Scenario

SYSTEM = officer("system", Role.SYSTEM)
ADMIN = officer("system", Role.ADMIN)
ACCEPT, RECALL = AcceptPetition(petition_id=PETITION), RecallPetition(petition_id=PETITION)


def rehome(office: str) -> RehomePetition:
    return RehomePetition(petition_id=PETITION, office=office)


def decide_home(to: str, office: str = NGHIA_PHUONG) -> DecidePetitionHome:
    return DecidePetitionHome(petition_id=PETITION, office=office, to_office=to)


def rehomed(was: str, now: str, **said: Any) -> Draft:
    """Taken over by an office for good, unless said otherwise."""
    usual: dict[str, Any] = {
        "former": was, "from_office": was, "to_office": now, "to_unit": unit_of(now),
        "seats": (Seat.IN_CHARGE,), "interim": False, "candidates": (now,), "offer": None,
    }  # fmt: skip
    return fact(PetitionRehomed, "system", **{**usual, **said})


def petition(world: Scenario) -> Petition:
    return Petition.replay(PETITION, world.store.load(PETITION))
