"""What a body or a parameter got wrong, said so that an officer can mend it (lỗi dữ liệu).

Pydantic's own messages are English and sometimes repeat the input; neither may reach an
answer. Only the kind of error, its place and its limits are used.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.bounds import FIRST_DAY, LAST_DAY
from services.api.problems import Fault

Say = Callable[[Mapping[str, Any]], tuple[str, str]]

PLACES = {"query": "query", "path": "path", "header": "header", "cookie": "cookie"}
SHOWN = 20
"""At most so many errors in one answer."""


def _fixed(message: str, mend: str) -> Say:
    return lambda _context: (message, mend)


def _limit(message: str, mend: str, name: str) -> Say:
    return lambda context: (
        message.format(context.get(name, "")),
        mend.format(context.get(name, "")),
    )


OTHER = _fixed("Giá trị không đúng kiểu hoặc ngoài phạm vi.", "Xem mô tả trường trong API.")
A_WHOLE_NUMBER = _fixed("Phải là số nguyên.", "Gửi số nguyên, không đặt trong dấu nháy.")
A_DATE = _fixed("Không phải ngày có thật.", "Gửi ngày dạng năm-tháng-ngày, ví dụ 2025-05-20.")
A_MOMENT = _fixed(
    "Không phải thời điểm có múi giờ.", "Gửi thời điểm dạng 2025-05-20T09:30:00+07:00."
)
AN_ID = _fixed("Không phải mã định danh (UUID).", "Dùng mã hệ thống đã cấp khi tạo hồ sơ.")
A_TEXT = _fixed("Phải là chuỗi ký tự.", "Gửi chuỗi trong dấu nháy kép.")
A_MAPPING = _fixed("Phải là một đối tượng JSON.", "Gửi nội dung trong dấu ngoặc nhọn { }.")

SAYINGS: dict[str, Say] = {
    "missing": _fixed("Thiếu trường bắt buộc.", "Bổ sung trường này."),
    "extra_forbidden": _fixed("Không có trường này.", "Bỏ trường này hoặc sửa tên trường."),
    "int_type": A_WHOLE_NUMBER,
    "int_parsing": A_WHOLE_NUMBER,
    "int_from_float": A_WHOLE_NUMBER,
    "int_parsing_size": A_WHOLE_NUMBER,
    "bool_type": _fixed("Phải là true hoặc false.", "Gửi true hoặc false, không có dấu nháy."),
    "bool_parsing": _fixed("Phải là true hoặc false.", "Gửi true hoặc false."),
    "string_type": A_TEXT,
    "string_unicode": _fixed(
        "Chuỗi có ký tự không mã hóa được (UTF-8).", "Gõ lại nội dung bằng bộ gõ Unicode."
    ),
    "string_too_long": _limit("Dài quá {} ký tự.", "Rút gọn còn tối đa {} ký tự.", "max_length"),
    "string_too_short": _limit("Ngắn hơn {} ký tự.", "Nhập ít nhất {} ký tự.", "min_length"),
    "string_pattern_mismatch": _fixed("Sai dạng.", "Xem dạng đúng trong tài liệu API."),
    "enum": lambda context: (
        "Không có trong danh mục.",
        "Chọn một trong: " + str(context.get("expected", "")).replace(" or ", ", ") + ".",
    ),
    "greater_than_equal": _limit("Nhỏ hơn {}.", "Gửi số từ {} trở lên.", "ge"),
    "less_than_equal": _limit("Lớn hơn {}.", "Gửi số không quá {}.", "le"),
    "day_reach": _fixed(
        f"Ngày ngoài khoảng {FIRST_DAY:%d/%m/%Y} đến {LAST_DAY:%d/%m/%Y}.",
        "Kiểm tra lại năm đã nhập.",
    ),
    "nul": _fixed("Có ký tự không dùng được (U+0000).", "Gõ lại nội dung."),
    "date_type": A_DATE,
    "date_text": A_DATE,
    "date_parsing": A_DATE,
    "date_from_datetime_parsing": A_DATE,
    "date_from_datetime_inexact": A_DATE,
    "datetime_type": A_MOMENT,
    "datetime_parsing": A_MOMENT,
    "datetime_from_date_parsing": A_MOMENT,
    "datetime_object_invalid": A_MOMENT,
    "moment_text": A_MOMENT,
    "timezone_aware": A_MOMENT,
    "uuid_type": AN_ID,
    "uuid_parsing": AN_ID,
    "model_type": A_MAPPING,
    "model_attributes_type": A_MAPPING,
    "dict_type": A_MAPPING,
    "count_order": _fixed("Số ít lớn hơn số nhiều.", "Gửi low không lớn hơn high."),
}


def faults_of(errors: Sequence[Any]) -> tuple[Fault, ...]:
    """Pydantic's errors as faults: place, message, remedy; never the input."""
    return tuple(_fault(error) for error in errors[:SHOWN])


def _fault(error: Mapping[str, Any]) -> Fault:
    message, mend = SAYINGS.get(error["type"], OTHER)(error.get("ctx") or {})
    return Fault(pointer_of(error["loc"]), message, mend)


def pointer_of(place: Sequence[str | int]) -> str:
    """Where: ``#/texts/summary`` in the body (RFC 6901), ``header/If-Match`` elsewhere."""
    source, *steps = place
    escaped = "/".join(_escape(str(step)) for step in steps)
    if source in PLACES:
        return f"{PLACES[str(source)]}/{escaped}"
    return f"#/{escaped}" if steps else "#"


def _escape(step: str) -> str:
    """RFC 6901; a caller's own field name is cut, and what is not printable is not repeated."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in step[:60])
    return shown.encode("utf-8", "replace").decode("utf-8").replace("~", "~0").replace("/", "~1")
