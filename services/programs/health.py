"""The port at which a worker tells how it is."""

import contextlib
from collections.abc import Iterator

from infra.settings import Settings, SettingsError
from services import wiring
from services.machine import OnTime
from services.worker_health import Worker, worker_port


@contextlib.contextmanager
def telling_health(settings: Settings, worker: Worker) -> Iterator[None]:
    """Answer for a worker where the settings name a port. Raises ``SettingsError``."""
    port = settings.worker_metrics_port
    if port is None:
        yield
        return
    worker = OnTime(worker, wiring.server_time(settings).skew)
    with contextlib.ExitStack() as open_port:
        try:
            open_port.enter_context(worker_port(worker, host=settings.metrics_host, port=port))
        except OSError as taken:
            raise SettingsError(f"TIEPDAN_WORKER_METRICS_PORT: {taken}") from taken
        yield
