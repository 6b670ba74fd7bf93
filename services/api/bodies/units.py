"""Bodies of acts on an old unit (đơn vị cũ)."""

from typing import Annotated

from pydantic import StringConstraints

from domain.codes import SuccessionRelation
from services.api.bodies.base import Act, Count, Ref

Basis = Annotated[str, StringConstraints(max_length=60)]
"""The number of a document; the field refuses anything else."""


class SuccessorDecision(Act):
    """Which unit took over all or a part of an old one, by which document (quyết định)."""

    successor: Ref
    relation: SuccessionRelation = SuccessionRelation.WHOLE
    basis: Basis = ""


class Withdrawal(Act):
    """Which fact of a unit was a mistake, by its version (đính chính)."""

    withdrawn: Count
    basis: Basis = ""
