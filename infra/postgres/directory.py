"""The directory as the store has it, kept fresh (danh bạ)."""

from typing import Final

from domain.directory import Directory
from infra.postgres.following import Followed, Follower

__all__ = ["DIRECTORY_FACTS", "DirectoryFollower"]

# The same words as the partial index: without them each look would read the whole log.
DIRECTORY_FACTS = """
SELECT notification_id, topic, state FROM store.stored_events
WHERE (topic LIKE 'unit.%%' OR topic LIKE 'office.%%') AND notification_id > %s
ORDER BY notification_id LIMIT %s
"""
DIRECTORY: Final = Followed(
    "directory", "directory_facts", DIRECTORY_FACTS, Directory.of(()), Directory.with_facts
)


class DirectoryFollower(Follower[Directory]):
    """Holds the newest directory.

    A fact this release cannot read hides its own unit or office.
    """

    def __init__(self, dsn: str) -> None:
        super().__init__(dsn, DIRECTORY)
