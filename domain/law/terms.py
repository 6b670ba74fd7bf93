"""The closed words of a rulebook, each with its Vietnamese term (từ vựng của bộ quy tắc).

A book that uses another word is refused. Levels and offices stay data; who decides is named
by the post, because the law does so.
"""

from enum import StrEnum
from typing import Final, Self


class Word(StrEnum):
    """A word as a book writes it; ``term`` is what a reader sees."""

    term: str

    def __new__(cls, value: str, term: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.term = term
        return word


class DayUnit(Word):
    """What a limit counts (đơn vị tính)."""

    WORKING = "working_day", "ngày làm việc"
    CALENDAR = "calendar_day", "ngày"


class Direction(Word):
    """Whether a limit runs from its day on, or must be over before it (chiều tính)."""

    AFTER = "after", "sau"
    BEFORE = "before", "trước"


class Quantity(Word):
    """What a measure counts, where it is no limit of the law in days (đại lượng)."""

    MINUTE = "minute", "phút"
    HOUR = "hour", "giờ"
    WORKING_DAY = "working_day", "ngày làm việc"
    MONTH = "month", "tháng"
    YEAR = "year", "năm"
    PLACE = "place", "địa điểm"
    CONTENT = "content", "nội dung"
    CRITERION = "criterion", "tiêu chí"


class Pace(Word):
    """In which period a duty comes back (chu kỳ)."""

    WEEK = "week", "tuần"
    MONTH = "month", "tháng"


class Act(Word):
    """What a duty that comes back is about (việc phải làm)."""

    RECEIVE = "receive", "trực tiếp tiếp công dân"
    MEET = "meet", "họp phối hợp"


class Condition(Word):
    """What must be so of a file before a rule is for it (điều kiện áp dụng)."""

    COMPLAINT = "complaint", "khiếu nại"
    DENUNCIATION = "denunciation", "tố cáo"
    PROPOSAL = "proposal", "kiến nghị"
    FEEDBACK = "feedback", "phản ánh"
    FIRST = "first", "lần đầu"
    SECOND = "second", "lần hai"
    REMOTE = "remote", "vùng sâu, vùng xa"
    COMPLEX = "complex", "phức tạp"
    ESPECIALLY_COMPLEX = "especially_complex", "đặc biệt phức tạp"
    SEVERAL_PLACES = "several_places", "nhiều địa điểm hoặc phải ủy quyền"
    DISCIPLINE = "discipline", "quyết định kỷ luật"
    DISMISSAL = "dismissal", "kỷ luật buộc thôi việc"


MATTERS: Final = frozenset(
    {Condition.COMPLAINT, Condition.DENUNCIATION, Condition.PROPOSAL, Condition.FEEDBACK}
)
INSTANCES: Final = frozenset({Condition.FIRST, Condition.SECOND})
DEGREES: Final = frozenset({Condition.COMPLEX, Condition.ESPECIALLY_COMPLEX})
EITHER_OR: Final = (MATTERS, INSTANCES, DEGREES)
"""Of each of these a file is at most one."""


class Start(Word):
    """The day a limit is counted from (mốc tính)."""

    RECEIVED = "received", "ngày tiếp nhận"
    OFFERED = "offered", "ngày chuyển đơn"
    TAKEN_UP = "taken_up", "ngày thụ lý"
    REFUSED = "refused", "ngày từ chối tiếp"
    NOTIFIED = "notified", "ngày nhận hoặc biết được quyết định, hành vi"
    FIRST_ANSWER = "first_answer", "ngày nhận quyết định lần đầu hoặc hết hạn giải quyết lần đầu"
    DECIDED = "decided", "ngày ban hành quyết định giải quyết"
    SUSPENDED = "suspended", "ngày ra quyết định đình chỉ, tạm đình chỉ"
    CONCLUDED = "concluded", "ngày ban hành kết luận"
    SETTLED = "settled", "ngày giải quyết xong"
    RESULT_KNOWN = "result_known", "ngày nhận được kết quả giải quyết"
    SUPERIOR_ASKED = "superior_asked", "ngày nhận yêu cầu của cấp trên"
    OVERDUE = "overdue", "ngày biết việc giải quyết đã quá hạn"
    FURTHER_RECEIVED = "further_received", "ngày nhận tố cáo tiếp"
    SESSION = "session", "ngày tiếp công dân"
    DIALOGUE = "dialogue", "ngày đối thoại"
    PROCESSING_BEGAN = "processing_began", "ngày bắt đầu xử lý dữ liệu"
    FILE_CLOSED = "file_closed", "ngày kết thúc hồ sơ"


class Official(Word):
    """Whose act it is about, or who decides, by post (người có thẩm quyền)."""

    COMMUNE_CHAIR = "commune_chair", "Chủ tịch UBND cấp xã"
    COMMUNE_STAFF = "commune_staff", "Cán bộ, công chức cấp xã"
    DISTRICT_CHAIR = "district_chair", "Chủ tịch UBND cấp huyện"
    DISTRICT_OFFICE_HEAD = "district_office_head", "Thủ trưởng cơ quan thuộc UBND cấp huyện"
    DEPARTMENT_UNIT_HEAD = "department_unit_head", "Thủ trưởng cơ quan thuộc sở"
    DEPARTMENT_HEAD = "department_head", "Giám đốc sở"
    PROVINCE_CHAIR = "province_chair", "Chủ tịch UBND cấp tỉnh"
    MINISTER = "minister", "Bộ trưởng"
    PRIME_MINISTER = "prime_minister", "Thủ tướng Chính phủ"
    AGENCY_HEAD = "agency_head", "Thủ trưởng cơ quan"
    SERVICE_UNIT_HEAD = "service_unit_head", "Người đứng đầu đơn vị sự nghiệp công lập"
    PARTY_MEMBER = "party_member", "Đảng viên vi phạm kỷ luật Đảng"
    PARTY_BODY = "party_body", "Cơ quan Đảng có thẩm quyền"
    RECEPTION_BOARD_HEAD = "reception_board_head", "Trưởng Ban Tiếp công dân"


class Question(Word):
    """What a competence answers (loại thẩm quyền)."""

    FIRST = "first", "giải quyết lần đầu"
    SECOND = "second", "giải quyết lần hai"
    DISPUTE = "dispute", "quyết định tranh chấp thẩm quyền"
    GAP = "gap", "giao người giải quyết khi chưa rõ thẩm quyền"


class Topic(Word):
    """What a transition carries over to files accepted before it (nội dung chuyển tiếp)."""

    WITHDRAWAL = "withdrawal", "rút đơn"
    SUSPENSION = "suspension", "tạm đình chỉ"
    TERMINATION = "termination", "đình chỉ"
    DIALOGUE = "dialogue", "đối thoại"


class Matter(Word):
    """What a document of the law is about (lĩnh vực văn bản)."""

    LEVELS = "levels", "Các cấp chính quyền"
    RECEPTION = "reception", "Tiếp công dân"
    COMPLAINTS = "complaints", "Khiếu nại"
    DENUNCIATIONS = "denunciations", "Tố cáo"
    PROCESSING = "processing", "Xử lý đơn"
    REPORTING = "reporting", "Báo cáo"
    ELECTED_BODIES = "elected_bodies", "Quốc hội, Hội đồng nhân dân"
    PERSONAL_DATA = "personal_data", "Dữ liệu cá nhân"


class Counted(Word):
    """As what form 02/XLD counts an outcome for a petition not of one's own (cột báo cáo)."""

    GUIDED = "guided", "Hướng dẫn"
    TRANSFERRED = "transferred", "Chuyển đơn"
