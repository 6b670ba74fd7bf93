"""Deadlines counted by hand, day by day, across the four regimes (thời hạn tính tay).

A row: what is counted, its first day, its last, and the count itself. Working days are written
down one by one (``23 24/1 3 4/2``); calendar days by months, to the last day of each
(``+17=31/5 +13=13/6``), a suspension as ``~21/7``: the file rests until that day, included.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from domain.codes import ComplexGround, Contested, Instance, PetitionKind
from domain.law.calendar import DayOff, OffDay
from domain.law.clocks import Clock
from domain.law.counting import Pause, days_after
from domain.law.engine import clocks
from domain.law.public_holidays import public_calendar
from domain.law.timeline import Extended, Timeline
from services.law import carried_law

COMPLAINT, DENUNCIATION = PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION
ONE = (ComplexGround.MANY_PEOPLE,)
TWO = (ComplexGround.MANY_PEOPLE, ComplexGround.FOREIGN)


def day(written: str) -> date:
    """``14/05/2025``."""
    of_month, month, year = map(int, written.split("/"))
    return date(year, month, of_month)


def _complaint(start: date, **more: Any) -> Timeline:
    return Timeline(kind=COMPLAINT, taken_up_on=start, **more)


def _denunciation(start: date, **more: Any) -> Timeline:
    return Timeline(kind=DENUNCIATION, taken_up_on=start, **more)


def _decided(kind: PetitionKind, start: date, **more: Any) -> Timeline:
    begun = start - timedelta(days=9)
    return Timeline(kind=kind, taken_up_on=begun, decided_on=start, **more)


def _known(start: date, **more: Any) -> Timeline:
    return Timeline(kind=COMPLAINT, known_on=start, **more)


SECOND: Mapping[str, Any] = {"instance": Instance.SECOND}
FILES: Mapping[str, tuple[str, str, Callable[[date], Timeline]]] = {
    "reply": ("reply.citizen", "Tiếp công dân 2013, Điều 28 khoản 1",
        lambda d: Timeline(kind=PetitionKind.FEEDBACK, received_on=d)),
    "complaint accepted": ("acceptance", "Điều 27",
        lambda d: Timeline(kind=COMPLAINT, held_since=d)),
    "denunciation accepted": ("acceptance", "Tố cáo 2018, Điều 24",
        lambda d: Timeline(kind=DENUNCIATION, held_since=d)),
    "first": ("settlement", "Khiếu nại 2011, Điều 28", _complaint),
    "first complex": ("settlement", "Khiếu nại 2011, Điều 28",
        lambda d: _complaint(d, grounds=ONE)),
    "first remote": ("settlement", "Khiếu nại 2011, Điều 28",
        lambda d: _complaint(d, remote=True)),
    "first remote complex": ("settlement", "Khiếu nại 2011, Điều 28",
        lambda d: _complaint(d, remote=True, grounds=TWO)),
    "second": ("settlement", "Khiếu nại 2011, Điều 37", lambda d: _complaint(d, **SECOND)),
    "second complex": ("settlement", "Khiếu nại 2011, Điều 37",
        lambda d: _complaint(d, grounds=ONE, **SECOND)),
    "second remote": ("settlement", "Khiếu nại 2011, Điều 37",
        lambda d: _complaint(d, remote=True, **SECOND)),
    "second remote complex": ("settlement", "Khiếu nại 2011, Điều 37",
        lambda d: _complaint(d, remote=True, grounds=ONE, **SECOND)),
    "denunciation": ("settlement", "Tố cáo 2018, Điều 30", _denunciation),
    "denunciation complex": ("settlement", "Tố cáo 2018, Điều 30",
        lambda d: _denunciation(d, grounds=ONE, extended=(Extended(d + timedelta(29), ONE),))),
    "denunciation especially": ("settlement", "Tố cáo 2018, Điều 30",
        lambda d: _denunciation(d, grounds=TWO, extended=(
            Extended(d + timedelta(30), TWO), Extended(d + timedelta(60), TWO)))),
    "offer answered": ("transfer.answer", "luật không quy định",
        lambda d: Timeline(kind=COMPLAINT, offered_on=d)),
    "first decision sent": ("decision_sent", "Khiếu nại 2011, Điều 32",
        lambda d: _decided(COMPLAINT, d)),
    "second decision sent": ("decision_sent", "Khiếu nại 2011, Điều 41",
        lambda d: _decided(COMPLAINT, d, **SECOND)),
    "conclusion sent": ("decision_sent", "Tố cáo 2018, Điều 35",
        lambda d: _decided(DENUNCIATION, d)),
    "conclusion published": ("conclusion_published", "Tố cáo 2018, Điều 40",
        lambda d: _decided(DENUNCIATION, d)),
    "decision effective": ("decision_effective", "Khiếu nại 2011, Điều 44",
        lambda d: _decided(COMPLAINT, d)),
    "decision effective remote": ("decision_effective", "Khiếu nại 2011, Điều 44",
        lambda d: _decided(COMPLAINT, d, remote=True)),
    "untouched": ("petition.untouched", "Nghị định 154/2026/NĐ-CP, Điều 41",
        lambda d: Timeline(kind=COMPLAINT, received_on=d)),
    "complaint suspension sent": ("suspension_sent", "Nghị định 155/2026, Điều 12",
        lambda d: _complaint(d - timedelta(5), suspended_on=(d,))),
    "denunciation suspension sent": ("suspension_sent", "Tố cáo 2018, Điều 34",
        lambda d: _denunciation(d - timedelta(5), suspended_on=(d,))),
    "wrong addressee": ("wrong_addressee", "Tố cáo 2018, Điều 24",
        lambda d: Timeline(kind=DENUNCIATION, held_since=d, misdirected_on=d)),
    "sent by the press": ("denunciation.from_press", "Tố cáo 2018, Điều 26",
        lambda d: Timeline(kind=DENUNCIATION, received_on=d, from_agency=True)),
    "acceptance notice": ("acceptance_notice", "Tố cáo 2018, Điều 29", _denunciation),
    "accepted from several places": ("acceptance", "Tố cáo 2018, Điều 24",
        lambda d: Timeline(kind=DENUNCIATION, held_since=d, several_places=True)),
    "denounced further": ("denunciation.further", "Tố cáo 2018, Điều 37 khoản 2",
        lambda d: Timeline(kind=DENUNCIATION, held_since=d, further=True)),
    "overdue demand": ("denunciation.overdue.demand", "Tố cáo 2018, Điều 38",
        lambda d: _denunciation(d - timedelta(30))),
    "overdue answer": ("denunciation.overdue.answer", "Tố cáo 2018, Điều 38",
        lambda d: _denunciation(d - timedelta(31), directed_on=(d,))),
    "right": ("right_to_complain", "Khiếu nại 2011, Điều 9", _known),
    "right second": ("right_to_complain", "Khiếu nại 2011, Điều 33",
        lambda d: _known(d, **SECOND)),
    "right second remote": ("right_to_complain", "Khiếu nại 2011, Điều 33",
        lambda d: _known(d, remote=True, **SECOND)),
    "right discipline": ("right_to_complain", "Khiếu nại 2011, Điều 48",
        lambda d: _known(d, contested=Contested.DISCIPLINE)),
    "right discipline second": ("right_to_complain", "Khiếu nại 2011, Điều 48",
        lambda d: _known(d, contested=Contested.DISCIPLINE, **SECOND)),
    "right dismissal second": ("right_to_complain", "Khiếu nại 2011, Điều 48",
        lambda d: _known(d, contested=Contested.DISMISSAL, **SECOND)),
    "second after an answer": ("second_complaint", "Khiếu nại 2011, Điều 33",
        lambda d: _decided(COMPLAINT, d - timedelta(2), told_on=d)),
    "second after an answer, remote": ("second_complaint", "Khiếu nại 2011, Điều 33",
        lambda d: _decided(COMPLAINT, d - timedelta(2), told_on=d, remote=True)),
    "second after silence": ("second_complaint", "Khiếu nại 2011, Điều 33",
        lambda d: _complaint(d - timedelta(30))),
    "second on discipline": ("second_complaint", "Khiếu nại 2011, Điều 48",
        lambda d: _decided(COMPLAINT, d, told_on=d, contested=Contested.DISCIPLINE)),
    "second on dismissal": ("second_complaint", "Khiếu nại 2011, Điều 48",
        lambda d: _decided(COMPLAINT, d, told_on=d, contested=Contested.DISMISSAL)),
    "discipline": ("settlement", "Khiếu nại 2011, Điều 48 đến Điều 50",
        lambda d: _complaint(d, contested=Contested.DISCIPLINE)),
    "discipline complex": ("settlement", "Khiếu nại 2011, Điều 48 đến Điều 50",
        lambda d: _complaint(d, contested=Contested.DISMISSAL, grounds=ONE)),
    "discipline second remote": ("settlement", "Khiếu nại 2011, Điều 48 đến Điều 50",
        lambda d: _complaint(d, contested=Contested.DISCIPLINE, remote=True, **SECOND)),
    "result to the sender": ("reception.result_report", "Tiếp công dân 2013, Điều 27 khoản 2",
        lambda d: Timeline(kind=PetitionKind.PROPOSAL, from_agency=True, concluded_on=d)),
}  # fmt: skip
"""What a row's first word stands for: the clock, its article, the file."""

