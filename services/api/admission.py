"""How much this process takes on at once; who waits a moment, who is sent away (giữ cửa).

More than the machine can do must make nobody wait long: beyond what is in work a short line
forms, beyond the line the answer is 503 at once, and what was taken in stays quick. Acts and
readings have a line each, so that watchers cannot keep an office from recording. One account
has no more than its share. Streams are counted elsewhere (``services/api/sse``).
"""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.api import catalogue, problems
from services.api.problems import Problem

ACTS_AT_ONCE, READS_AT_ONCE = 64, 64
WAITING = 128
PATIENCE = 1.0
"""Seconds in the line; with what is in work before it, an answer within two."""
CALLER_AT_ONCE = 24
"""Requests of one account and office at once: more than any window or office program needs."""
RETRY_AFTER = "2"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
UNCOUNTED = ("/livez", "/readyz", "/api/v1/stream", "/truc-tiep")
"""Health must answer under any load; a stream lasts for minutes and has a bound of its own."""
TICKET_KEY = "tiepdan.ticket"


class Line:
    """So many at once, so many waiting, first come first served. For one event loop."""

    def __init__(
        self, name: str, *, at_once: int, waiting: int = WAITING, patience: float = PATIENCE
    ) -> None:
        self.name = name
        self.in_work = 0
        self.turned_away = 0
        self._at_once = at_once
        self._most_waiting = waiting
        self._patience = patience
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in the line."""
        return len(self._waiting)

    async def enter(self) -> bool:
        """Come in, now or when the turn comes; False for whoever is sent away."""
        if self.in_work < self._at_once:
            self.in_work += 1
            return True
        if len(self._waiting) < self._most_waiting and await self._turn_came():
            return True
        self.turned_away += 1
        return False

    def leave(self) -> None:
        """Make room for the next in the line."""
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self.in_work -= 1

    async def _turn_came(self) -> bool:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait([turn], timeout=self._patience)
        except asyncio.CancelledError:
            if turn.done():
                self.leave()
            else:
                self._waiting.remove(turn)
            raise
        if turn.done():
            return True
        self._waiting.remove(turn)
        return False


class Callers:
    """How many requests each caller has in work."""

    def __init__(self, at_once: int = CALLER_AT_ONCE) -> None:
        self.turned_away = 0
        self._at_once = at_once
        self._in_work: Counter[str] = Counter()

    def come(self, caller: str) -> None:
        """Refuses: 429 for one request too many."""
        if self._in_work[caller] >= self._at_once:
            self.turned_away += 1
            raise Problem.at(
                catalogue.TOO_MANY_AT_ONCE,
                "#",
                f"Tài khoản đang có {self._at_once} yêu cầu được xử lý cùng lúc.",
                "Chờ các yêu cầu trước trả lời rồi gửi lại với cùng khóa chống trùng.",
                Retry_After="1",
            )
        self._in_work[caller] += 1

    def go(self, caller: str) -> None:
        """The request was answered."""
        self._in_work[caller] -= 1
        if not self._in_work[caller]:
            del self._in_work[caller]


class Ticket:
    """One request's place, and in whose name once that is known."""

    def __init__(self, callers: Callers) -> None:
        self._callers = callers
        self._caller: str | None = None

    def belongs_to(self, caller: str) -> None:
        """The caller's token was verified. Refuses: 429."""
        if self._caller is None:
            self._callers.come(caller)
            self._caller = caller

    def give_back(self) -> None:
        """The request was answered."""
        if self._caller is not None:
            self._callers.go(self._caller)
            self._caller = None


class Gate:
    """The lines of one process and its callers."""

    def __init__(self) -> None:
        self.acts = Line("acts", at_once=ACTS_AT_ONCE)
        self.reads = Line("reads", at_once=READS_AT_ONCE)
        self.callers = Callers()

    @property
    def lines(self) -> Sequence[Line]:
        """Both, for the figures."""
        return self.acts, self.reads

    def line_of(self, scope: Scope) -> Line:
        """Where a request belongs."""
        return self.reads if scope["method"] in READING else self.acts


class Admission:
    """Lets requests in, a bounded number at once. Inside of the edge, which tells of each."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or answer 503 at once."""
        if scope["type"] != "http" or scope["path"] in UNCOUNTED:
            await self._app(scope, receive, send)
            return
        line = self._gate.line_of(scope)
        if not await line.enter():
            await overloaded(Request(scope))(scope, receive, send)
            return
        ticket = scope[TICKET_KEY] = Ticket(self._gate.callers)
        try:
            await self._app(scope, receive, send)
        finally:
            ticket.give_back()
            line.leave()


def in_the_name_of(scope: Scope, caller: str) -> None:
    """Count a request for its verified caller. Refuses: 429."""
    ticket: Ticket | None = scope.get(TICKET_KEY)
    if ticket is not None:
        ticket.belongs_to(caller)


def too_busy() -> Problem:
    """Nothing was begun: the same request may come again."""
    return Problem.at(
        catalogue.OVERLOADED,
        "#",
        "Hệ thống đang có quá nhiều yêu cầu. Chưa có gì được ghi.",
        "Chờ vài giây rồi gửi lại đúng yêu cầu này với cùng khóa chống trùng.",
        Retry_After=RETRY_AFTER,
    )


def overloaded(request: Request) -> Response:
    """The quickest answer there is: a problem, or a sentence for a browser."""
    problem = too_busy()
    if request.url.path.startswith("/api/"):
        return problems.answer(request, problem)
    words = f"{problem.detail} Chờ vài giây rồi tải lại trang."
    return PlainTextResponse(words, problem.kind.status, headers=dict(problem.headers))
