"""Acts on offices: entered, changed, ended; posts, stand-ins, reception places (ghi sổ cơ quan).

Posts and places are entered by the office's own head or by who keeps the directory.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from domain.commands import directory as ask_for
from domain.commands.base import Command
from domain.directory import Directory
from services.api.acts import CHANGES, CREATES, ActAnew, Acting, ActOn, receipt
from services.api.bodies import directory as bodies
from services.api.bodies.base import Act
from services.api.bodies.units import Withdrawal
from services.api.deps import Parts, Today
from services.api.routes.directory import AT, OfficePath

router = APIRouter(prefix=AT, tags=["directory"])


async def _office(office: OfficePath, parts: Parts, today: Today) -> str:
    return _entered(parts.directory(), office, today, "path/office")


TheOffice = Annotated[str, Depends(_office)]


@router.post("", **CREATES)
async def establish_office(body: bodies.OfficeNotice, act: ActAnew) -> Response:
    """Enter an office of a unit: a department, a board, the police, the Front (lập cơ quan)."""
    directory, on = act.parts.directory(), body.valid_from
    of_unit = directory.get_unit(body.of_unit, on, pointer="/of_unit").unit_id
    superior = _superior(directory, body.superior, on)
    said = body.model_copy(update={"of_unit": of_unit, "superior": superior})
    return await _recorded(act, said.command(ask_for.EstablishOffice), body, body.office_id)


@router.post("/{office}/name", **CHANGES)
async def rename_office(body: bodies.NewName, act: ActOn, office: TheOffice) -> Response:
    """Give it another name from a day on (đổi tên cơ quan)."""
    command = body.command(ask_for.RenameOffice, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/superior", **CHANGES)
async def change_office_superior(
    body: bodies.NewSuperior, act: ActOn, office: TheOffice
) -> Response:
    """Put it under another office from a day on (đổi cơ quan cấp trên)."""
    superior = _superior(act.parts.directory(), body.superior, body.valid_from)
    said = body.model_copy(update={"superior": superior})
    command = said.command(ask_for.ChangeOfficeSuperior, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/fields", **CHANGES)
async def change_office_fields(body: bodies.NewFields, act: ActOn, office: TheOffice) -> Response:
    """Let it answer for other fields from a day on (đổi lĩnh vực phụ trách)."""
    command = body.command(ask_for.ChangeOfficeFields, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/end", **CHANGES)
async def abolish_office(body: bodies.LastDay, act: ActOn, office: TheOffice) -> Response:
    """Let it stand no longer; its open work goes to an heir or waits for one (giải thể)."""
    command = body.command(ask_for.AbolishOffice, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/successor", **CHANGES)
async def name_office_successor(
    body: bodies.OfficeSuccessor, act: ActOn, office: TheOffice, today: Today
) -> Response:
    """Say which office does an ended one's work (cơ quan kế thừa)."""
    heir = _entered(act.parts.directory(), body.successor, today, "/successor")
    said = body.model_copy(update={"successor": heir})
    command = said.command(ask_for.NameOfficeSuccessor, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/withdrawal", **CHANGES)
async def withdraw_office_fact(body: Withdrawal, act: ActOn, office: TheOffice) -> Response:
    """Say that an earlier fact about it was wrong (đính chính)."""
    command = body.command(ask_for.WithdrawOfficeFact, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/places", **CHANGES)
async def open_reception_place(body: bodies.PlaceOpened, act: ActOn, office: TheOffice) -> Response:
    """Receive citizens at a place from a day on (mở địa điểm tiếp công dân)."""
    command = body.command(ask_for.OpenReceptionPlace, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/places/end", **CHANGES)
async def close_reception_place(
    body: bodies.PlaceClosed, act: ActOn, office: TheOffice
) -> Response:
    """Receive nobody there after a day (đóng địa điểm tiếp công dân)."""
    command = body.command(ask_for.CloseReceptionPlace, office_id=office)
    return await _recorded(act, command, body, office)


@router.post("/{office}/posts", **CHANGES)
async def fill_post(body: bodies.PostHeld, act: ActOn, office: TheOffice) -> Response:
    """Enter who holds a post from a day on (bố trí người giữ vị trí)."""
    return await _recorded(act, body.command(ask_for.FillPost, office_id=office), body, office)


@router.post("/{office}/posts/end", **CHANGES)
async def leave_post(body: bodies.PostGiven, act: ActOn, office: TheOffice) -> Response:
    """Enter who leaves a post: what rested on them is listed until handed on (rời vị trí)."""
    return await _recorded(act, body.command(ask_for.LeavePost, office_id=office), body, office)


@router.post("/{office}/stand-ins", **CHANGES)
async def name_stand_in(body: bodies.Standing, act: ActOn, office: TheOffice) -> Response:
    """Enter who stands in while another is absent (cử người làm thay)."""
    return await _recorded(act, body.command(ask_for.NameStandIn, office_id=office), body, office)


def _entered(directory: Directory, ref: str, today: date, pointer: str) -> str:
    """The office by id, whenever it stands; a unit's code means its committee of today."""
    if ref in directory.offices:
        return ref
    return directory.get_office(ref, today, pointer=pointer).office_id


def _superior(directory: Directory, ref: str | None, on: date) -> str | None:
    """The superior's id; a unit's code means its committee on that day."""
    return None if ref is None else directory.get_office(ref, on, pointer="/superior").office_id


async def _recorded(act: Acting, command: Command, body: Act, office: str) -> Response:
    outcome = await act.handle(command, body)
    created = isinstance(command, ask_for.EstablishOffice)
    here = f"{AT}/{office}"
    return receipt(outcome, at=AT, created=created, here=here, history=f"{here}/history")
