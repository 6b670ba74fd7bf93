"""What the tests of the door stand on, beside the twins in memory."""

from collections.abc import Iterator

import pytest

from tests.api.real import RealWorld, real_world
from tests.stores import Addresses, addresses, role_passwords

__all__ = ["addresses", "role_passwords"]


@pytest.fixture
def real(addresses: Addresses) -> Iterator[RealWorld]:
    """An API over the real store, vault and views."""
    with real_world(addresses) as world:
        yield world
