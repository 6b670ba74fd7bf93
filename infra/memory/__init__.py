"""A twin of every adapter, for tests: same port, same contract suite, nothing kept."""

from infra.memory.clocks import FixedClock, SteppingClock
from infra.memory.fact_store import MemoryFactStore
from infra.memory.log_stream import MemoryLogStream
from infra.memory.vault import MemoryVault

__all__ = ["FixedClock", "MemoryFactStore", "MemoryLogStream", "MemoryVault", "SteppingClock"]
