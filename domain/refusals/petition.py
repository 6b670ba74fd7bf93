"""Why an act on a petition is refused (đơn)."""

from domain.errors import Conflict, Invalid, NotPermitted, RuleViolated


class PetitionAlreadyReceived(Conflict):
    """A petition is received once; passing it on is a transfer."""

    code = "petition_already_received"
    title = "Đơn đã được tiếp nhận"


class NotInCharge(NotPermitted):
    """Only the office answerable for a petition may act on it."""

    code = "not_in_charge"
    title = "Cơ quan không phụ trách đơn này"


class PetitionEnded(RuleViolated):
    """A petition whose citizen was guided, or whose case ended, takes no further act."""

    code = "petition_ended"
    title = "Đơn đã kết thúc"


class PetitionInCase(RuleViolated):
    """A petition handled in a case is neither passed on nor taken up again."""

    code = "petition_in_case"
    title = "Đơn đang được thụ lý"


class TransferToOneself(RuleViolated):
    """An office does not offer a petition to itself."""

    code = "transfer_to_oneself"
    title = "Không thể chuyển đơn cho chính mình"


class OfferPending(RuleViolated):
    """While one office has not answered, nothing is offered to another and nothing ends."""

    code = "offer_pending"
    title = "Đang chờ cơ quan khác trả lời"


class NoOfferPending(RuleViolated):
    """There is no offer to accept, give back or recall."""

    code = "no_offer_pending"
    title = "Không có lượt chuyển nào đang chờ"


class NotOfferedHere(NotPermitted):
    """Only the office a petition was offered to answers the offer."""

    code = "not_offered_here"
    title = "Đơn không chuyển đến cơ quan này"


class AccusedOffice(RuleViolated):
    """A petition never goes to the office it is about. design.md 5."""

    code = "accused_office"
    title = "Cơ quan bị khiếu nại, tố cáo không được nhận đơn"


class CompetenceInDispute(RuleViolated):
    """While a superior has to say who is competent, the petition rests where it is."""

    code = "competence_in_dispute"
    title = "Đang chờ quyết định thẩm quyền"


class NoDispute(RuleViolated):
    """Nobody disputes the competence."""

    code = "no_dispute"
    title = "Không có tranh chấp thẩm quyền"


class NotTheJudge(NotPermitted):
    """Only the nearest common superior decides. Law 02/2011 art. 21."""

    code = "not_the_deciding_superior"
    title = "Không phải cơ quan quyết định thẩm quyền"


class BeyondTheJudge(RuleViolated):
    """A superior names itself, an office below it, or one of those that disputed."""

    code = "beyond_the_deciding_superior"
    title = "Cơ quan được giao không thuộc quyền chỉ đạo"


class GuidanceNeedsOffice(Invalid):
    """Guiding to the competent office names that office. Law 42/2013 art. 26."""

    code = "guidance_needs_office"
    title = "Chưa nêu cơ quan có thẩm quyền"


class RepeatOfItself(Invalid):
    """A petition repeats an earlier one, not itself."""

    code = "repeat_of_itself"
    title = "Đơn không thể trùng với chính nó"


class NoLimitToAnswer(Invalid):
    """Where no rule says by when an offer is answered, whoever offers says it."""

    code = "no_limit_to_answer"
    title = "Chưa có hạn nhận đơn"
