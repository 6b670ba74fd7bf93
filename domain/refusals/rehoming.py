"""Why open work does not leave an office, or does not go where it was to go (việc kế thừa)."""

from domain.errors import NotPermitted, RuleViolated


class OfficeStillStands(RuleViolated):
    """Work leaves an office by itself only when that office stands no longer."""

    code = "office_still_stands"
    title = "Cơ quan còn hoạt động"


class NothingRestsHere(RuleViolated):
    """Nothing of it rests on that office, or not any more."""

    code = "nothing_rests_here"
    title = "Không còn việc ở cơ quan này"


class MovesWithItsCase(RuleViolated):
    """A petition that is being handled goes where its case goes."""

    code = "moves_with_its_case"
    title = "Đơn đi theo vụ việc"


class NobodyAnswers(RuleViolated):
    """The office has neither an heir nor a superior that stands: a keeper of the list decides."""

    code = "nobody_answers"
    title = "Không có cơ quan kế thừa hoặc cấp trên"


class HomeNotOpen(RuleViolated):
    """There is nothing to decide: it rests on an office for good."""

    code = "home_not_open"
    title = "Không có việc chờ quyết định nơi nhận"


class NotAnsweringMeanwhile(NotPermitted):
    """Who answers for it meanwhile decides where it goes, or an administrator."""

    code = "not_answering_meanwhile"
    title = "Không phải cơ quan đang tạm chịu trách nhiệm"


class NotACandidate(RuleViolated):
    """It goes to an heir of the abolished office, or stays below who answers meanwhile."""

    code = "not_a_candidate"
    title = "Cơ quan không kế thừa và không thuộc quyền chỉ đạo"
