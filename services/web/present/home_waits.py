"""That a file waits for somebody to say which office takes it over (chờ quyết định nơi nhận)."""

from collections.abc import Iterator

from domain.commands.rehoming import DecidePetitionHome
from projections.homes import Waits, waiting
from projections.resting import Rests
from services import access
from services.web.models import Link
from services.web.models.dossier import HomeWait
from services.web.present.frame import Seat
from services.web.present.undecided_files import Asked

DECIDE = "Quyết định nơi nhận"


def home_waits(rests: Rests, row: Waits, seat: Seat) -> tuple[HomeWait, ...]:
    """What is said on the file itself, to who decides with the way there; nothing once it ended."""
    return tuple(
        _wait(at, former, rests, seat)
        for at, former in _undecided(row)
        if former in rests.undecided
    )


def _undecided(row: Waits) -> Iterator[tuple[str, str]]:
    """Who answers meanwhile, for which abolished office; each once."""
    return iter(dict.fromkeys((at, former) for _, former, at in waiting(row)))


def _wait(at: str, former: str, rests: Rests, seat: Seat) -> HomeWait:
    own = at == seat.officer.office
    holder = "Cơ quan bạn" if own else seat.names.office(at)
    meanwhile = f"{holder} chỉ tạm chịu trách nhiệm thay {seat.names.office(former)}"
    if not own:
        return HomeWait(f"{meanwhile}, chờ thủ trưởng cơ quan đó quyết định nơi nhận hồ sơ.")
    if not access.may(DecidePetitionHome, seat.officer.role):
        return HomeWait(f"{meanwhile}, chờ thủ trưởng quyết định nơi nhận hồ sơ.")
    there = f"{Asked(rests.work).link(chon=str(rests.subject))}#chosen"
    return HomeWait(f"{meanwhile} cho đến khi bạn quyết định nơi nhận.", Link(DECIDE, there))
