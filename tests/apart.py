"""Coroutines for tests, each in a thread of its own.

Playwright keeps a loop running in the thread that started it, for as long as its browser
lives; there ``asyncio.run`` refuses.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(scene: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns, or raises."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, scene).result()
