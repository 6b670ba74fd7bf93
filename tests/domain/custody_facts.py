"""Histories of a petition between offices."""

from domain.events.petition import (
    CompetenceDisputed,
    PetitionReceived,
    PetitionReturned,
    PetitionTransferred,
)
from tests.builders import CAM_LY, LUC_NAM, NGHIA_PHUONG, Draft, fact, unit_of


def offered(to: str = LUC_NAM, offer: int = 1, by: str = CAM_LY) -> Draft:
    """An offer to an office."""
    return fact(PetitionTransferred, by, to_office=to, to_unit=unit_of(to), offer=offer)


RECEIVED = fact(PetitionReceived, CAM_LY)
OFFERED = (RECEIVED, offered())
RETURNED_ONCE = (*OFFERED, fact(PetitionReturned, LUC_NAM))
OFFERED_AGAIN = (*RETURNED_ONCE, offered(NGHIA_PHUONG, 2))
RETURNED_TWICE = (
    *OFFERED_AGAIN,
    fact(PetitionReturned, NGHIA_PHUONG, offer=2, times_returned=2),
)
DISPUTED = (
    *RETURNED_TWICE,
    fact(CompetenceDisputed, NGHIA_PHUONG, offices=(CAM_LY, LUC_NAM, NGHIA_PHUONG)),
)
