"""What the pages are made of, besides the API's parts (trang web)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from domain.codes import Role
from services.api.parts import ApiParts
from services.web.models import Person, Place
from services.web.render import Renderer


class SignIn(Protocol):
    """Signing in without an identity provider: a demo's own accounts."""

    def places(self) -> Sequence[Place]:
        """Whom to sign in as, by place."""

    def first(self) -> Sequence[Person]:
        """Whom somebody new should try."""

    def token_for(self, person: str) -> str | None:
        """An access token for one of them; None for anybody else."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account of an office, for the pickers of officers. Opaque id, role in words."""

    account: str
    words: str
    role: Role


Colleagues = Callable[[str], Sequence[Colleague]]
"""The accounts of an office that are known here; none where a provider keeps them."""


Cells = Callable[[date], Mapping[str, tuple[int, int]]]
"""Column and row of each commune by code, of the list that was valid on a day."""


def _no_cells(on: date) -> Mapping[str, tuple[int, int]]:
    del on
    return {}


def _nobody(office: str) -> Sequence[Colleague]:
    del office
    return ()


@dataclass(frozen=True)
class Site:
    """Everything a page may use. ``cells``: where communes stand on the map."""

    parts: ApiParts
    renderer: Renderer
    sign_in: SignIn | None = None
    colleagues: Colleagues = _nobody
    cells: Cells = _no_cells
    notices: Mapping[str, str] = field(default_factory=dict)
    """What to say after an act, by the short word in the address."""

    def notice(self, word: str) -> str:
        """The sentence after an act; anything unknown says nothing."""
        return self.notices.get(word, "")
