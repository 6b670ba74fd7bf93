"""Why an act on a gathering is refused (đoàn đông người)."""

from domain.errors import Conflict, Invalid, NotPermitted, RuleViolated


class GatheringAlreadyReported(Conflict):
    """A gathering is reported once; another count is a revision."""

    code = "gathering_already_reported"
    title = "Đoàn đã được báo"


class CountUpsideDown(Invalid):
    """The lower bound of a count is at most the upper one."""

    code = "count_upside_down"
    title = "Khoảng số người không hợp lệ"


class NotConcerned(NotPermitted):
    """Only an office that was told of the gathering acts on it."""

    code = "not_concerned"
    title = "Cơ quan không được báo về đoàn này"


class GatheringIsOver(RuleViolated):
    """The people have gone: nothing is counted, received or dispersed any more."""

    code = "gathering_over"
    title = "Đoàn đã về"


class GatheringAlreadyAcknowledged(RuleViolated):
    """An office confirms once that it knows."""

    code = "gathering_already_acknowledged"
    title = "Đã xác nhận"


class NotTheReceiver(NotPermitted):
    """The office whose chair must receive the crowd does. requirements.md D 2-6."""

    code = "not_the_receiver"
    title = "Không phải cơ quan có trách nhiệm tiếp"


class CrowdAlreadyReceived(RuleViolated):
    """A crowd is received once; what comes of it is followed up as conclusions."""

    code = "crowd_already_received"
    title = "Đoàn đã được tiếp"


class TooManyRepresentatives(RuleViolated):
    """Up to ten people send one or two representatives, more send at most five.

    Law 42/2013 art. 29.
    """

    code = "too_many_representatives"
    title = "Quá số người đại diện"
