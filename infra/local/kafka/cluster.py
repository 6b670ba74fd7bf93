"""Several brokers that keep one set of topics: three copies, two of them in sync."""

import json
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.kafka.broker import Broker, new_cluster_id
from infra.local.kafka.distribution import Distribution
from infra.local.kafka.settings import Node
from infra.local.ports import free_port


class Cluster:
    """A cluster below ``folder``; its ports and its id are drawn once and kept."""

    def __init__(self, folder: Path, distribution: Distribution, *, size: int = 3) -> None:
        cluster_id, nodes = read_plan(folder, size)
        self.brokers = [
            Broker(
                folder / f"node-{node.number}",
                node.port,
                distribution,
                nodes=nodes,
                cluster_id=cluster_id,
            )
            for node in nodes
        ]

    @property
    def bootstrap(self) -> str:
        return ",".join(broker.bootstrap for broker in self.brokers)

    def start(self, *, within: float = 90) -> None:
        """Start all at once: no node is ready before most are there."""
        try:
            for broker in self.brokers:
                broker.launch()
            for broker in self.brokers:
                broker.wait_ready(within=within)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop all at once: a last node alone would wait for a majority in vain."""
        for broker in self.brokers:
            broker.ask_to_stop()
        for broker in self.brokers:
            broker.stop()

    def kill(self) -> None:
        """End all without a goodbye."""
        for broker in self.brokers:
            broker.kill()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def read_plan(folder: Path, size: int) -> tuple[str, list[Node]]:
    """The cluster's id and nodes, drawn on first use."""
    plan = folder / "cluster.json"
    if not plan.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        nodes = [[number, free_port(), free_port()] for number in range(1, size + 1)]
        plan.write_text(json.dumps({"id": new_cluster_id(), "nodes": nodes}), encoding="utf-8")
    kept = json.loads(plan.read_text(encoding="utf-8"))
    return str(kept["id"]), [Node(*numbers) for numbers in kept["nodes"]]
