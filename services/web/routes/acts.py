"""The acts as routes: two per act, a form and what becomes of it (thao tác)."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response

from services.web.notices import word_of
from services.web.present.asking import ActKind
from services.web.present.case_acts import CASE_ACTS
from services.web.present.crowd_acts import CROWD, GATHERING_ACTS, KNOWN, MISSION_ACTS
from services.web.present.petition_acts import INTAKE, PETITION_ACTS
from services.web.present.subjects import PATHS
from services.web.routes.door import TheForm, TheVisit
from services.web.routes.files_at import seen
from services.web.routes.page_route import pages
from services.web.routes.taking import ask_form, take

router = pages()

GATHERED: Final = "/doan-dong-nguoi"


def _bind(kind: ActKind, on: APIRouter) -> None:
    """The two routes of an act on an existing thing."""
    path = f"{PATHS[kind.about]}/{{stream}}/{kind.slug}"

    def ask(stream: UUID, visit: TheVisit) -> Response:
        return ask_form(visit, kind, seen(visit, stream, kind.about))

    async def tell(stream: UUID, visit: TheVisit, sent: TheForm) -> Response:
        return await take(visit, kind, stream, sent)

    on.add_api_route(path, ask, methods=["GET"], name=f"ask {word_of(kind)}")
    on.add_api_route(path, tell, methods=["POST"], name=f"tell {word_of(kind)}")


for _kind in (*PETITION_ACTS, *CASE_ACTS, *MISSION_ACTS, *GATHERING_ACTS):
    if _kind is not KNOWN:
        _bind(_kind, router)


@router.get("/tiep-nhan")
def intake(visit: TheVisit) -> Response:
    """Take in a petition at the reader's own office."""
    return ask_form(visit, INTAKE, None)


@router.post("/tiep-nhan")
async def take_in(visit: TheVisit, sent: TheForm) -> Response:
    """Check, then record with a number and a receipt."""
    return await take(visit, INTAKE, None, sent)


@router.get(f"{GATHERED}/bao")
def report_crowd(visit: TheVisit) -> Response:
    """Say that a crowd stands somewhere."""
    return ask_form(visit, CROWD, None)


@router.post(f"{GATHERED}/bao")
async def tell_crowd(visit: TheVisit, sent: TheForm) -> Response:
    """Check, then tell every level at once."""
    return await take(visit, CROWD, None, sent)
