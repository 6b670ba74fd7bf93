"""The files of petitions and cases, the receipt, and the opening of protected texts (hồ sơ)."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Query, Response
from starlette.concurrency import run_in_threadpool

from domain.case import Case
from domain.codes import AccessPurpose
from domain.commands.access import OpenText
from domain.errors import NotFound
from domain.petition import Petition
from domain.values import TextRef
from services import sight
from services.api import row_circles
from services.api.acts import Acting, opening_is_fresh
from services.api.bodies.petitions import Opening
from services.web.models import FieldError
from services.web.present.case import CaseFacts, case_file
from services.web.present.petition import PetitionFacts, petition_file
from services.web.present.purpose import purpose_page
from services.web.present.receipt import receipt_page
from services.web.present.texts import OpenedText, label_of
from services.web.present.words import label
from services.web.routes.crowds import show_gathering
from services.web.routes.door import TheForm, TheVisit, Visit
from services.web.routes.files_at import Seen, reminders_of, seen
from services.web.routes.page_route import pages
from services.web.routes.rights import may_replay, purposes, rights_of, visible_case

router = pages()

TabWord = Annotated[str, Query(alias="tab", max_length=20)]
Shown = Annotated[str, Query(alias="loc", max_length=20)]
READS = 50


@router.get("/ho-so/{stream}")
def read_petition(stream: UUID, visit: TheVisit, tab: TabWord = "", shown: Shown = "") -> Response:
    """A petition's file. Refuses: ``NotFound``."""
    return _petition(visit, seen(visit, stream, "petition"), "petition_file.html", tab, shown)


@router.get("/ho-so/{stream}/phan/ho-so")
def petition_piece(stream: UUID, visit: TheVisit, tab: TabWord = "", shown: Shown = "") -> Response:
    """The live part of a petition's file."""
    return _petition(visit, seen(visit, stream, "petition"), "dossier/petition.html", tab, shown)


@router.get("/vu-viec/{stream}")
def read_case(stream: UUID, visit: TheVisit, tab: TabWord = "", shown: Shown = "") -> Response:
    """A case's file. Refuses: ``NotFound``."""
    return _case(visit, seen(visit, stream, "case"), "case_file.html", tab, shown)


@router.get("/vu-viec/{stream}/phan/ho-so")
def case_piece(stream: UUID, visit: TheVisit, tab: TabWord = "", shown: Shown = "") -> Response:
    """The live part of a case's file."""
    return _case(visit, seen(visit, stream, "case"), "dossier/case.html", tab, shown)


@router.get("/bien-nhan/{stream}")
def read_receipt(stream: UUID, visit: TheVisit) -> Response:
    """The receipt of a petition, for the office that took it in."""
    thing = seen(visit, stream, "petition")
    row = visit.reading.shown(visit.parts.views.find_petition(stream), stream)
    if row.received_office != visit.reading.officer.office:
        raise NotFound("Không tìm thấy biên nhận.")
    del thing
    return visit.page("receipt.html", receipt_page(row, visit.seat, visit.parts.law()))


def _petition(
    visit: Visit,
    thing: Seen,
    template: str,
    tab: str = "",
    shown: str = "",
    opened: OpenedText | None = None,
) -> Response:
    views, stream = visit.parts.views, thing.dossier.id
    row = visit.reading.shown(views.find_petition(stream), stream)
    known = PetitionFacts(
        row=row,
        case=visible_case(visit, row.case_id),
        facts=thing.facts,
        reads=views.access_log(stream, limit=READS).items,
        freshness=views.freshness(),
        law=visit.parts.law(),
        rights=rights_of(visit, thing, opened),
        may_replay=may_replay(visit, thing),
        reminders=reminders_of(visit, stream),
    )
    return visit.page(template, petition_file(known, visit.seat, tab, shown))


