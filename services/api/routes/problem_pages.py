"""Help on every kind of problem: what ``type`` of a problem points to."""

from fastapi import APIRouter
from pydantic import BaseModel

from domain.errors import NotFound
from services.api import catalogue

router = APIRouter(prefix="/api/v1/problems", tags=["problems"])


class ProblemKind(BaseModel):
    """One kind of problem. ``title`` is for officers, ``meaning`` for programmers."""

    code: str
    status: int
    title: str
    meaning: str


@router.get("/{code}")
async def explain_problem(code: str) -> ProblemKind:
    """What a problem's code means. Open to everybody."""
    for kind in catalogue.kinds():
        if kind.code == code:
            return ProblemKind(
                code=kind.code, status=kind.status, title=kind.title, meaning=kind.meaning
            )
    raise NotFound("Không có mã lỗi này.", mend="Xem danh sách trong docs/errors.md.")