HAND_COUNTED = (
    ("sent by the press", "20/01/2025", "09/02/2025", "+11=31/1 +9=9/2"),
    ("sent by the press", "01/07/2026", "21/07/2026", "+20=21/7"),
    ("reply", "22/01/2025", "12/02/2025", "23 24/1 3 4 5 6 7 10 11 12/2"),
    ("reply", "03/04/2025", "18/04/2025", "4 8 9 10 11 14 15 16 17 18/4"),
    ("reply", "18/04/2025", "06/05/2025", "21 22 23 24 25 26 28 29/4 5 6/5"),
    ("reply", "24/04/2025", "12/05/2025", "25 26 28 29/4 5 6 7 8 9 12/5"),
    ("reply", "14/05/2025", "28/05/2025", "15 16 19 20 21 22 23 26 27 28/5"),
    ("reply", "18/06/2025", "02/07/2025", "19 20 23 24 25 26 27 30/6 1 2/7"),
    ("reply", "30/06/2025", "14/07/2025", "1 2 3 4 7 8 9 10 11 14/7"),
    ("reply", "01/07/2025", "15/07/2025", "2 3 4 7 8 9 10 11 14 15/7"),
    ("reply", "25/08/2025", "10/09/2025", "26 27 28 29/8 3 4 5 8 9 10/9"),
    ("reply", "29/09/2025", "13/10/2025", "30/9 1 2 3 6 7 8 9 10 13/10"),
    ("reply", "30/09/2025", "14/10/2025", "1 2 3 6 7 8 9 10 13 14/10"),
    ("reply", "24/12/2025", "09/01/2026", "25 26 29 30 31/12 5 6 7 8 9/1"),
    ("reply", "31/12/2025", "15/01/2026", "5 6 7 8 9 10 12 13 14 15/1"),
    ("reply", "10/02/2026", "03/03/2026", "11 12 13 23 24 25 26 27/2 2 3/3"),
    ("reply", "20/04/2026", "07/05/2026", "21 22 23 24 28 29/4 4 5 6 7/5"),
    ("reply", "24/06/2026", "08/07/2026", "25 26 29 30/6 1 2 3 6 7 8/7"),
    ("reply", "01/07/2026", "15/07/2026", "2 3 6 7 8 9 10 13 14 15/7"),
    ("reply", "19/08/2026", "04/09/2026", "20 21 22 24 25 26 27 28/8 3 4/9"),
    ("reply", "16/11/2026", "01/12/2026", "17 18 19 20 23 25 26 27 30/11 1/12"),
    ("complaint accepted", "22/01/2025", "01/02/2025", "+9=31/1 +1=1/2"),
    ("complaint accepted", "18/02/2025", "28/02/2025", "+10=28/2"),
    ("complaint accepted", "05/05/2025", "15/05/2025", "+10=15/5"),
    ("complaint accepted", "30/06/2025", "10/07/2025", "+10=10/7"),
    ("complaint accepted", "01/07/2025", "11/07/2025", "+10=11/7"),
    ("complaint accepted", "25/09/2025", "05/10/2025", "+5=30/9 +5=5/10"),
    ("complaint accepted", "25/12/2025", "04/01/2026", "+6=31/12 +4=4/1"),
    ("complaint accepted", "30/06/2026", "10/07/2026", "+10=10/7"),
    ("complaint accepted", "01/07/2026", "10/07/2026", "2 3 6 7 8 9 10/7"),
    ("complaint accepted", "21/08/2026", "03/09/2026", "22 24 25 26 27 28/8 3/9"),
    ("complaint accepted", "28/08/2026", "11/09/2026", "3 4 7 8 9 10 11/9"),
    ("complaint accepted", "20/11/2026", "02/12/2026", "23 25 26 27 30/11 1 2/12"),
    ("complaint accepted", "30/09/2026", "09/10/2026", "1 2 5 6 7 8 9/10"),
    ("denunciation accepted", "23/01/2025", "10/02/2025", "24/1 3 4 5 6 7 10/2"),
    ("denunciation accepted", "28/04/2025", "12/05/2025", "29/4 5 6 7 8 9 12/5"),
    ("denunciation accepted", "30/09/2025", "09/10/2025", "1 2 3 6 7 8 9/10"),
    ("denunciation accepted", "05/01/2026", "13/01/2026", "6 7 8 9 10 12 13/1"),
    ("denunciation accepted", "01/07/2026", "10/07/2026", "2 3 6 7 8 9 10/7"),
    ("first", "14/05/2025", "13/06/2025", "+17=31/5 +13=13/6"),
    ("first", "31/01/2025", "02/03/2025", "+28=28/2 +2=2/3"),
    ("first", "01/07/2025", "31/07/2025", "+30=31/7"),
    ("first", "30/01/2026", "01/03/2026", "+1=31/1 +28=28/2 +1=1/3"),
    ("first", "01/07/2026", "31/07/2026", "+30=31/7"),
    ("first complex", "14/05/2025", "28/06/2025", "+17=31/5 +28=28/6"),
    ("first complex", "17/12/2025", "31/01/2026", "+14=31/12 +31=31/1"),
    ("first remote", "14/05/2025", "28/06/2025", "+17=31/5 +28=28/6"),
    ("first remote complex", "30/06/2025", "29/08/2025", "+31=31/7 +29=29/8"),
    ("first remote complex", "01/07/2026", "30/08/2026", "+30=31/7 +30=30/8"),
    ("second", "02/06/2025", "17/07/2025", "+28=30/6 +17=17/7"),
    ("second", "30/09/2025", "14/11/2025", "+31=31/10 +14=14/11"),
    ("second complex", "01/01/2026", "02/03/2026", "+30=31/1 +28=28/2 +2=2/3"),
    ("second remote", "02/07/2025", "31/08/2025", "+29=31/7 +31=31/8"),
    ("second remote complex", "01/07/2026", "09/09/2026", "+30=31/7 +31=31/8 +9=9/9"),
    ("second remote complex", "23/12/2025", "03/03/2026", "+8=31/12 +31=31/1 +28=28/2 +3=3/3"),
    ("denunciation", "14/05/2025", "13/06/2025", "+17=31/5 +13=13/6"),
    ("denunciation", "31/01/2026", "02/03/2026", "+28=28/2 +2=2/3"),
    ("denunciation complex", "14/05/2025", "13/07/2025", "+17=31/5 +30=30/6 +13=13/7"),
    ("denunciation complex", "01/07/2026", "30/08/2026", "+30=31/7 +30=30/8"),
    ("denunciation especially", "14/05/2025", "12/08/2025", "+17=31/5 +30=30/6 +31=31/7 +12=12/8"),
    ("denunciation especially", "01/07/2026", "29/09/2026", "+30=31/7 +31=31/8 +29=29/9"),
    ("offer answered", "29/04/2025", "07/05/2025", "5 6 7/5"),
    ("offer answered", "12/05/2025", "15/05/2025", "13 14 15/5"),
    ("offer answered", "30/06/2025", "03/07/2025", "1 2 3/7"),
    ("offer answered", "31/12/2025", "07/01/2026", "5 6 7/1"),
    ("offer answered", "13/02/2026", "25/02/2026", "23 24 25/2"),
    ("offer answered", "28/08/2026", "07/09/2026", "3 4 7/9"),
    ("first decision sent", "29/04/2025", "07/05/2025", "5 6 7/5"),
    ("first decision sent", "30/06/2025", "03/07/2025", "1 2 3/7"),
    ("first decision sent", "12/02/2026", "24/02/2026", "13 23 24/2"),
    ("first decision sent", "01/07/2026", "06/07/2026", "2 3 6/7"),
    ("second decision sent", "27/06/2025", "04/07/2025", "+3=30/6 +4=4/7"),
    ("second decision sent", "26/02/2026", "05/03/2026", "+2=28/2 +5=5/3"),
    ("conclusion sent", "29/09/2025", "06/10/2025", "30/9 1 2 3 6/10"),
    ("conclusion sent", "01/07/2026", "08/07/2026", "2 3 6 7 8/7"),
    ("conclusion published", "27/08/2025", "09/09/2025", "28 29/8 3 4 5 8 9/9"),
    ("conclusion published", "20/08/2026", "28/08/2026", "21 22 24 25 26 27 28/8"),
    ("decision effective", "31/01/2025", "02/03/2025", "+28=28/2 +2=2/3"),
    ("decision effective", "31/07/2026", "30/08/2026", "+30=30/8"),
    ("decision effective remote", "15/12/2025", "29/01/2026", "+16=31/12 +29=29/1"),
    ("untouched", "01/07/2026", "15/08/2026", "+30=31/7 +15=15/8"),
    ("untouched", "20/12/2026", "03/02/2027", "+11=31/12 +31=31/1 +3=3/2"),
    ("complaint suspension sent", "27/08/2026", "04/09/2026", "28/8 3 4/9"),
    ("denunciation suspension sent", "25/04/2025", "06/05/2025", "26 28 29/4 5 6/5"),
    ("wrong addressee", "29/04/2025", "09/05/2025", "5 6 7 8 9/5"),
    ("wrong addressee", "01/07/2026", "08/07/2026", "2 3 6 7 8/7"),
    ("acceptance notice", "28/08/2025", "08/09/2025", "29/8 3 4 5 8/9"),
    ("acceptance notice", "07/01/2026", "13/01/2026", "8 9 10 12 13/1"),
    ("accepted from several places", "14/05/2025", "28/05/2025",
        "15 16 19 20 21 22 23 26 27 28/5"),
    ("accepted from several places", "30/09/2025", "14/10/2025",
        "1 2 3 6 7 8 9 10 13 14/10"),
    ("accepted from several places", "10/02/2026", "03/03/2026",
        "11 12 13 23 24 25 26 27/2 2 3/3"),
    ("accepted from several places", "01/07/2026", "15/07/2026",
        "2 3 6 7 8 9 10 13 14 15/7"),
    ("denounced further", "20/01/2025", "09/02/2025", "+11=31/1 +9=9/2"),
    ("denounced further", "25/06/2025", "15/07/2025", "+5=30/6 +15=15/7"),
    ("denounced further", "15/12/2025", "04/01/2026", "+16=31/12 +4=4/1"),
    ("denounced further", "01/07/2026", "21/07/2026", "+20=21/7"),
    ("overdue demand", "29/04/2025", "09/05/2025", "5 6 7 8 9/5"),
    ("overdue demand", "27/08/2025", "05/09/2025", "28 29/8 3 4 5/9"),
    ("overdue demand", "01/07/2026", "08/07/2026", "2 3 6 7 8/7"),
    ("overdue answer", "30/09/2025", "07/10/2025", "1 2 3 6 7/10"),
    ("overdue answer", "10/02/2026", "24/02/2026", "11 12 13 23 24/2"),
    ("right", "01/03/2025", "30/05/2025", "+30=31/3 +30=30/4 +30=30/5"),
    ("right", "15/11/2025", "13/02/2026", "+15=30/11 +31=31/12 +31=31/1 +13=13/2"),
    ("right", "01/05/2026", "30/07/2026", "+30=31/5 +30=30/6 +30=30/7"),
    ("right second", "31/01/2025", "02/03/2025", "+28=28/2 +2=2/3"),
    ("right second", "01/07/2026", "31/07/2026", "+30=31/7"),
    ("right second remote", "15/12/2025", "29/01/2026", "+16=31/12 +29=29/1"),
    ("right discipline", "20/05/2025", "04/06/2025", "+11=31/5 +4=4/6"),
    ("right discipline", "20/06/2026", "05/07/2026", "+10=30/6 +5=5/7"),
    ("right discipline second", "25/06/2025", "05/07/2025", "+5=30/6 +5=5/7"),
    ("right dismissal second", "30/01/2026", "01/03/2026", "+1=31/1 +28=28/2 +1=1/3"),
    ("second after an answer", "30/06/2025", "30/07/2025", "+30=30/7"),
    ("second after an answer", "01/07/2026", "31/07/2026", "+30=31/7"),
    ("second after an answer, remote", "15/12/2025", "29/01/2026", "+16=31/12 +29=29/1"),
    ("second after silence", "13/06/2025", "13/07/2025", "+17=30/6 +13=13/7"),
    ("second after silence", "31/07/2026", "30/08/2026", "+30=30/8"),
    ("second on discipline", "25/06/2025", "05/07/2025", "+5=30/6 +5=5/7"),
    ("second on dismissal", "01/07/2026", "31/07/2026", "+30=31/7"),
    ("discipline", "14/05/2025", "13/06/2025", "+17=31/5 +13=13/6"),
    ("discipline complex", "14/05/2025", "28/06/2025", "+17=31/5 +28=28/6"),
    ("discipline second remote", "01/07/2026", "31/07/2026", "+30=31/7"),
    ("result to the sender", "23/01/2025", "10/02/2025", "24/1 3 4 5 6 7 10/2"),
    ("result to the sender", "01/07/2026", "10/07/2026", "2 3 6 7 8 9 10/7"),
    ("result to the sender", "20/11/2026", "02/12/2026", "23 25 26 27 30/11 1 2/12"),
)  # fmt: skip

