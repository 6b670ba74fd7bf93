"""Every projection there is, for whoever folds (danh sách phép chiếu)."""

from collections.abc import Callable, Sequence

from domain.law.law import Law
from projections.access_log import AccessLog
from projections.base import Projection
from projections.case_history import CaseHistory
from projections.cases import Cases
from projections.clocks import LawClocks
from projections.gatherings import Gatherings
from projections.pending_transfers import PendingTransfers
from projections.petitions import Petitions
from projections.reminders import Reminders
from projections.return_missions import ReturnMissions
from projections.reviews import Reviews
from services.law import carried_law


def projections(law: Callable[[], Law] = carried_law) -> Sequence[Projection]:
    """Every projection, under the law as it is known. A new one gets its row here."""
    clocks = LawClocks(law)
    return (
        CaseHistory(),
        Petitions(clocks),
        PendingTransfers(),
        Cases(clocks),
        Gatherings(),
        ReturnMissions(),
        Reminders(),
        Reviews(),
        AccessLog(),
    )
