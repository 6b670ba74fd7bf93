"""A reform of the country's units: planned, shown, recorded in batches (sắp xếp đơn vị).

Planning is :mod:`domain.reform`; this reads the files, tells beforehand what would happen,
and records it so that an interruption doubles nothing and leaves a sane tree.
"""

from services.reform.order import CARRIED_DAY, ReformOrder, carried_order, read_order
from services.reform.preview import ReformPreview, preview
from services.reform.recording import ReformSummary, record_reform

__all__ = [
    "CARRIED_DAY",
    "ReformOrder",
    "ReformPreview",
    "ReformSummary",
    "carried_order",
    "preview",
    "read_order",
    "record_reform",
]
