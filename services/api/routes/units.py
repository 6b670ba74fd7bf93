"""Units, as of a day and as known on a day (danh bạ đơn vị). Still only for officers."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from starlette.concurrency import run_in_threadpool

from domain.commands.base import Command
from domain.commands.directory import WithdrawUnitFact
from domain.undecided import Doubt, OpenQuestions
from domain.unit_finding import find_units
from services.api.acts import CHANGES, Acting, ActOn, receipt
from services.api.bodies.base import Act, Day, Ref
from services.api.bodies.units import SuccessorDecision, Withdrawal
from services.api.deps import Today
from services.api.known import TheDated, TheDirectory
from services.api.problems import refuses
from services.units.answers import FoundUnit, Successors, UndecidedPage, UnitAnswer, UnitHistory
from services.units.deciding import decision, former_unit

AT = "/api/v1/units"

router = APIRouter(prefix=AT, tags=["directory"], responses=refuses())

UnitPath = Annotated[Ref, Path(description="A unit's id or bare code.")]
Typed = Annotated[str, Query(min_length=1, max_length=100, description="Name or code.")]
Hits = Annotated[int, Query(ge=1, le=50)]


@router.get("")
async def search_units(dated: TheDated, q: Typed, limit: Hits = 20) -> list[UnitAnswer]:
    """Units that stand, by what somebody types; accents do not matter (tìm đơn vị)."""
    found = await run_in_threadpool(dated.directory.search, q, dated.on, limit)
    return [UnitAnswer.of(unit) for unit in found]


@router.get("/search")
async def find_any_unit(dated: TheDated, q: Typed, limit: Hits = 20) -> list[FoundUnit]:
    """Units by present and former names, old units with where they are now (tìm đơn vị cũ)."""
    found = await run_in_threadpool(find_units, q, dated.directory, dated.on, limit)
    return [FoundUnit.of(each) for each in found]


@router.get("/undecided")
async def list_undecided(
    dated: TheDated,
    doubt: Doubt | None = None,
    below: Annotated[Ref | None, Query(description="Only of this former unit, by id.")] = None,
    cursor: Annotated[Ref | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> UndecidedPage:
    """Old units of which a person must say where they went (địa bàn chờ quyết định)."""

    def page() -> UndecidedPage:
        questions = OpenQuestions(dated.directory, dated.on)
        waiting = questions.waiting(after=cursor or "", doubt=doubt, below=below)
        return UndecidedPage.of(
            tuple(islice(waiting, limit + 1)), limit, questions, dated.directory
        )

    return await run_in_threadpool(page)


@router.get("/{unit}")
async def read_unit(unit: UnitPath, dated: TheDated) -> UnitAnswer:
    """One unit by id or bare code: a code means another unit on another day (đơn vị)."""
    return UnitAnswer.of(dated.directory.get_unit(unit, dated.on, pointer="path/unit"))


@router.get("/{unit}/children")
async def list_children(unit: UnitPath, dated: TheDated) -> list[UnitAnswer]:
    """The units right below, in administrative order (đơn vị trực thuộc)."""
    directory, on = dated.directory, dated.on
    above = directory.get_unit(unit, on, pointer="path/unit")
    return [UnitAnswer.of(child) for child in directory.children(above.unit_id, on)]


@router.get("/{unit}/ancestors")
async def list_ancestors(unit: UnitPath, dated: TheDated) -> list[UnitAnswer]:
    """Every unit above, nearest first (đơn vị cấp trên)."""
    directory, on = dated.directory, dated.on
    own = directory.get_unit(unit, on, pointer="path/unit")
    return [UnitAnswer.of(above) for above in directory.ancestors(own.unit_id, on)]


@router.get("/{unit}/successors")
async def read_successors(
    unit: UnitPath,
    dated: TheDated,
    was: Annotated[Day | None, Query(description="The day on which the code meant it.")] = None,
) -> Successors:
    """Where a unit of a former day is on this day: one place, or candidates (nay thuộc đâu)."""
    directory, on = dated.directory, dated.on
    return Successors.of(former_unit(directory, unit, was or on), directory, on)


@router.get("/{unit}/history")
async def read_unit_history(unit: UnitPath, response: Response, dated: TheDated) -> UnitHistory:
    """Its names, kinds and parents, the facts about it, whom it took over (lịch sử đơn vị)."""
    told = UnitHistory.of(former_unit(dated.directory, unit, dated.on).unit_id, dated.directory)
    response.headers["ETag"] = f'"{told.version}"'
    return told


@router.post("/{unit}/successor", **CHANGES)
async def decide_successor(
    unit: UnitPath, body: SuccessorDecision, act: ActOn, directory: TheDirectory, today: Today
) -> Response:
    """Settle what is open about an old unit: where it went, or who does its work.

    Of a split unit, and of one whose level is gone, the office that takes over its
    committee's work is named; ``If-Match`` is then ``*``.
    """
    command = decision(
        directory,
        today,
        unit=unit,
        successor=body.successor,
        relation=body.relation,
        basis=body.basis,
    )
    return await _recorded(act, command, body, unit)


@router.post("/{unit}/withdrawal", **CHANGES)
async def withdraw_fact(unit: UnitPath, body: Withdrawal, act: ActOn, today: Today) -> Response:
    """Say that an earlier fact about a unit was wrong, a guess above all (đính chính)."""
    own = former_unit(act.parts.directory(), unit, today)
    command = WithdrawUnitFact(unit_id=own.unit_id, withdrawn=body.withdrawn, basis=body.basis)
    return await _recorded(act, command, body, own.unit_id)


async def _recorded(act: Acting, command: Command, body: Act, unit: str) -> Response:
    outcome = await act.handle(command, body)
    here = f"{AT}/{unit}"
    return receipt(outcome, at=AT, created=False, here=here, history=f"{here}/history")
