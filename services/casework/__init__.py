"""The only writer of the field's facts (xử lý nghiệp vụ): a command in, a receipt out.

:mod:`~services.casework.casework` keeps the transaction and the retries,
:mod:`~services.casework.desk` is what a decision has at hand, ``handlers`` fetch and ask:
a function a command, the table at the foot of each module. The rules are in ``domain``.
"""

from services.casework.casework import Casework
from services.casework.outcome import Outcome

__all__ = ["Casework", "Outcome"]