RESTED = (
    # taken up, suspended and continued, extended, due, counted
    ("first", "01/07/2026", "11/07/2026 21/07/2026", "", "10/08/2026",
        "+10=11/7 ~21/7 +10=31/7 +10=10/8"),
    ("first", "01/07/2026", "01/07/2026 01/08/2026", "", "31/08/2026",
        "~1/8 +30=31/8"),
    ("first", "01/07/2026", "31/07/2026 14/08/2026", "", "31/07/2026", "+30=31/7"),
    ("first", "01/07/2026", "30/07/2026 14/08/2026", "", "15/08/2026",
        "+29=30/7 ~14/8 +1=15/8"),
    ("first", "01/07/2026", "05/08/2026 20/08/2026", "", "31/07/2026", "+30=31/7"),
    ("first", "01/07/2026", "11/07/2026 11/07/2026", "", "31/07/2026", "+30=31/7"),
    ("first", "01/07/2026", "06/07/2026 10/07/2026 10/07/2026 20/07/2026", "", "14/08/2026",
        "+5=6/7 ~10/7 ~20/7 +11=31/7 +14=14/8"),
    ("first complex", "20/06/2026", "01/07/2026 01/09/2026", "", "05/10/2026",
        "+10=30/6 +1=1/7 ~1/9 +29=30/9 +5=5/10"),
    ("second remote complex", "01/07/2026", "31/08/2026 30/09/2026", "", "09/10/2026",
        "+30=31/7 +31=31/8 ~30/9 +9=9/10"),
    ("denunciation", "20/01/2025", "25/01/2025 05/02/2025", "", "02/03/2025",
        "+5=25/1 ~5/2 +23=28/2 +2=2/3"),
    ("denunciation", "14/05/2025", "", "10/06/2025 one", "13/07/2025",
        "+17=31/5 +30=30/6 +13=13/7"),
    ("denunciation", "14/05/2025", "", "14/06/2025 one", "13/06/2025", "+17=31/5 +13=13/6"),
    ("denunciation", "14/05/2025", "", "10/06/2025 one 10/07/2025 one", "13/07/2025",
        "+17=31/5 +30=30/6 +13=13/7"),
    ("denunciation", "14/05/2025", "", "10/06/2025 one 10/07/2025 two", "12/08/2025",
        "+17=31/5 +30=30/6 +31=31/7 +12=12/8"),
    ("denunciation", "14/05/2025", "", "10/06/2025 two 10/07/2025 two 10/08/2025 two",
        "12/08/2025", "+17=31/5 +30=30/6 +31=31/7 +12=12/8"),
    ("denunciation", "01/07/2026", "21/07/2026 31/07/2026", "05/08/2026 one", "09/09/2026",
        "+20=21/7 ~31/7 +31=31/8 +9=9/9"),
    ("denunciation", "01/12/2025", "20/12/2025 05/01/2026", "10/01/2026 two 10/02/2026 two",
        "17/03/2026", "+19=20/12 ~5/1 +26=31/1 +28=28/2 +17=17/3"),
)  # fmt: skip

