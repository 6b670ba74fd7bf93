"""A lane whose leader was chosen a moment ago: librdkafka says so, and is asked again."""

from collections.abc import Callable, Sequence

import pytest
from confluent_kafka import KafkaError, KafkaException

from infra.kafka.librdkafka.stream import LEADER_MOVES, once_led

GONE = KafkaError._ALL_BROKERS_DOWN


def answering(answers: Sequence[int]) -> Callable[[], int]:
    """Fails with one error after the other, then tells how often it was asked."""
    left = list(answers)

    def ask() -> int:
        if left:
            raise KafkaException(KafkaError(left.pop(0)))
        return len(answers) + 1

    return ask


@pytest.mark.parametrize("error", sorted(LEADER_MOVES))
def test_a_leader_that_is_not_yet_known_is_waited_for(error: int) -> None:
    assert once_led(answering([error, error]), within=20) == 3


def test_a_leader_that_never_comes_is_not_waited_for_for_ever() -> None:
    with pytest.raises(KafkaException):
        once_led(answering([KafkaError.LEADER_NOT_AVAILABLE] * 1_000), within=0.2)


def test_what_no_leader_mends_is_told_at_once() -> None:
    ask = answering([GONE])
    with pytest.raises(KafkaException):
        once_led(ask, within=20)
    assert ask() == 2
