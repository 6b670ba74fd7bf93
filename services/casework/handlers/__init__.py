"""Every command and how it is handled: the contents page of the field's acts."""

from collections.abc import Mapping
from typing import Final

from domain.commands.base import Command
from services.casework.handlers import (
    access,
    calendar,
    case,
    directory,
    filing,
    gathering,
    petition,
    rehoming,
    return_mission,
    review,
    settlement,
)
from services.casework.handlers.row import Row

HANDLERS: Final[Mapping[type[Command], Row]] = {
    **petition.HANDLERS,
    **filing.HANDLERS,
    **case.HANDLERS,
    **settlement.HANDLERS,
    **gathering.HANDLERS,
    **return_mission.HANDLERS,
    **rehoming.HANDLERS,
    **directory.HANDLERS,
    **calendar.HANDLERS,
    **review.HANDLERS,
    **access.HANDLERS,
}
