"""Why an act of a return mission is refused (hỗ trợ công dân về)."""

from domain.errors import Conflict, Invalid, NotPermitted, RuleViolated


class ReturnAlreadyRequested(Conflict):
    """A mission is requested once."""

    code = "return_already_requested"
    title = "Đã có đề nghị hỗ trợ về"


class MissionIsClosed(RuleViolated):
    """Nothing more is recorded on a closed mission."""

    code = "mission_closed"
    title = "Đợt hỗ trợ về đã kết thúc"


class NotTheReturnOffice(NotPermitted):
    """Each step belongs to the office that leads the mission or to the home office."""

    code = "not_the_return_office"
    title = "Cơ quan không phụ trách bước này"


class NoLeadYet(RuleViolated):
    """Somebody is named to lead before anybody is sent or anything offered."""

    code = "no_lead_yet"
    title = "Chưa cử người phụ trách"


class TooManyPeople(RuleViolated):
    """No step counts more people than the step before it: nobody is added on the way."""

    code = "too_many_people"
    title = "Số người vượt quá bước trước"


class NobodyArrived(RuleViolated):
    """There is nobody to hand over before somebody arrived."""

    code = "nobody_arrived"
    title = "Chưa có ai về đến nơi"


class AlreadyHandedOver(RuleViolated):
    """One officer at home takes over."""

    code = "already_handed_over"
    title = "Đã bàn giao"


class OfferNotAnswered(RuleViolated):
    """A mission ends only after help was offered and everybody could answer.

    requirements.md G 10: consent or refusal, both free, both counted.
    """

    code = "offer_not_answered"
    title = "Chưa có trả lời về đề nghị hỗ trợ"


class PeopleOnTheRoad(RuleViolated):
    """A mission does not end while people who left have not arrived."""

    code = "people_on_the_road"
    title = "Còn người chưa về đến nơi"


class WillingNotAway(RuleViolated):
    """A mission does not end while people who accepted have neither left nor changed their minds.

    Who stays after all has declined, whatever was answered first. requirements.md G 10.
    """

    code = "willing_not_away"
    title = "Còn người đồng ý về mà chưa đi"


class NoReceivingOfficer(RuleViolated):
    """Whoever accepted the help is received by a named officer at home. requirements.md G 10."""

    code = "no_receiving_officer"
    title = "Chưa có cán bộ tiếp nhận"


class NoFollowUpDate(RuleViolated):
    """A reception at home has a date before the mission ends. requirements.md G 10."""

    code = "no_follow_up_date"
    title = "Chưa hẹn ngày tiếp tại địa phương"


class FollowUpAlreadyHeld(RuleViolated):
    """A reception that was held is recorded once; another one has a day of its own."""

    code = "follow_up_already_held"
    title = "Đã tiếp tại địa phương"


class NoHelpSent(Invalid):
    """Sending means officers, a vehicle, or both."""

    code = "no_help_sent"
    title = "Chưa nêu cán bộ hoặc phương tiện"
