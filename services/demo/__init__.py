"""The demo: invented petitions and gatherings in real units (dữ liệu mẫu).

Deterministic by seed and recorded through casework like everything else. Reading order:
:mod:`~services.demo.figures` (how much lies where), :mod:`~services.demo.workload` (figures
to stories), :mod:`~services.demo.stories` and :mod:`~services.demo.crowds` (the remarkable
ones), :mod:`~services.demo.fill` (recording them), :mod:`~services.demo.accounts` (whom to
sign in as).
"""

from services.demo.accounts import DemoAccount, DemoPlace, sign_in_places
from services.demo.clock import NOW, START, DemoClock
from services.demo.fill import DemoSummary, fill

__all__ = [
    "NOW",
    "START",
    "DemoAccount",
    "DemoClock",
    "DemoPlace",
    "DemoSummary",
    "fill",
    "sign_in_places",
]
