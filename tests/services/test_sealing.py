"""Who comes to a vault that is silent, and to one that was."""

import threading
from collections.abc import Sequence
from uuid import uuid4

from domain.ports import StoreUnavailable, ToSeal
from domain.values import TextRef
from infra.local.ports import wait_until
from infra.memory import MemoryVault
from services.casework.sealing import Sealing

SOON = 20.0
TEXTS = ToSeal(uuid4(), {"summary": "đơn"}, sealed=False)


class OnceAsked(MemoryVault):
    """A vault that answers each call only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[int] = []
        self.turn = threading.Semaphore(0)
        self.away = False

    def seal_each(self, asked: Sequence[ToSeal]) -> Sequence[tuple[TextRef, ...]]:
        self.calls.append(len(asked))
        assert self.turn.acquire(timeout=SOON)
        if self.away:
            raise StoreUnavailable("away")
        return super().seal_each(asked)


def all_back(sealing: Sealing[str]) -> dict[str, type]:
    """Who is given back, and with what, once nobody is held."""
    back: dict[str, type] = {}

    def none_held() -> bool:
        back.update({one: type(answer) for one, answer in sealing.back()})
        return not sealing.held

    assert wait_until(none_held, within=SOON)
    return back


def asked_once(vault: OnceAsked) -> None:
    assert wait_until(lambda: bool(vault.calls), within=SOON)


def test_those_who_wait_are_sealed_together() -> None:
    vault = OnceAsked()
    sealing = Sealing[str](vault, lambda: None)
    sealing.take_in("first", TEXTS)
    asked_once(vault)
    for name in ("second", "third"):
        sealing.take_in(name, TEXTS)
    vault.turn.release(2)
    assert all_back(sealing) == {"first": tuple, "second": tuple, "third": tuple}
    assert vault.calls == [1, 2]


def test_whoever_comes_while_the_vault_is_silent_is_turned_away_at_once() -> None:
    vault = OnceAsked()
    sealing = Sealing[str](vault, lambda: None, silent_after=0.0)
    sealing.take_in("first", TEXTS)
    sealing.take_in("second", TEXTS)
    assert [(one, type(answer)) for one, answer in sealing.back()] == [("second", StoreUnavailable)]
    vault.turn.release()
    assert all_back(sealing) == {"first": tuple}


def test_a_vault_that_was_away_is_asked_for_one_at_a_time_until_it_answers() -> None:
    vault = OnceAsked()
    vault.away = True
    sealing = Sealing[str](vault, lambda: None)
    sealing.take_in("first", TEXTS)
    asked_once(vault)
    sealing.take_in("in line", TEXTS)
    vault.turn.release()
    assert all_back(sealing) == {"first": StoreUnavailable, "in line": StoreUnavailable}
    sealing.take_in("looks again", TEXTS)
    sealing.take_in("not yet", TEXTS)
    vault.away = False
    vault.turn.release()
    assert all_back(sealing) == {"looks again": tuple, "not yet": StoreUnavailable}
    sealing.take_in("next", TEXTS)
    vault.turn.release()
    assert all_back(sealing) == {"next": tuple}
