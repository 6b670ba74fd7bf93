"""Every projection there is, for whoever folds (danh sách phép chiếu)."""

from collections.abc import Sequence

from domain.law.public_holidays import public_calendar
from projections.access_log import AccessLog
from projections.base import Projection
from projections.case_history import CaseHistory
from projections.cases import Cases
from projections.clocks import LawClocks
from projections.gatherings import Gatherings
from projections.pending_transfers import PendingTransfers
from projections.petitions import Petitions
from projections.return_missions import ReturnMissions


def projections() -> Sequence[Projection]:
    """Every projection, under the public calendar. A new one gets its row here."""
    clocks = LawClocks(public_calendar())
    return (
        CaseHistory(),
        Petitions(clocks),
        PendingTransfers(),
        Cases(clocks),
        Gatherings(),
        ReturnMissions(),
        AccessLog(),
    )
