"""Acts on units, one fact at a time (ghi sổ đơn vị). A reform of many is recorded as a list."""

from datetime import date

from fastapi import APIRouter, Response

from domain.commands import directory as ask_for
from domain.commands.base import Command
from domain.units import unit_id_of
from services.api.acts import CHANGES, CREATES, ActAnew, Acting, ActOn, receipt
from services.api.bodies import directory as bodies
from services.api.bodies.base import Act, Ref
from services.api.deps import Today
from services.api.routes.units import AT, UnitPath
from services.units.deciding import entered_unit

router = APIRouter(prefix=AT, tags=["directory"])


@router.post("", **CREATES)
async def establish_unit(body: bodies.UnitNotice, act: ActAnew) -> Response:
    """Enter a unit below one that stands on its first day (thành lập đơn vị)."""
    unit = unit_id_of(body.code, body.valid_from)
    said = body.model_copy(update={"parent": _above(act, body.parent, body.valid_from)})
    return await _recorded(act, said.command(ask_for.EstablishUnit, unit_id=unit), body, unit)


@router.post("/{unit}/name", **CHANGES)
async def rename_unit(unit: UnitPath, body: bodies.NewName, act: ActOn, today: Today) -> Response:
    """Give it another name from a day on; the kind stays (đổi tên)."""
    own = _own(act, unit, today)
    return await _recorded(act, body.command(ask_for.RenameUnit, unit_id=own), body, own)


@router.post("/{unit}/kind", **CHANGES)
async def change_unit_kind(
    unit: UnitPath, body: bodies.NewName, act: ActOn, today: Today
) -> Response:
    """Make it one of another kind, a commune a ward, with its whole new name (đổi loại)."""
    own = _own(act, unit, today)
    return await _recorded(act, body.command(ask_for.ChangeUnitKind, unit_id=own), body, own)


@router.post("/{unit}/parent", **CHANGES)
async def move_unit(unit: UnitPath, body: bodies.NewParent, act: ActOn, today: Today) -> Response:
    """Put it under another unit from a day on (chuyển đơn vị trực thuộc)."""
    own = _own(act, unit, today)
    said = body.model_copy(update={"parent": _above(act, body.parent, body.valid_from)})
    return await _recorded(act, said.command(ask_for.MoveUnit, unit_id=own), body, own)


@router.post("/{unit}/parts", **CHANGES)
async def cede_part(unit: UnitPath, body: bodies.CededPart, act: ActOn, today: Today) -> Response:
    """Let it go on and cede a part of its area to another (điều chỉnh địa giới)."""
    own = _own(act, unit, today)
    to = act.parts.directory().get_unit(body.to_unit, body.valid_from, pointer="/to_unit").unit_id
    said = body.model_copy(update={"to_unit": to})
    return await _recorded(act, said.command(ask_for.CedePart, unit_id=own), body, own)


@router.post("/{unit}/end", **CHANGES)
async def abolish_unit(unit: UnitPath, body: bodies.LastDay, act: ActOn, today: Today) -> Response:
    """Let it stand no longer after its last day; nothing may be left below it (giải thể)."""
    own = _own(act, unit, today)
    return await _recorded(act, body.command(ask_for.AbolishUnit, unit_id=own), body, own)


def _own(act: Acting, ref: str, today: date) -> str:
    return entered_unit(act.parts.directory(), ref, today)


def _above(act: Acting, ref: str | None, on: date) -> str | None:
    """The parent's id; a code means the unit of that day."""
    if ref is None:
        return None
    return act.parts.directory().get_unit(ref, on, pointer="/parent").unit_id


async def _recorded(act: Acting, command: Command, body: Act, unit: Ref) -> Response:
    outcome = await act.handle(command, body)
    created = isinstance(command, ask_for.EstablishUnit)
    here = f"{AT}/{unit}"
    return receipt(outcome, at=AT, created=created, here=here, history=f"{here}/history")