STORM = {date(2025, 9, 29), date(2025, 9, 30), date(2026, 8, 22), date(2026, 8, 24)}
CLOSED = (
    ("reply", "24/09/2025", "10/10/2025", "25 26/9 1 2 3 6 7 8 9 10/10"),
    ("complaint accepted", "19/08/2026", "03/09/2026", "20 21 25 26 27 28/8 3/9"),
)
"""The office was closed on 29 and 30 September 2025, on Saturday 22 (worked) and 24 August 2026."""


def the_clock(what: str, timeline: Timeline, asked: date) -> Clock:
    """The clock a row is about; its article is the row's."""
    name, article, _ = FILES[what]
    (found,) = (
        each
        for each in clocks(timeline, public_calendar(), carried_law().book, asked)
        if each.name == name
    )
    assert article in found.deadline.rule.article
    return found


def written_days(counted: str, start: date) -> Iterator[date]:
    """``23 24/1 3 4/2``: each day with the month that comes next in the line."""
    tokens, month = [], ""
    for token in reversed(counted.split()):
        written, _, said = token.partition("/")
        month = said or month
        tokens.append((int(written), int(month)))
    for of_month, number in reversed(tokens):
        year = start.year if number >= start.month else start.year + 1
        yield date(year, number, of_month)


def walked(counted: str, start: date) -> tuple[date, int]:
    """``+17=31/5 ~4/6 +9=13/6``: where the line ends, and how many days it counts."""
    at, days = start, 0
    for how, written, month in re.findall(r"(\+\d+=|~)(\d+)/(\d+)", counted):
        there = date(at.year + (int(month) < at.month), int(month), int(written))
        if how != "~":
            step = int(how[1:-1])
            assert (there - at).days == step, counted
            days += step
        at = there
    return at, days


