"""The forms of the acts: their names are places of the API's bodies, and none is missing."""

from typing import Final

import pytest
from pydantic import BaseModel

from services.web.present.asking import ActKind
from services.web.present.case_acts import CASE_ACTS
from services.web.present.crowd_acts import CROWD, GATHERING_ACTS, MISSION_ACTS
from services.web.present.petition_acts import INTAKE, PETITION_ACTS

ACTS: Final = (INTAKE, CROWD, *PETITION_ACTS, *CASE_ACTS, *GATHERING_ACTS, *MISSION_ACTS)
every_act = pytest.mark.parametrize("kind", ACTS, ids=lambda kind: f"{kind.about}-{kind.slug}")


def places_of(body: type[BaseModel], before: str = "", *, demanded: bool = False) -> set[str]:
    """Every place of a body, with dots; or only those that must be answered."""
    places: set[str] = set()
    for name, field in body.model_fields.items():
        inner = field.annotation
        if demanded and not field.is_required():
            continue
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            places |= places_of(inner, f"{before}{name}.", demanded=demanded)
        else:
            places.add(before + name)
    return places


def asked_of(kind: ActKind) -> set[str]:
    """The places of the body that a form asks for; of a list asked tick by tick the list."""
    lists = {ask.name: ask.name.partition(".")[0] for ask in kind.asks}
    return {held if held in kind.many else name for name, held in lists.items()}


@every_act
def test_a_form_asks_only_what_the_api_takes(kind: ActKind) -> None:
    names = [ask.name for ask in kind.asks]
    assert len(names) == len(set(names))
    assert asked_of(kind) <= places_of(kind.body)


@every_act
def test_a_form_asks_all_that_the_api_demands(kind: ActKind) -> None:
    known = asked_of(kind) | {kind.in_body}
    assert places_of(kind.body, demanded=True) <= known


@every_act
def test_a_text_that_is_sealed_is_never_a_choice_or_an_address(kind: ActKind) -> None:
    for ask in kind.asks:
        if ask.name.startswith("texts."):
            assert ask.widget in ("text", "area")
