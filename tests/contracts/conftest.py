"""What the contract suites stand on."""

from tests.stores import addresses, postgres_store, role_passwords

__all__ = ["addresses", "postgres_store", "role_passwords"]
