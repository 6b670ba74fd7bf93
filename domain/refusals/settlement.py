"""Why the time a case takes is not changed (thời hạn giải quyết)."""

from domain.errors import Invalid, RuleViolated


class GroundsNeeded(Invalid):
    """A case is complex for stated grounds of the closed list. Decree 155/2026 art. 2."""

    code = "grounds_needed"
    title = "Thiếu căn cứ phức tạp"


class AlreadySo(RuleViolated):
    """The file says so already."""

    code = "already_so"
    title = "Hồ sơ đã ghi nhận như vậy"


class NotExtendable(RuleViolated):
    """The rulebook knows no extension for this kind of case, or not without a complex mark.

    A complaint is lengthened by the mark alone, once. Law 02/2011 art. 28, Law 25/2018 art. 30.
    """

    code = "not_extendable"
    title = "Không được gia hạn"


class NoFurtherExtension(RuleViolated):
    """A denunciation is extended once when complex, twice when especially complex.

    Law 25/2018 art. 30.
    """

    code = "no_further_extension"
    title = "Đã hết số lần gia hạn"


class ExtendedTooLate(RuleViolated):
    """A limit is extended while it still runs."""

    code = "extended_too_late"
    title = "Thời hạn đã hết"


class SuspensionUnknown(RuleViolated):
    """No rule in force on that day lets settling rest. For complaints there is one since 1/7/2026.

    Law 02/2011 art. 11a as amended, Law 25/2018 art. 34.
    """

    code = "suspension_unknown"
    title = "Không có căn cứ tạm đình chỉ"


class GroundUnknown(Invalid):
    """The law of the decision's day does not name this ground for such a file."""

    code = "ground_unknown"
    title = "Căn cứ không có trong quy định"


class SettlementRests(RuleViolated):
    """While settling is suspended nothing is decided: it must be continued first."""

    code = "settlement_rests"
    title = "Vụ việc đang tạm đình chỉ"


class NotSuspended(RuleViolated):
    """Only what is suspended can be continued."""

    code = "not_suspended"
    title = "Vụ việc không tạm đình chỉ"


class OutOfOrder(Invalid):
    """Suspensions and continuations follow one another, none before the case was opened."""

    code = "out_of_order"
    title = "Ngày không đúng thứ tự"
