"""The closed lists of the field. Levels and offices are data, not here.

Every member carries the Vietnamese term in the table :data:`LABELS`; a code is
stored for ever, its label may be reworded.
"""

from enum import IntEnum, StrEnum


class PetitionKind(StrEnum):
    """What a petition is by its content, not its title (loại đơn). Circular 05/2021 art. 6."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PROPOSAL = "proposal"
    FEEDBACK = "feedback"


class Channel(StrEnum):
    """How it reached the office (nguồn tiếp nhận). Circular 07/2014 art. 5."""

    COUNTER = "counter"
    POST = "post"
    LETTERBOX = "letterbox"
    ONLINE = "online"
    AGENCY = "agency"


class Field(StrEnum):
    """What it is about (lĩnh vực). Coarse; a finer tree is local data."""

    LAND = "land"
    COMPENSATION = "compensation"
    ENVIRONMENT = "environment"
    CONSTRUCTION = "construction"
    INFRASTRUCTURE = "infrastructure"
    AGRICULTURE = "agriculture"
    SOCIAL_POLICY = "social_policy"
    OFFICIAL_DUTY = "official_duty"
    JUSTICE = "justice"
    OTHER = "other"


class Role(StrEnum):
    """What an officer may do in the office he or she acts for (vai)."""

    CLERK = "clerk"
    HANDLER = "handler"
    OFFICE_HEAD = "office_head"
    LEADER = "leader"
    RETURN_LEAD = "return_lead"
    MONITOR = "monitor"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"


class DataClass(IntEnum):
    """Who may see a fact (mức bảo mật dữ liệu). design.md 4."""

    PUBLIC = 0
    INTERNAL = 1
    PERSONAL = 2
    SEALED = 3


class SuccessionRelation(StrEnum):
    """How much of a former unit or office another one takes over (quan hệ kế thừa)."""

    WHOLE = "whole"
    PART = "part"


class SuccessionMatch(StrEnum):
    """How sure a succession is (độ chắc chắn của quan hệ kế thừa)."""

    EXACT = "exact"
    GUESSED = "guessed"
    DECIDED = "decided"


class Seat(StrEnum):
    """What an office is in a piece of work (vai trò của cơ quan trong hồ sơ)."""

    IN_CHARGE = "in_charge"
    OFFERED_TO = "offered_to"
    JUDGE = "judge"
    HANDLING = "handling_case"
    INFORMED = "informed"
    MUST_RECEIVE = "must_receive"
    MUST_COME = "must_come"
    ON_SITE = "on_site"
    HOME = "home_office"
    LEADING = "leading"
    HOST = "host"
    ASKING = "asking"


class TransferGround(StrEnum):
    """Why a petition is offered to another office (căn cứ chuyển đơn). Law 42/2013 art. 26."""

    OTHER_LEVEL = "other_level"
    OTHER_FIELD = "other_field"
    OTHER_TERRITORY = "other_territory"
    SUPERIOR_ORDER = "superior_order"


class ReturnGround(StrEnum):
    """Why an offered petition goes back (lý do trả lại)."""

    NOT_COMPETENT = "not_competent"
    PAPERS_MISSING = "papers_missing"
    ALREADY_HANDLED = "already_handled"
    CONFLICT_OF_INTEREST = "conflict_of_interest"


class Guidance(StrEnum):
    """What the citizen was told (nội dung hướng dẫn). Law 42/2013 art. 26."""

    COMPETENT_OFFICE = "competent_office"
    COURT = "court"
    SPLIT_CONTENT = "split_content"
    MISSING_PARTICULARS = "missing_particulars"


class EscalationGround(StrEnum):
    """Why a case goes up the ladder (lý do báo cáo vượt). requirements.md D 7."""

    CROWD = "crowd"
    COMPLEX = "complex"
    HEATED = "heated"
    OVERDUE = "overdue"
    BEYOND_COMPETENCE = "beyond_competence"


class DecisionOutcome(StrEnum):
    """What the decision says (kết quả giải quyết). Circular 06/2025 form 03/GQKN."""

    RIGHT = "right"
    PARTLY_RIGHT = "partly_right"
    WRONG = "wrong"
    ANSWERED = "answered"


class ClosureReason(StrEnum):
    """Why a case ends (lý do kết thúc). "Transferred" is not one: a transfer solves nothing."""

    DECISION_CARRIED_OUT = "decision_carried_out"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    OBJECT_GONE = "object_gone"
    COURT_TOOK_OVER = "court_took_over"
    NO_SUCCESSOR = "no_successor"
    ACCUSED_DIED = "accused_died"
    ALREADY_JUDGED = "already_decided"


class Notice(StrEnum):
    """How the citizen was told of the end (hình thức thông báo). Law 42/2013 art. 28."""

    WRITTEN = "written"
    IN_PERSON = "in_person"
    POSTED = "posted"


class Site(StrEnum):
    """Where a crowd stands (nơi tập trung). requirements.md D 2-6."""

    COMMUNE_OFFICE = "commune_office"
    DISTRICT_OFFICE = "district_office"
    PROVINCE_OFFICE = "province_office"
    HANOI = "hanoi"
    HO_CHI_MINH_CITY = "ho_chi_minh_city"
    ELSEWHERE = "elsewhere"


class AccessPurpose(StrEnum):
    """Why a protected text is opened (mục đích xem). Decree 13/2023 art. 3."""

    HANDLING = "handling"
    CONTACT_CITIZEN = "contact_citizen"
    RESPONSIBILITY_CHECK = "responsibility_check"
    COMPLAINT_ABOUT_OFFICER = "complaint_about_officer"


class Holiday(StrEnum):
    """A public holiday by name (ngày lễ). Labour Code 2019 art. 112."""

    NEW_YEAR = "new_year"
    TET = "tet"
    KINGS = "kings"
    VICTORY = "victory"
    LABOUR = "labour"
    NATIONAL = "national"
    CULTURE = "culture"
    OTHER = "other_day"


class DayOffKind(StrEnum):
    """How a weekday comes to be off (loại ngày nghỉ)."""

    HOLIDAY = "holiday"
    SWAPPED = "swapped"
    MADE_UP = "made_up"


class ClosureScope(StrEnum):
    """What a closure or working hours are about (phạm vi)."""

    UNIT = "unit"
    OFFICE = "office"


class ClosureCause(StrEnum):
    """Why an office is closed on days on which others work (lý do đóng cửa)."""

    STORM = "storm"
    FLOOD = "flood"
    EPIDEMIC = "epidemic"
    OTHER = "other_cause"


class ReviewOutcome(StrEnum):
    """What becomes of a result that a later notice put in doubt (kết quả xem lại)."""

    STANDS = "stands"
    AMENDED = "amended"


class ComplexGround(StrEnum):
    """What makes a case complex (căn cứ phức tạp), by the codes of the rulebook's lists.

    Decree 155/2026 art. 2, Decree 31/2019 art. 3.
    """

    VERIFICATION_SITES = "verification_sites"
    SEVERAL_CONTENTS = "several_contents"
    MANY_PEOPLE = "many_people"
    FOREIGN = "foreign"
    SEVERAL_AGENCIES = "several_agencies"
    AGENCIES_DISAGREE = "agencies_disagree"
    CONFLICTING_EVIDENCE = "conflicting_evidence"


class Instance(StrEnum):
    """Which time a matter is settled (lần giải quyết). Law 02/2011 art. 28, 37."""

    FIRST = "first"
    SECOND = "second"


class SuspensionGround(StrEnum):
    """Why settling is suspended (căn cứ tạm đình chỉ). Law 02/2011 art. 11a, 25/2018 art. 34."""

    OBSTACLE = "obstacle"
    RELATED_RESULT = "related_result"
    EXPERT_OPINION = "expert_opinion"


class CheckGround(StrEnum):
    """Why a denunciation is checked elsewhere too (lý do kiểm tra nhiều nơi). Law 25/2018 24.1."""

    SEVERAL_PLACES = "several_places"
    DELEGATED = "delegated"


class Contested(StrEnum):
    """What a complaint is about (đối tượng khiếu nại). Law 02/2011 art. 7, 47-48."""

    ACT = "act_or_decision"
    DISCIPLINE = "discipline"
    DISMISSAL = "dismissal"


LABELS: dict[StrEnum, str] = {
    ReviewOutcome.STANDS: "Giữ nguyên kết quả đã ghi",
    ReviewOutcome.AMENDED: "Đã đính chính trong báo cáo",
    PetitionKind.COMPLAINT: "Khiếu nại",
    PetitionKind.DENUNCIATION: "Tố cáo",
    PetitionKind.PROPOSAL: "Kiến nghị",
    PetitionKind.FEEDBACK: "Phản ánh",
    Channel.COUNTER: "Tại bàn tiếp dân",
    Channel.POST: "Bưu chính",
    Channel.LETTERBOX: "Hòm thư",
    Channel.ONLINE: "Trực tuyến",
    Channel.AGENCY: "Cơ quan, đại biểu chuyển đến",
    Field.LAND: "Đất đai",
    Field.COMPENSATION: "Bồi thường, tái định cư",
    Field.ENVIRONMENT: "Môi trường",
    Field.CONSTRUCTION: "Xây dựng",
    Field.INFRASTRUCTURE: "Hạ tầng, giao thông",
    Field.AGRICULTURE: "Nông nghiệp, thủy lợi",
    Field.SOCIAL_POLICY: "Chính sách xã hội",
    Field.OFFICIAL_DUTY: "Công vụ",
    Field.JUSTICE: "Tư pháp",
    Field.OTHER: "Khác",
    Role.CLERK: "Cán bộ tiếp dân",
    Role.HANDLER: "Chuyên viên thụ lý",
    Role.OFFICE_HEAD: "Thủ trưởng cơ quan",
    Role.LEADER: "Lãnh đạo",
    Role.RETURN_LEAD: "Phụ trách hỗ trợ về",
    Role.MONITOR: "Theo dõi",
    Role.AUDITOR: "Thanh tra viên",
    Role.ADMIN: "Quản trị",
    Role.SYSTEM: "Hệ thống",
    Seat.IN_CHARGE: "Phụ trách đơn",
    Seat.OFFERED_TO: "Được chuyển đơn",
    Seat.JUDGE: "Quyết định thẩm quyền",
    Seat.HANDLING: "Giải quyết vụ việc",
    Seat.INFORMED: "Được báo cáo",
    Seat.MUST_RECEIVE: "Phải tiếp đoàn",
    Seat.MUST_COME: "Phải có mặt",
    Seat.ON_SITE: "Tại nơi tập trung",
    Seat.HOME: "Nơi đi",
    Seat.LEADING: "Phụ trách hỗ trợ về",
    Seat.HOST: "Hẹn tiếp tại địa phương",
    Seat.ASKING: "Đề nghị hỗ trợ về",
    TransferGround.OTHER_LEVEL: "Thuộc thẩm quyền cấp khác",
    TransferGround.OTHER_FIELD: "Thuộc lĩnh vực cơ quan khác",
    TransferGround.OTHER_TERRITORY: "Thuộc địa bàn khác",
    TransferGround.SUPERIOR_ORDER: "Theo chỉ đạo của cấp trên",
    ReturnGround.NOT_COMPETENT: "Không thuộc thẩm quyền",
    ReturnGround.PAPERS_MISSING: "Thiếu giấy tờ kèm theo",
    ReturnGround.ALREADY_HANDLED: "Đã được giải quyết",
    ReturnGround.CONFLICT_OF_INTEREST: "Đơn liên quan chính cơ quan nhận",
    Guidance.COMPETENT_OFFICE: "Đến cơ quan có thẩm quyền",
    Guidance.COURT: "Khởi kiện tại tòa án",
    SuccessionRelation.WHOLE: "Toàn bộ",
    SuccessionRelation.PART: "Một phần",
    SuccessionMatch.EXACT: "Theo văn bản",
    SuccessionMatch.GUESSED: "Suy đoán, cần xác nhận",
    SuccessionMatch.DECIDED: "Đã quyết định",
    Guidance.SPLIT_CONTENT: "Tách nội dung thành nhiều đơn",
    Guidance.MISSING_PARTICULARS: "Bổ sung thông tin còn thiếu",
    EscalationGround.CROWD: "Đông người",
    EscalationGround.COMPLEX: "Phức tạp",
    EscalationGround.HEATED: "Bức xúc",
    EscalationGround.OVERDUE: "Quá hạn",
    EscalationGround.BEYOND_COMPETENCE: "Vượt thẩm quyền",
    DecisionOutcome.RIGHT: "Khiếu nại, tố cáo đúng",
    DecisionOutcome.PARTLY_RIGHT: "Đúng một phần",
    DecisionOutcome.WRONG: "Sai",
    DecisionOutcome.ANSWERED: "Đã trả lời",
    ClosureReason.DECISION_CARRIED_OUT: "Quyết định đã thi hành xong",
    ClosureReason.ANSWERED: "Đã trả lời",
    ClosureReason.WITHDRAWN: "Người gửi rút đơn",
    ClosureReason.OBJECT_GONE: "Đối tượng không còn",
    ClosureReason.COURT_TOOK_OVER: "Tòa án đã thụ lý",
    ClosureReason.NO_SUCCESSOR: "Không còn người khiếu nại, không người kế thừa",
    ClosureReason.ACCUSED_DIED: "Người bị tố cáo chết",
    ClosureReason.ALREADY_JUDGED: "Đã có bản án, quyết định có hiệu lực",
    Notice.WRITTEN: "Văn bản",
    Notice.IN_PERSON: "Trực tiếp, có biên bản",
    Notice.POSTED: "Niêm yết",
    Site.COMMUNE_OFFICE: "Trụ sở UBND cấp xã",
    Site.DISTRICT_OFFICE: "Trụ sở UBND cấp huyện",
    Site.PROVINCE_OFFICE: "Trụ sở Tiếp công dân tỉnh",
    Site.HANOI: "Hà Nội",
    Site.HO_CHI_MINH_CITY: "TP. Hồ Chí Minh",
    Site.ELSEWHERE: "Nơi khác",
    AccessPurpose.HANDLING: "Giải quyết vụ việc",
    AccessPurpose.CONTACT_CITIZEN: "Liên hệ công dân",
    AccessPurpose.RESPONSIBILITY_CHECK: "Kiểm tra trách nhiệm",
    AccessPurpose.COMPLAINT_ABOUT_OFFICER: "Xem xét phản ánh về cán bộ",
    Holiday.NEW_YEAR: "Tết Dương lịch",
    Holiday.TET: "Tết Nguyên đán",
    Holiday.KINGS: "Giỗ Tổ Hùng Vương",
    Holiday.VICTORY: "Ngày Chiến thắng",
    Holiday.LABOUR: "Ngày Quốc tế Lao động",
    Holiday.NATIONAL: "Quốc khánh",
    Holiday.CULTURE: "Ngày Văn hóa Việt Nam",
    Holiday.OTHER: "Ngày nghỉ khác",
    DayOffKind.HOLIDAY: "Nghỉ lễ",
    DayOffKind.SWAPPED: "Nghỉ hoán đổi",
    DayOffKind.MADE_UP: "Nghỉ bù",
    ClosureScope.UNIT: "Cả địa bàn",
    ClosureScope.OFFICE: "Một cơ quan",
    ClosureCause.STORM: "Bão",
    ClosureCause.FLOOD: "Lũ lụt",
    ClosureCause.EPIDEMIC: "Dịch bệnh",
    ClosureCause.OTHER: "Lý do khác",
    ComplexGround.VERIFICATION_SITES: "Xác minh tại hai địa điểm trở lên",
    ComplexGround.SEVERAL_CONTENTS: "Có từ hai nội dung trở lên",
    ComplexGround.MANY_PEOPLE: "Nhiều người",
    ComplexGround.FOREIGN: "Có yếu tố nước ngoài",
    ComplexGround.SEVERAL_AGENCIES: "Liên quan trách nhiệm nhiều cơ quan",
    ComplexGround.AGENCIES_DISAGREE: "Các cơ quan còn ý kiến khác nhau",
    ComplexGround.CONFLICTING_EVIDENCE: "Chứng cứ mâu thuẫn",
    Instance.FIRST: "Lần đầu",
    Instance.SECOND: "Lần hai",
    SuspensionGround.OBSTACLE: "Sự kiện bất khả kháng, trở ngại khách quan",
    SuspensionGround.RELATED_RESULT: "Chờ kết quả giải quyết có liên quan",
    SuspensionGround.EXPERT_OPINION: "Chờ kết quả giám định bổ sung, giám định lại",
    CheckGround.SEVERAL_PLACES: "Phải xác minh tại nhiều địa điểm",
    CheckGround.DELEGATED: "Phải ủy quyền xác minh",
    Contested.ACT: "Quyết định, hành vi hành chính",
    Contested.DISCIPLINE: "Quyết định kỷ luật",
    Contested.DISMISSAL: "Quyết định kỷ luật buộc thôi việc",
}
