"""What a review of a result says no to (xem lại kết quả)."""

from domain.errors import Conflict


class AlreadyAsked(Conflict):
    """The same day of the same clock was asked about before."""

    code = "review_already_asked"
    title = "Đã đề nghị xem lại"


class NothingToReview(Conflict):
    """Nobody asked, or somebody has looked at it since."""

    code = "nothing_to_review"
    title = "Không còn gì phải xem lại"
