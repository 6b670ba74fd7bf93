"""Bodies of acts on the time a case takes (thời hạn giải quyết)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.codes import ComplexGround, Contested, Instance, SuspensionGround
from services.api.bodies.base import Act, Day

Grounds = Annotated[tuple[ComplexGround, ...], Field(max_length=len(ComplexGround))]
Basis = Annotated[str, StringConstraints(max_length=64)]
"""The number of a decision or list: ``12/QĐ-UBND``."""


class Complexity(Act):
    """Why the case is complex: all grounds that hold (ghi nhận phức tạp)."""

    grounds: Grounds


class RemoteArea(Act):
    """By which list the matter lies in a remote area (vùng sâu, vùng xa)."""

    basis: Basis


class NamedInstance(Act):
    """Whether it is settled for the first or the second time (lần giải quyết)."""

    instance: Instance


class NamedContested(Act):
    """Whether the complaint is about discipline (đối tượng khiếu nại)."""

    contested: Contested


class Extension(Act):
    """The decision that extends the limit (gia hạn)."""

    decided_on: Day
    basis: Basis


class Suspension(Act):
    """The decision that lets settling rest (tạm đình chỉ)."""

    ground: SuspensionGround
    decided_on: Day
    basis: Basis


class Continuation(Act):
    """The decision to go on (tiếp tục giải quyết)."""

    decided_on: Day
    basis: Basis
