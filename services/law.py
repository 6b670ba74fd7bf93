"""The law that a release carries: what counts until a store tells more (pháp luật đi kèm)."""

from functools import cache

from domain.law.almanac import Almanac
from domain.law.editions import Rulebooks
from domain.law.law import Law
from domain.law.public_holidays import carried_almanac
from infra.law import carried_edition


@cache
def carried_law() -> Law:
    """The announced holidays and the carried rulebooks. Refuses: ``BrokenRulebook``."""
    return Law(Almanac(carried=carried_almanac()), Rulebooks(carried_edition().book))
