"""For programs whose acts carry no texts: they need no way to the vault."""

from typing import NoReturn

WORDS = "this program has no vault: its acts carry no texts"


class NoVault:
    """A :class:`domain.ports.Vault` that neither seals nor opens. Raises ``RuntimeError``."""

    def seal(self, *_asked: object, **_how: object) -> NoReturn:
        raise RuntimeError(WORDS)

    def seal_each(self, *_asked: object) -> NoReturn:
        raise RuntimeError(WORDS)

    def open(self, *_asked: object, **_how: object) -> NoReturn:
        raise RuntimeError(WORDS)

    def digest(self, asked: bytes) -> bytes:
        """As it came: there is nothing in it to guess."""
        return asked
