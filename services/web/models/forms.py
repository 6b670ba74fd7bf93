"""Parts of forms: fields, choices, errors, answers to check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing to mend; `field` is the name (and id) of the input it belongs to."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form; with `choices` it is a set of radios or a select."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    kind: str = "text"
    """text, search, tel, password; anything else would bring a browser's own date format."""
    autocomplete: str = "off"
    inputmode: str = ""
    maxlength: int | None = None
    unmarked: bool = False
    """Optional without saying so beside the label: the whole section is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the check-answers page: mended by `edit_href` or explained by `why_href`."""

    label: str
    value: str
    strong: str = ""
    edit_href: str = ""
    why_href: str = ""
