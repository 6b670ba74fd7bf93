"""The law as the store has it, kept fresh: calendar and rulebooks (pháp luật, lịch)."""

from typing import Final

from domain.law.law import Law
from infra.postgres.following import Followed, Follower

# The same words as the partial index: without them each look would read the whole log.
LAW_FACTS: Final = """
SELECT notification_id, topic, state FROM store.stored_events
WHERE (topic LIKE 'calendar.%%' OR topic LIKE 'rulebook.%%') AND notification_id > %s
ORDER BY notification_id LIMIT %s
"""


class LawFollower(Follower[Law]):
    """Holds the newest law; until an edition is published, the one the release carries.

    Also raises :class:`domain.law.editions.UnreadableEdition` when a newer release published.
    """

    def __init__(self, dsn: str, carried: Law) -> None:
        super().__init__(dsn, Followed("law", "law_facts", LAW_FACTS, carried, Law.with_facts))
