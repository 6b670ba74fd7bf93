"""Every command and how it is handled: the contents page of the field's acts."""

from collections.abc import Mapping
from typing import Final

from domain.commands.base import Command
from services.casework.handlers import (
    access,
    case,
    directory,
    gathering,
    petition,
    return_mission,
)
from services.casework.handlers.row import Row

HANDLERS: Final[Mapping[type[Command], Row]] = {
    **petition.HANDLERS,
    **case.HANDLERS,
    **gathering.HANDLERS,
    **return_mission.HANDLERS,
    **directory.HANDLERS,
    **access.HANDLERS,
}
