"""A denouncer's identity opens for nobody alone, however the petition is sorted afterwards."""

from datetime import date
from uuid import UUID

import pytest

from domain.codes import Field, PetitionKind
from domain.events.petition import PetitionClassified, PetitionReceived
from domain.petition import Petition
from domain.streams import access_stream
from projections.petition_row import PetitionRow
from services.api import row_circles
from services.circles import circle_of
from tests.api.world import World, problem_of, receive
from tests.domain.directory_facts import LITTLE_COUNTRY
from tests.projections.chronicle import TAM_DI, Chronicle, stream_of
from tests.projections.folding import folded, only

COMPLAINT, DENUNCIATION = PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION
PETITION = stream_of("petition")


@pytest.mark.parametrize("kinds", [(COMPLAINT, DENUNCIATION, COMPLAINT), (DENUNCIATION, COMPLAINT)])
def test_sorting_a_denunciation_anew_opens_no_name_and_tells_of_no_opening(
    kinds: tuple[PetitionKind, ...],
) -> None:
    world = World()
    door = world.door()
    petition = receive(door, kind=kinds[0])["id"]
    for kind in kinds[1:]:
        sorted_ = {"kind": kind, "field": "land", "competent_office": "218"}
        at = f"/api/v1/petitions/{petition}/classification"
        assert door.act(at, sorted_, version="*").status_code == 202
    (received, *_) = world.store.load(UUID(petition))
    assert isinstance(received, PetitionReceived)
    name = next(ref.entry for ref in received.texts if ref.field == "name")
    at = f"/api/v1/histories/{petition}/texts/{name}"
    problem_of(door.act(at, {"purpose": "handling"}), 403, "denouncer_protected")
    assert not world.store.load(access_stream(UUID(petition)))


@pytest.mark.parametrize(
    "kinds", [(COMPLAINT,), (DENUNCIATION,), (DENUNCIATION, COMPLAINT), (COMPLAINT, DENUNCIATION)]
)
def test_the_row_of_a_petition_is_sealed_whenever_its_dossier_is(
    kinds: tuple[PetitionKind, ...],
) -> None:
    tale = Chronicle()
    tale.received(PETITION, TAM_DI, kind=kinds[0])
    for kind in kinds[1:]:
        tale.record(
            PetitionClassified, PETITION, TAM_DI, kind=kind, field=Field.LAND,
            competent_office=TAM_DI, repeat_of=None, accused_office=None,
        )  # fmt: skip
    dossier = Petition.replay(PETITION, [fact.event for fact in tale.facts])
    of_dossier = circle_of(dossier, LITTLE_COUNTRY, date(2025, 5, 5))
    of_row = row_circles.of_petition(only(folded(tale), PetitionRow))
    assert of_row.denunciation is of_dossier.denunciation is (DENUNCIATION in kinds)
    assert of_row.told == of_dossier.told