@pytest.mark.parametrize(("what", "start", "due", "counted"), HAND_COUNTED)
def test_a_deadline_counted_by_hand(what: str, start: str, due: str, counted: str) -> None:
    begun = day(start)
    limit = the_clock(what, FILES[what][2](begun), day(due)).deadline
    assert (limit.start, limit.due) == (begun, day(due))
    if counted.startswith("+"):
        assert walked(counted, begun) == (limit.due, limit.days)
    else:
        skipped = {skip.day for skip in limit.skipped}
        run = [each for each in days_after(begun, limit.due) if each not in skipped]
        assert run == list(written_days(counted, begun))
        assert len(run) == limit.days


@pytest.mark.parametrize(("what", "start", "rested", "extended", "due", "counted"), RESTED)
def test_a_settlement_that_rested_or_was_extended(
    what: str, start: str, rested: str, extended: str, due: str, counted: str
) -> None:
    begun, decisions = day(start), extended.split()
    stops = [day(each) for each in rested.split()]
    grounds = {"one": ONE, "two": TWO}
    file = FILES[what][2](begun)
    timeline = Timeline(
        kind=file.kind, taken_up_on=begun, instance=file.instance, remote=file.remote,
        grounds=file.grounds, suspended_on=tuple(stops[::2]), continued_on=tuple(stops[1::2]),
        extended=tuple(
            Extended(day(on), grounds[how])
            for on, how in zip(decisions[::2], decisions[1::2], strict=True)
        ),
    )  # fmt: skip
    limit = the_clock(what, timeline, day(due) + timedelta(days=60)).deadline
    assert limit.due == day(due)
    assert walked(counted, begun) == (limit.due, limit.days)
    rests = {skip.day for skip in limit.skipped}
    assert len(rests) == (limit.due - begun).days - limit.days


