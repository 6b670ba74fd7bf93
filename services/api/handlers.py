"""From what was raised to what is answered: the table of exception handlers."""

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import Refusal
from domain.ports import StoreUnavailable
from projections.ports import ViewsUnavailable
from services.api import catalogue
from services.api.catalogue import Kind
from services.api.edge import failed
from services.api.problems import Fault, Problem, answer, problem_of, unavailable
from services.api.violations import faults_of

BY_STATUS: Mapping[int, tuple[Kind, str, str]] = {
    400: (catalogue.BAD_JSON, "Không đọc được nội dung JSON.", "Sửa cú pháp JSON rồi gửi lại."),
    404: (
        catalogue.NO_SUCH_ADDRESS,
        "Không có địa chỉ này.",
        "Xem các địa chỉ trong /api/v1/openapi.json.",
    ),
    405: (
        catalogue.METHOD_NOT_ALLOWED,
        "Địa chỉ này không nhận phương thức đó.",
        "Dùng một phương thức nêu trong đầu đề Allow.",
    ),
    408: (
        catalogue.BODY_TOO_SLOW,
        "Nội dung không đến đủ trong 5 giây. Chưa có gì được ghi.",
        "Kiểm tra đường truyền rồi gửi lại với cùng khóa chống trùng.",
    ),
    413: (
        catalogue.BODY_TOO_LARGE,
        "Nội dung dài quá 256 KiB.",
        "Rút gọn nội dung; văn bản dài thì đính kèm bản giấy.",
    ),
}
"""What the framework itself refuses, in our words."""


def install(app: FastAPI) -> None:
    """Answer every refusal and failure with a problem."""
    app.add_exception_handler(Problem, _of_the_edge)
    app.add_exception_handler(Refusal, _of_the_field)
    app.add_exception_handler(RequestValidationError, _of_the_shape)
    app.add_exception_handler(StoreUnavailable, _of_the_world)
    app.add_exception_handler(ViewsUnavailable, _of_the_world)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _of_ours)


async def _of_the_edge(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, Problem):
        raise raised
    return answer(request, raised)


async def _of_the_field(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, Refusal):
        raise raised
    return answer(request, problem_of(raised))


async def _of_the_shape(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, RequestValidationError):
        raise raised
    errors = raised.errors()
    if any(error["type"] == "json_invalid" for error in errors):
        return answer(request, _said(400, place=f"#{errors[0]['loc'][-1]}"))
    detail = "Một số trường chưa đúng; xem từng mục trong errors."
    return answer(request, Problem(catalogue.INVALID_BODY, detail, faults_of(errors)))


async def _of_the_world(request: Request, _raised: Exception) -> Response:
    return answer(request, unavailable(catalogue.STORE_UNAVAILABLE))


async def _of_the_framework(request: Request, raised: Exception) -> Response:
    if not isinstance(raised, HTTPException) or raised.status_code not in BY_STATUS:
        raise raised
    return answer(request, _said(raised.status_code, headers=raised.headers))


async def _of_ours(request: Request, _raised: Exception) -> Response:
    """Raised on after it is answered: the edge tells of it."""
    return failed(request)


def _said(status: int, *, place: str = "#", headers: Mapping[str, str] | None = None) -> Problem:
    kind, message, mend = BY_STATUS[status]
    return Problem(kind, message, (Fault(place, message, mend),), dict(headers or {}))
