"""kafka-python's consumer for backlogs: it reads whole batches, and meanwhile the next ones.

The library takes 4 KiB from the line at a time and waits for the interpreter before each: while
a batch is folded nothing comes, and afterwards the folding waits. Here it takes all that is
there at once. And it asks for more of a lane as soon as that lane's last was taken, not
when all lanes' were.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaConnectionError
from kafka.net.compat import KafkaNetClient
from kafka.net.manager import KafkaConnectionManager
from kafka.net.selector import NetworkSelector
from kafka.net.transport import KafkaTCPTransport

from infra.kafka.fetched_records import FetchedRecords
from projections.ports import StreamRecord

AT_ONCE = 1 << 20


class BatchConsumer(KafkaConsumer):  # type: ignore[misc]
    """The library's consumer, without a group, whose records are :class:`StreamRecord`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(group_id=None, kafka_client=_client, **settings)
        self._fetcher.PartitionRecords = FetchedRecords

    def poll(self, timeout_ms: int) -> Mapping[TopicPartition, Sequence[StreamRecord]]:
        """What came, by partition; never an empty list. Raises what the library raises."""
        came: Mapping[TopicPartition, Sequence[StreamRecord]] = super().poll(timeout_ms)
        if self._fetcher._completed_fetches:
            self._fetcher.send_fetches()
        return came


def _client(**settings: Any) -> KafkaNetClient:
    net = NetworkSelector(**settings)
    return KafkaNetClient(net, _Connections(net, **settings), **settings)


class _Connections(KafkaConnectionManager):  # type: ignore[misc]
    """The library's connections; a plain one gives all at once that is there."""

    async def _build_transport(self, *told: Any, **named: Any) -> Any:
        transport = await super()._build_transport(*told, **named)
        if type(transport) is KafkaTCPTransport:
            transport._sock_recv = partial(received, transport._sock)
        return transport


def received(sock: Any) -> tuple[bytes, KafkaConnectionError | None]:
    """What is there, and what is wrong with the line."""
    try:
        data = sock.recv(AT_ONCE)
    except (BlockingIOError, InterruptedError):
        return b"", None
    except OSError as reason:
        return b"", KafkaConnectionError(reason)
    return data, None if data else KafkaConnectionError("the broker hung up")
