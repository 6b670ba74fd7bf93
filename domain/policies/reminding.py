"""Whenever a file waits too long, tell who must act, then who stands above (chính sách nhắc việc).

Pure: of a file, the law and the office tree of a day come all reminders that wait. Who
records them, and that each is recorded once, is the scheduler's work.
"""

from collections.abc import Iterable

from domain.policies.cases import of_case
from domain.policies.crowds import of_crowd
from domain.policies.known import Known
from domain.policies.missions import of_mission
from domain.policies.petitions import of_petition
from domain.policies.waiting import Waiting
from domain.policies.watched import CaseFile, CrowdFile, File, PetitionFile


def reminders_of(file: File, known: Known) -> tuple[Waiting, ...]:
    """Every reminder that waits for this file as things stand, the first to fall before all."""
    found: Iterable[Waiting]
    match file:
        case PetitionFile():
            found = of_petition(file, known)
        case CaseFile():
            found = of_case(file, known)
        case CrowdFile():
            found = of_crowd(file, known)
        case _:
            found = of_mission(file, known)
    return tuple(sorted(found, key=lambda each: (each.falls_at, each.rung, each.key)))