def _case(
    visit: Visit,
    thing: Seen,
    template: str,
    tab: str = "",
    shown: str = "",
    opened: OpenedText | None = None,
) -> Response:
    views, stream = visit.parts.views, thing.dossier.id
    known = CaseFacts(
        row=visit.reading.shown(views.find_case(stream), stream),
        petitions=[
            row
            for row in views.petitions_of_case(stream)
            if visit.reading.sees(row_circles.of_petition(row))
        ],
        facts=thing.facts,
        reads=views.access_log(stream, limit=READS).items,
        freshness=views.freshness(),
        law=visit.parts.law(),
        rights=rights_of(visit, thing, opened),
        may_replay=may_replay(visit, thing),
        reminders=reminders_of(visit, stream),
    )
    return visit.page(template, case_file(known, visit.seat, tab, shown))


@dataclass(frozen=True)
class Wanted:
    """A text that somebody wants to open, and for what that is allowed."""

    thing: Seen
    ref: TextRef
    purposes: tuple[AccessPurpose, ...]


def _wanted(visit: Visit, stream: UUID, entry: UUID) -> Wanted:
    """A text of a file the reader may see. Refuses: ``NotFound``, ``NotPermitted``."""
    thing = seen(visit, stream)
    for ref in (ref for fact in thing.facts for ref in getattr(fact, "texts", ())):
        if ref.entry == entry:
            found = Wanted(thing, ref, purposes(visit, thing, ref))
            if not found.purposes:
                _say_why_not(visit, found)
            return found
    raise NotFound("Không tìm thấy nội dung này.")


def _say_why_not(visit: Visit, wanted: Wanted) -> None:
    """Refuses with the field's own reason."""
    ask = OpenText(
        subject=wanted.thing.dossier.id,
        entry=wanted.ref.entry,
        field=wanted.ref.field,
        purpose=AccessPurpose.HANDLING,
    )
    reading = visit.reading
    sight.check_text(ask, reading.officer, wanted.thing.circle, reading.directory, reading.today)


@router.get("/noi-dung/{stream}/{entry}")
def ask_purpose(stream: UUID, entry: UUID, visit: TheVisit) -> Response:
    """What for? Nothing is opened yet."""
    return _purpose(visit, _wanted(visit, stream, entry))


@router.post("/noi-dung/{stream}/{entry}")
async def open_text(stream: UUID, entry: UUID, visit: TheVisit, sent: TheForm) -> Response:
    """Put the opening on record, then show the text, once. No record, no text."""
    wanted = await run_in_threadpool(_wanted, visit, stream, entry)
    chosen = next((each for each in wanted.purposes if each == sent.get("purpose")), None)
    if chosen is None:
        error = FieldError("purpose", "Chọn mục đích xem.")
        return await run_in_threadpool(_purpose, visit, wanted, error)
    field = wanted.ref.field
    acting = Acting(visit.request, visit.parts, visit.reading.officer, sent.get("key"), None)
    command = OpenText(subject=stream, entry=entry, field=field, purpose=chosen)
    outcome = await acting.handle(command, Opening(purpose=chosen))
    opening_is_fresh(outcome, visit.parts.clock.now())
    text = await run_in_threadpool(visit.parts.vault.open, stream, entry, field)
    opened = OpenedText(entry, text, outcome.recorded_at, label(chosen))
    return await run_in_threadpool(_shown, visit, wanted.thing, opened)


def _purpose(visit: Visit, wanted: Wanted, error: FieldError | None = None) -> Response:
    page = purpose_page(
        visit.seat,
        f"Mở: {label_of(wanted.ref.field)}",
        wanted.thing.subject(visit),
        visit.request.url.path,
        uuid4().hex,
        wanted.purposes,
        error,
    )
    return visit.page("purpose.html", page, 422 if error else 200)


def _shown(visit: Visit, thing: Seen, opened: OpenedText) -> Response:
    if isinstance(thing.dossier, Petition):
        return _petition(visit, thing, "petition_file.html", opened=opened)
    if isinstance(thing.dossier, Case):
        return _case(visit, thing, "case_file.html", opened=opened)
    return show_gathering(visit, thing, rights_of(visit, thing, opened))
