"""Every row type there is: what a rebuild makes anew and a digest covers."""

from projections.access_log import AccessRow
from projections.base import Row
from projections.case_history import HistoryRow
from projections.case_row import CaseRow
from projections.gatherings import GatheringRow
from projections.office_flow import OfficeFlow
from projections.office_load import OfficeLoad
from projections.pending_transfers import OfferRow
from projections.petition_row import PetitionRow
from projections.reminders import ReminderRow
from projections.return_missions import MissionRow
from projections.reviews import ReviewRow

TABLES: tuple[type[Row], ...] = (
    PetitionRow,
    OfferRow,
    CaseRow,
    GatheringRow,
    MissionRow,
    ReminderRow,
    ReviewRow,
    HistoryRow,
    AccessRow,
    OfficeLoad,
    OfficeFlow,
)
