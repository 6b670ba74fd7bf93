"""Python's collector of cycles, held back in programs that fold (bộ dọn rác)."""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 100
"""How many new objects, and how many looks at younger ones, until the collector looks."""


def spare_the_collector() -> None:
    """Rows and facts have no cycles and go by themselves: look for cycles seldom.

    Walking all objects anew after every few hundred rows took a fifth of the CPU (measured).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
