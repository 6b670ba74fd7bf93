"""Every problem the API may answer with: its code, its status, its title (mã lỗi).

A code is stored by clients for ever; a title may be reworded. Refusals of the field carry
their own code and title (``domain/errors.py``) and get their status from their family here:
status numbers live in this module alone. ``docs/errors.md`` is made from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain import errors
from domain.errors import Refusal


@dataclass(frozen=True)
class Kind:
    """One kind of problem. ``meaning`` is English, for the documentation."""

    code: str
    status: int
    title: str
    meaning: str


BAD_JSON = Kind("bad_json", 400, "Nội dung không phải JSON", "The body is not JSON, or too deep.")
KEY_MISSING = Kind(
    "key_missing", 400, "Thiếu khóa chống trùng", "An act came without `Idempotency-Key`."
)
KEY_MALFORMED = Kind(
    "key_malformed",
    400,
    "Khóa chống trùng sai dạng",
    "`Idempotency-Key` is not 8 to 128 visible ASCII characters.",
)
VERSION_MALFORMED = Kind(
    "version_malformed",
    400,
    "If-Match sai dạng",
    '`If-Match` is neither `*` nor one strong entity tag such as `"3"`.',
)
WAIT_MALFORMED = Kind(
    "wait_malformed",
    400,
    "Wait-For sai dạng",
    "`Wait-For` or `wait_for` is no position token such as `3-1204`.",
)
TOKEN_MISSING = Kind("token_missing", 401, "Chưa đăng nhập", "No `Authorization: Bearer` header.")
TOKEN_REFUSED = Kind(
    "token_refused",
    401,
    "Phiên đăng nhập không hợp lệ",
    "The token is expired, forged, of another issuer or for another audience.",
)
OFFICE_NOT_VALID = Kind(
    "office_not_valid",
    403,
    "Cơ quan không còn hiệu lực",
    "The token's office does not exist on this day (merged, abolished or not yet there).",
)
NO_SUCH_ADDRESS = Kind("no_such_address", 404, "Không có địa chỉ này", "No route has this path.")
METHOD_NOT_ALLOWED = Kind(
    "method_not_allowed", 405, "Phương thức không dùng được", "The path has no such method."
)
IN_FLIGHT = Kind(
    "in_flight",
    409,
    "Yêu cầu đang được xử lý",
    "A request with the same key is being answered right now; repeat after `Retry-After`.",
)
BODY_TOO_SLOW = Kind(
    "body_too_slow", 408, "Nội dung đến quá chậm", "The body was not there within five seconds."
)
BODY_TOO_LARGE = Kind("body_too_large", 413, "Nội dung quá lớn", "The body is longer than 256 KiB.")
NOT_JSON_TYPE = Kind(
    "not_json_type",
    415,
    "Sai kiểu nội dung",
    "A body came without `Content-Type: application/json`.",
)
INVALID_BODY = Kind(
    "invalid_request",
    422,
    "Dữ liệu gửi lên chưa đúng",
    "Fields are missing, unknown or malformed; `errors` names each.",
)
TOO_MANY_STREAMS = Kind(
    "too_many_streams",
    429,
    "Mở quá nhiều luồng trực tiếp",
    "The account has sixteen live streams open already.",
)
TOO_MANY_AT_ONCE = Kind(
    "too_many_at_once",
    429,
    "Quá nhiều yêu cầu cùng lúc",
    "The account has 24 requests in work; repeat with the same key after `Retry-After`.",
)
OVERLOADED = Kind(
    "overloaded",
    503,
    "Hệ thống quá tải",
    "More requests than can be worked on. Nothing was begun: repeat with the same key.",
)
VERSION_REQUIRED = Kind(
    "version_required",
    428,
    "Thiếu số bản ghi hồ sơ",
    "An act on an existing thing came without `If-Match`.",
)
OPENING_TOO_OLD = Kind(
    "opening_too_old",
    409,
    "Lượt xem này đã hết hạn",
    "A text was opened with this key more than five minutes ago; each viewing is recorded.",
)
INTERNAL = Kind("internal", 500, "Lỗi hệ thống", "A fault of the server; quote `trace_id`.")
STORE_UNAVAILABLE = Kind(
    "store_unavailable",
    503,
    "Hệ thống tạm gián đoạn",
    "The store or the views cannot be reached. Nothing is half-done: repeat with the same key.",
)
VIEWS_BEHIND = Kind(
    "views_behind",
    503,
    "Chưa lên màn hình tra cứu",
    "The thing is recorded, but no view shows it yet. Read again after `Retry-After`.",
)
VAULT_UNAVAILABLE = Kind(
    "vault_unavailable",
    503,
    "Kho bảo mật tạm gián đoạn",
    "Protected texts cannot be sealed or opened now. Repeat with the same key.",
)
IDENTITY_UNAVAILABLE = Kind(
    "identity_unavailable",
    503,
    "Chưa kiểm tra được đăng nhập",
    "The issuer's keys cannot be read now.",
)

EDGE: tuple[Kind, ...] = tuple(kind for kind in list(globals().values()) if isinstance(kind, Kind))

FAMILIES: tuple[tuple[type[Refusal], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotPermitted, 403),
    (errors.Invalid, 422),
    (errors.AlreadyRecorded, 422),
    (errors.Outdated, 412),
    (errors.Conflict, 409),
    (errors.RuleViolated, 409),
    (errors.Refusal, 409),
)
"""A refusal's status is that of the first family it belongs to."""

MENDS: dict[int, str] = {
    403: "Dùng tài khoản và cơ quan có thẩm quyền, hoặc đề nghị cơ quan đang giữ hồ sơ thực hiện.",
    404: "Kiểm tra lại mã; hồ sơ có thể không thuộc phạm vi được xem.",
    409: "Xem lại trạng thái hồ sơ rồi chọn việc phù hợp.",
    412: "Tải lại hồ sơ rồi thực hiện lại.",
    422: "Sửa dữ liệu được nêu rồi gửi lại.",
}
"""What to do when a refusal does not say so itself."""


def status_of(refusal: type[Refusal]) -> int:
    """The HTTP status of a refusal, by its family."""
    return next(status for family, status in FAMILIES if issubclass(refusal, family))


def refusals(family: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """A family and everything below it that has been imported."""
    yield family
    for child in family.__subclasses__():
        yield from refusals(child)


def kind_of(refusal: type[Refusal]) -> Kind:
    """A refusal as a kind of problem; its meaning is its docstring's first sentence."""
    meaning = (refusal.__doc__ or "").strip().split("\n", 1)[0]
    return Kind(refusal.code, status_of(refusal), refusal.title, meaning)


def kinds() -> list[Kind]:
    """Every kind of problem by code: the edge's own and each refusal of the field."""
    of_field = {each.code: kind_of(each) for each in reversed(list(refusals()))}
    return sorted({*EDGE, *of_field.values()}, key=lambda kind: kind.code)
