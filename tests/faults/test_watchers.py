"""Many who watch, through restarts and until their right ends (reliability.md 4: F26)."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest

from domain.codes import Role
from infra.clock import SystemClock
from infra.identity.tokens import LocalIssuer
from infra.local.ports import LOOPBACK, wait_until
from services.bench.callers import request
from services.demo.offices import committee
from services.trust import signing_key
from tests.apart import run_apart
from tests.faults.lined_house import LinedHouse
from tests.faults.noted import FULL, note, times
from tests.faults.test_overload import token
from tests.faults.work import desk_of
from tests.stories.test_single_petitioner import CAM_LY, COMPLAINT

WATCHERS = 500 if FULL else 100
RESTARTS = ENDS = times(15)
TOKEN_SECONDS = 1
HEARD_WITHIN = 30.0


@pytest.mark.slow
def test_watchers_resume_after_a_restart_and_miss_nothing(house: LinedHouse) -> None:
    watchers = [Watcher(house, token(house, f"watcher-{n}")) for n in range(WATCHERS)]
    took = run_apart(watch_through_restarts(house, watchers))
    note(
        "F26",
        f"{WATCHERS} who watch, the API killed",
        faults=RESTARTS,
        commands=RESTARTS,
        within=HEARD_WITHIN,
        recovery_seconds=took,
    )


def test_a_stream_ends_with_the_right_it_was_opened_by(house: LinedHouse) -> None:
    frames = [run_apart(frames_after_the_end(house, f"brief-{n}")) for n in range(ENDS)]
    assert frames == [0] * ENDS
    note("F26", "the right to watch ends", faults=ENDS, frames_after=sum(frames))


@dataclass
class Watcher:
    """One open stream: what it heard, and where it was last."""

    house: LinedHouse
    bearer: str
    last: str = ""
    topics: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        """Until the server ends it."""
        headers = {"Authorization": f"Bearer {self.bearer}"}
        if self.last:
            headers["Last-Event-ID"] = self.last
        reader, writer = await asyncio.open_connection(LOOPBACK, self.house.plan.port_of("api"))
        writer.write(request("GET", "/api/v1/stream", headers))
        try:
            while line := await reader.readline():
                self._hear(line.decode().strip())
        except OSError:
            pass
        finally:
            writer.close()

    def _hear(self, line: str) -> None:
        name, _, value = line.partition(": ")
        if name == "event":
            self.topics.append(value)
            self.ready.set()
        elif name == "id":
            self.last = value


async def watch_through_restarts(house: LinedHouse, watchers: list["Watcher"]) -> list[float]:
    """One restart after the other, in one loop: the seconds each took."""
    return [await watch_through_a_restart(house, watchers) for _ in range(RESTARTS)]


async def watch_through_a_restart(house: LinedHouse, watchers: list["Watcher"]) -> float:
    """Open all, kill the API, act once it is back, open all again.

    The seconds until everybody who came back heard of the act.
    """
    for each in watchers:
        each.ready.clear()
    open_streams = [asyncio.create_task(each.listen()) for each in watchers]
    await asyncio.gather(*(asyncio.wait_for(each.ready.wait(), 60) for each in watchers))
    await asyncio.to_thread(house.kill, "api")
    await asyncio.wait(open_streams, timeout=30)
    with desk_of(house) as desk:
        await asyncio.to_thread(desk.act, "/petitions", COMPLAINT)
    for each in watchers:
        each.topics.clear()
    began = time.monotonic()
    again = [asyncio.create_task(each.listen()) for each in watchers]
    everybody = partial(wait_until, lambda: all(map(heard_more, watchers)), within=HEARD_WITHIN)
    await asyncio.to_thread(everybody)
    took = time.monotonic() - began
    for stream in again:
        stream.cancel()
    await asyncio.wait(again, timeout=10)
    missed = sum(not heard_more(each) for each in watchers)
    assert not missed, f"{missed} watchers missed what happened meanwhile"
    return took


def heard_more(watcher: Watcher) -> bool:
    """Whether it heard of something that happened, not only that it is connected or to ask anew."""
    return any(topic not in ("ready", "reset") for topic in watcher.topics)


async def frames_after_the_end(house: LinedHouse, account: str) -> int:
    """Events heard later than a second after the token's end, while acts go on."""
    issuer = LocalIssuer(
        signing_key(house.plan.signing_key_file()),
        SystemClock(),
        issuer=house.plan.issuer,
        audience=house.settings.jwt_audience,
        lifetime=timedelta(seconds=TOKEN_SECONDS),
    )
    watcher = Watcher(house, issuer.issue(account, committee(CAM_LY), Role.CLERK))
    stream = asyncio.create_task(watcher.listen())
    await asyncio.wait_for(watcher.ready.wait(), 10)
    ends = time.monotonic() + TOKEN_SECONDS + 1
    with desk_of(house) as desk:
        while time.monotonic() < ends:
            await asyncio.to_thread(desk.act, "/petitions", COMPLAINT)
        heard = len(watcher.topics)
        await asyncio.to_thread(desk.act, "/petitions", COMPLAINT)
        await asyncio.sleep(1)
    stream.cancel()
    return len(watcher.topics) - heard
