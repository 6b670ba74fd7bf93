"""Lists of administrative units brought into the store (nhập danh sách đơn vị).

What one officer does with one unit is an act like any other (:mod:`services.casework`); what
many units undergo on one day is in :mod:`services.reform`.
"""

from services.units.bringing import ImportSummary, OtherUnit, OverlappingList, import_units
from services.units.recording import Progress

__all__ = ["ImportSummary", "OtherUnit", "OverlappingList", "Progress", "import_units"]
