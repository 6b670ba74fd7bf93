"""What may be asked of the field: imperative, one dataclass a command.

A command carries plain texts in :attr:`Command.texts`; they are sealed in the vault
before the aggregate sees anything, and only references reach an event.
"""

from domain.commands.base import Command

__all__ = ["Command"]