@pytest.mark.parametrize(("what", "start", "due", "counted"), CLOSED)
def test_an_office_closed_by_a_storm_has_longer(
    what: str, start: str, due: str, counted: str
) -> None:
    begun, name = day(start), FILES[what][0]
    closed = public_calendar().with_days_off(
        DayOff(each, "Bão", "12/CĐ-TW", OffDay.CLOSED) for each in sorted(STORM)
    )
    found = clocks(FILES[what][2](begun), closed, carried_law().book, day(due))
    (limit,) = (each.deadline for each in found if each.name == name)
    skipped = {skip.day for skip in limit.skipped}
    run = [each for each in days_after(begun, limit.due) if each not in skipped]
    assert run == list(written_days(counted, begun))
    assert limit.due == day(due)


HINDERED = (
    # known on, hindered from and until, due, counted
    ("01/03/2025", "10/03/2025", "19/03/2025", "09/06/2025",
        "+8=9/3 ~19/3 +12=31/3 +30=30/4 +31=31/5 +9=9/6"),
    ("15/11/2025", "15/11/2025", "30/11/2025", "28/02/2026", "~30/11 +31=31/12 +31=31/1 +28=28/2"),
    ("01/05/2026", "25/07/2026", "26/07/2026", "01/08/2026",
        "+30=31/5 +30=30/6 +24=24/7 ~26/7 +5=31/7 +1=1/8"),
    ("01/05/2026", "31/07/2026", "09/08/2026", "30/07/2026", "+30=31/5 +30=30/6 +30=30/7"),
)  # fmt: skip
"""Law 02/2011 art. 9: while something beyond the citizen's power stands in the way no day counts.
What comes after the last day comes too late."""


@pytest.mark.parametrize(("known", "first", "last", "due", "counted"), HINDERED)
def test_days_on_which_the_citizen_could_not_come_do_not_count(
    known: str, first: str, last: str, due: str, counted: str
) -> None:
    begun = day(known)
    hindered = Pause(day(first) - timedelta(1), day(last), why=OffDay.OBSTACLE)
    limit = the_clock("right", _known(begun, obstacles=(hindered,)), day(due)).deadline
    assert walked(counted, begun) == (limit.due, limit.days) == (day(due), 90)


def test_there_are_at_least_eighty_of_them_in_every_regime() -> None:
    starts = [day(row[1]) for row in (*HAND_COUNTED, *RESTED, *CLOSED)]
    assert len(starts) >= 80
    regimes = (
        (date.min, date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date.max),
    )  # fmt: skip
    for first, last in regimes:
        assert sum(first <= start <= last for start in starts) >= 10
