"""The local stack: real processes, killed and started."""
