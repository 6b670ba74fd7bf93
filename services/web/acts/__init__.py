"""What each act asks, in the words of its page (các trang thao tác).

One definition per act: its questions, what it brings about, the button. A route gives the values
that were typed, the mistakes, and what the pickers found; the definition gives the page model. The
names of the fields are those of the API's body, so one reading of a form serves every act.
"""

from services.web.acts.base import Act, Draft, Found
from services.web.acts.case import CASE_ACTS
from services.web.acts.gathering import GATHERING_ACTS
from services.web.acts.intake import INTAKE
from services.web.acts.mission import MISSION_ACTS
from services.web.acts.petition import PETITION_ACTS

__all__ = [
    "CASE_ACTS",
    "GATHERING_ACTS",
    "INTAKE",
    "MISSION_ACTS",
    "PETITION_ACTS",
    "Act",
    "Draft",
    "Found",
]
