"""Every code has a label, and a word that stands in two lists says the same in both."""

from enum import StrEnum
from itertools import chain

from domain import codes

LISTS = [
    one
    for one in vars(codes).values()
    if isinstance(one, type) and issubclass(one, StrEnum) and one is not StrEnum
]
SHARED = {"answered"}


def test_every_code_has_a_vietnamese_label() -> None:
    unlabelled = [code for one in LISTS for code in one if not codes.LABELS.get(code)]

    assert unlabelled == []


def test_no_word_takes_the_label_of_another_list_unseen() -> None:
    words = [code.value for code in chain.from_iterable(LISTS)]

    assert {word for word in words if words.count(word) > 1} == SHARED
