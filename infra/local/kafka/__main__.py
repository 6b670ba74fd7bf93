"""Serve one broker in the foreground: ``python -m infra.local.kafka --state DIR --port P``."""

import argparse
import os
from pathlib import Path

from infra.local.kafka import find_distribution
from infra.local.kafka.broker import Broker


def main() -> None:
    """Prepare the folder, then become the broker: signals and the leash reach it directly."""
    parser = argparse.ArgumentParser(prog="python -m infra.local.kafka", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder of the broker's data")
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    asked = parser.parse_args()
    broker = Broker(asked.state, asked.port, find_distribution())
    broker.prepare()
    java = broker.plain_command()
    os.execv(java[0], java)


if __name__ == "__main__":
    main()
