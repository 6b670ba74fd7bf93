"""Why an act on a case is refused (vụ việc)."""

from domain.errors import Conflict, Invalid, NotPermitted, RuleViolated


class CaseAlreadyOpened(Conflict):
    """A case is opened once; further petitions are linked to it."""

    code = "case_already_opened"
    title = "Vụ việc đã được thụ lý"


class AnotherMatter(RuleViolated):
    """A case is about one office and settled by one limit: those of its first petition."""

    code = "another_matter"
    title = "Không cùng một vụ việc"


class CaseIsClosed(RuleViolated):
    """Nothing more is recorded on a closed case."""

    code = "case_closed"
    title = "Vụ việc đã kết thúc"


class NotHandling(NotPermitted):
    """Only the office that opened a case handles it: reporting upward moves no charge."""

    code = "not_handling"
    title = "Cơ quan không giải quyết vụ việc này"


class HandlerHasLeft(RuleViolated):
    """No open work is given to somebody who holds no post in the office any more."""

    code = "handler_has_left"
    title = "Người thụ lý không còn ở cơ quan"


class NotASuperior(RuleViolated):
    """A report goes to an office above the one that handles the case."""

    code = "not_a_superior"
    title = "Không phải cơ quan cấp trên"


class TopOfLadder(RuleViolated):
    """No office stands above the last one asked."""

    code = "top_of_ladder"
    title = "Không còn cấp trên"


class NotTold(NotPermitted):
    """Only an office that was told confirms that it knows."""

    code = "not_told"
    title = "Cơ quan không nhận báo cáo này"


class AlreadyAcknowledged(RuleViolated):
    """A report is confirmed once."""

    code = "already_acknowledged"
    title = "Đã xác nhận"


class MayNotDirect(NotPermitted):
    """Only an office above the one that handles the case directs it."""

    code = "may_not_direct"
    title = "Không có quyền chỉ đạo vụ việc này"


class AcceptanceAlreadyNotified(RuleViolated):
    """The notice that a matter was taken up is sent once."""

    code = "acceptance_already_notified"
    title = "Đã thông báo thụ lý"


class AlreadyDecided(RuleViolated):
    """A case has one decision; what the citizen says against it is a new petition."""

    code = "already_decided"
    title = "Đã có quyết định"


class DecidedBeforeOpening(Invalid):
    """A case is opened before it is decided."""

    code = "decided_before_opening"
    title = "Ngày quyết định trước ngày thụ lý"


class ClosingNeedsDecision(RuleViolated):
    """A case ends with a decision, unless withdrawn, before a court, or without its object.

    Law 02/2011 art. 11a. "Transferred" and "tired of complaining" are no reasons.
    """

    code = "closing_needs_decision"
    title = "Chưa có quyết định giải quyết"


class NoticeBeforeDecision(Invalid):
    """The citizen cannot have been told of a decision before it was made."""

    code = "notice_before_decision"
    title = "Ngày thông báo trước ngày quyết định"
