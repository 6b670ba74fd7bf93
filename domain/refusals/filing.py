"""Why something is not noted about how a petition was filed (việc nộp đơn)."""

from domain.errors import Invalid, RuleViolated


class NotADenunciation(RuleViolated):
    """Only a denunciation is checked in several places, or made again to the superior."""

    code = "not_a_denunciation"
    title = "Không phải đơn tố cáo"


class NotAComplaint(RuleViolated):
    """Only a complaint contests an act or a discipline, and only so long."""

    code = "not_a_complaint"
    title = "Không phải khiếu nại"


class ObstacleOutOfOrder(Invalid):
    """An obstacle begins and ends between the day of knowledge and that of the filing."""

    code = "obstacle_out_of_order"
    title = "Thời gian trở ngại không đúng"
