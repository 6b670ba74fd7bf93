"""Offices that ask for things at the same time, and ask again until they are answered."""

from dataclasses import replace
from hashlib import sha256
from random import Random
from uuid import UUID, uuid5

from domain.codes import (
    AccessPurpose,
    Channel,
    Field,
    Guidance,
    PetitionKind,
    ReturnGround,
    TransferGround,
)
from domain.commands import access, case, petition
from domain.commands.base import Command
from domain.errors import AlreadyRecorded, Refusal
from domain.ports import StoreUnavailable
from infra.memory import MemoryVault
from services.casework import Casework, Outcome
from tests.builders import BAC_GIANG, CAM_LY, LUC_NAM, NAMES, NGHIA_PHUONG, head
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.simulation.scheduler import Killed
from tests.simulation.world import Ask, World

DESKS = (CAM_LY, LUC_NAM, NGHIA_PHUONG)
PETITIONS = 5
LOST_ON_THE_WAY = 0.06
ASKED_LATER = 0.1


class Office:
    """One office with its own API process; a key is asked again until it is answered."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self._random: Random = world.random
        self._name = DESKS[number % len(DESKS)]
        self._number = number
        self._casework = Casework(
            world.store_seam(), MemoryVault(), lambda: LITTLE_COUNTRY, WorldClock(world)
        )

    def work(self) -> None:
        """Its whole day."""
        for turn in range(self._world.plan.commands):
            self._rest(self._random.expovariate(0.5))
            self._ask(self._next(turn))
            if self._world.acknowledged and self._random.random() < ASKED_LATER:
                self._ask_again()

    def _next(self, turn: int) -> Ask:
        world, known = self._world, range(PETITIONS)
        which = uuid5(NAMES, f"petition {self._random.choice(known)} of {world.seed}")
        command = chosen(self._random, which)
        by = head(BAC_GIANG if isinstance(command, petition.DecideCompetence) else self._name)
        key = uuid5(NAMES, f"{world.seed}/{self._number}/{turn}")
        return Ask(command, by, key, sha256(repr(command).encode()).digest())

    def _ask(self, ask: Ask) -> None:
        """Until there is an answer; what becomes of it is written down."""
        world = self._world
        while True:
            try:
                outcome = self._handle(ask)
            except (StoreUnavailable, Killed):
                world.tell(f"unknown outcome of {ask.key}")
                self._rest(self._random.random())
                continue
            except Refusal as refusal:
                world.tell(f"refused {ask.key}: {type(refusal).__name__}")
                world.refused[ask.key] = ask
                return
            if world.chance(LOST_ON_THE_WAY):
                world.struck("answer lost on the way to the office")
                continue
            world.acknowledged[ask.key] = ask, outcome
            world.tell(f"acknowledged {ask.key} at {outcome.position}")
            return

    def _ask_again(self) -> None:
        """An old key once more: the same answer, or for another request a refusal."""
        world = self._world
        ask, before = self._random.choice(list(world.acknowledged.values()))
        other = self._random.random() < 0.3
        asked = replace(ask, request=b"other") if other else ask
        refusal: Refusal | None = None
        again: Outcome | None = None
        try:
            again = self._handle(asked)
        except (StoreUnavailable, Killed):
            return
        except Refusal as refused:
            refusal = refused
        if ask.key not in world.acknowledged:
            return  # the store was put back meanwhile: it knows the key no more
        if other:
            assert isinstance(refusal, AlreadyRecorded), f"{ask.key} did for another request"
            world.struck("another request under an old key")
        else:
            assert again is not None, f"{ask.key} was refused to its own office: {refusal!r}"
            assert again.repeated
            assert place(again) == place(before), f"{ask.key} got two answers"
            world.struck("an old key asked again")

    def _handle(self, ask: Ask) -> Outcome:
        return self._casework.handle(
            ask.command, ask.by, key=ask.key, request=ask.request, correlation=str(ask.key)
        )

    def _rest(self, seconds: float) -> None:
        """Nobody but its API can be killed: the office itself goes on."""
        try:
            self._world.scheduler.sleep(seconds)
        except Killed:
            return


class WorldClock:
    """The clock of the machine as the world has set it."""

    def __init__(self, world: World) -> None:
        self.now = world.now


def place(outcome: Outcome) -> tuple[UUID, int, int]:
    """What an answer says of where the fact lies."""
    return outcome.subject, outcome.version, outcome.position


def chosen(random: Random, which: UUID) -> Command:
    """Something an office might ask of this petition; the dossier may well refuse it."""
    other = random.choice(DESKS)
    asks: tuple[tuple[int, Command], ...] = (
        (4, petition.ReceivePetition(
            petition_id=which, kind=random.choice(list(PetitionKind)), channel=Channel.COUNTER,
            field=Field.LAND, place="07519",
        )),
        (4, petition.ClassifyPetition(
            petition_id=which, kind=PetitionKind.COMPLAINT, field=Field.LAND,
            competent_office=other,
        )),
        (4, petition.TransferPetition(
            petition_id=which, to_office=other, ground=TransferGround.OTHER_LEVEL,
        )),
        (3, petition.AcceptPetition(petition_id=which)),
        (2, petition.ReturnPetition(petition_id=which, ground=ReturnGround.NOT_COMPETENT)),
        (1, petition.RecallPetition(petition_id=which)),
        (1, petition.GuideCitizen(petition_id=which, guidance=Guidance.COURT)),
        (1, petition.DecideCompetence(petition_id=which, to_office=other)),
        (2, case.OpenCase(case_id=uuid5(NAMES, f"case of {which}"), petition_id=which)),
        (2, access.ReplayHistory(
            subject=which, at_position=1, purpose=AccessPurpose.HANDLING,
        )),
    )  # fmt: skip
    weights = [weight for weight, _ in asks]
    return random.choices([command for _, command in asks], weights)[0]
