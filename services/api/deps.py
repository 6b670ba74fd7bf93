"""What a route may ask for: the house's parts, who asks, and the headers of an act.

All of it is checked in dependencies, before a route runs and before a stream begins: an
error raised inside a stream would still answer 200 (stack.md 4). Few and shallow ones:
FastAPI walks a dependency's own dependencies again wherever it is asked for, and sends
one that is not ``async`` to a thread.
"""

import re
from datetime import date
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from domain.days import day_of
from domain.values import Officer
from infra.identity.keys import IdentityUnavailable
from infra.identity.tokens import Claims, TokenRefused
from services.api import catalogue
from services.api.admission import in_the_name_of
from services.api.edge import OFFICE_KEY
from services.api.parts import ApiParts
from services.api.problems import Problem, unavailable
from services.seats import seat_of

KEY_FORM = re.compile(r"[\x21-\x7e]{8,128}", re.ASCII)
TAG_FORM = re.compile(r'"(0|[1-9][0-9]{0,17})"', re.ASCII)
CHALLENGE = 'Bearer realm="tiepdan"'

bearer = HTTPBearer(
    bearerFormat="JWT",
    scheme_name="bearer",
    description="An access token (RFC 9068) of the trusted issuer.",
    auto_error=False,
)


def parts_of(request: Request) -> ApiParts:
    """The parts that the composition root gave."""
    parts: ApiParts = request.app.state.parts
    return parts


async def _parts(request: Request) -> ApiParts:
    return parts_of(request)


Parts = Annotated[ApiParts, Depends(_parts)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]


def claims_of(parts: ApiParts, credentials: HTTPAuthorizationCredentials | None) -> Claims:
    """What the bearer token proves. Refuses: 401, 503 when no key can be read."""
    if credentials is None:
        raise Problem.at(
            catalogue.TOKEN_MISSING,
            "header/Authorization",
            "Yêu cầu không có mã truy cập.",
            "Gửi đầu đề Authorization: Bearer <mã truy cập>.",
            WWW_Authenticate=CHALLENGE,
        )
    return claims_by(parts, credentials.credentials)


def claims_by(parts: ApiParts, token: str) -> Claims:
    """What a token proves. Refuses: 401, 503 when no key can be read."""
    try:
        return parts.tokens.verify(token)
    except TokenRefused as refused:
        raise Problem.at(
            catalogue.TOKEN_REFUSED,
            "header/Authorization",
            "Mã truy cập sai, hết hạn hoặc không dành cho hệ thống này.",
            "Đăng nhập lại để lấy mã truy cập mới.",
            WWW_Authenticate=f'{CHALLENGE}, error="invalid_token"',
        ) from refused
    except IdentityUnavailable as down:
        raise unavailable(catalogue.IDENTITY_UNAVAILABLE) from down


async def _claims(request: Request, credentials: Credentials) -> Claims:
    return claims_of(parts_of(request), credentials)


TheClaims = Annotated[Claims, Depends(_claims)]


async def today_of(parts: ApiParts) -> date:
    """Today in Vietnam, by the stack's clock."""
    return day_of(parts.clock.now())


async def _today(request: Request) -> date:
    return await today_of(parts_of(request))


Today = Annotated[date, Depends(_today)]


async def officer_of(request: Request, parts: ApiParts, claims: Claims, today: date) -> Officer:
    """Who asks, for an office that exists today. Refuses: 401, 403."""
    office = seat_of(claims.account, claims.role, claims.office, parts.directory(), today)
    if office is None:
        raise Problem.at(
            catalogue.OFFICE_NOT_VALID,
            "header/Authorization",
            f"Ngày {today:%d/%m/%Y} cơ quan của tài khoản không có trong danh bạ.",
            "Đăng nhập bằng cơ quan kế thừa, hoặc liên hệ quản trị để đổi cơ quan.",
        )
    request.scope[OFFICE_KEY] = office.office_id
    in_the_name_of(request.scope, f"{claims.account} {office.office_id}")
    return Officer(account=claims.account, office=office.office_id, role=claims.role)


async def _officer(request: Request, credentials: Credentials) -> Officer:
    parts = parts_of(request)
    claims = claims_of(parts, credentials)
    return await officer_of(request, parts, claims, await today_of(parts))


TheOfficer = Annotated[Officer, Depends(_officer)]

KeyHeader = Annotated[
    str | None, Header(description="8 to 128 visible ASCII characters, new for each act.")
]
VersionHeader = Annotated[
    str | None,
    Header(description='The ETag last read, such as `"3"`; `*` for whatever it is now.'),
]


def key_of(request: Request, idempotency_key: str | None) -> str:
    """The client's key of this act. Refuses: 400 when missing or malformed, 415."""
    content_type = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if content_type != "application/json":
        raise Problem.at(
            catalogue.NOT_JSON_TYPE,
            "header/Content-Type",
            "Nội dung phải là JSON.",
            "Gửi đầu đề Content-Type: application/json.",
        )
    if idempotency_key is None:
        raise Problem.at(
            catalogue.KEY_MISSING,
            "header/Idempotency-Key",
            "Việc ghi nhận cần khóa chống trùng.",
            "Gửi đầu đề Idempotency-Key, mỗi việc một khóa mới (ví dụ UUID).",
        )
    if not KEY_FORM.fullmatch(idempotency_key):
        raise Problem.at(
            catalogue.KEY_MALFORMED,
            "header/Idempotency-Key",
            "Khóa chống trùng phải gồm 8 đến 128 ký tự ASCII nhìn thấy được.",
            "Dùng một UUID làm khóa.",
        )
    return idempotency_key


def version_of(if_match: str | None) -> int | None:
    """The version the caller has read; None for ``*``. Refuses: 428 absent, 400 malformed.

    ``*`` is allowed: the field's own rules guard every act, so it says "I have not looked"
    and is what a program sends that acts on nothing it showed to a person.
    """
    if if_match is None:
        raise Problem.at(
            catalogue.VERSION_REQUIRED,
            "header/If-Match",
            "Việc trên hồ sơ đã có cần số bản ghi mà bạn đã đọc.",
            "Đọc hồ sơ, rồi gửi If-Match bằng giá trị ETag vừa nhận.",
        )
    found = TAG_FORM.fullmatch(if_match.strip())
    if found is None and if_match.strip() != "*":
        raise Problem.at(
            catalogue.VERSION_MALFORMED,
            "header/If-Match",
            "If-Match phải là * hoặc một số bản ghi trong dấu nháy kép.",
            'Gửi lại đúng giá trị ETag đã nhận, ví dụ "3".',
        )
    return int(found.group(1)) if found else None
