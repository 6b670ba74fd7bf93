"""What people wrote goes to the vault, checked, and nowhere else."""

import unicodedata

import pytest

from domain.codes import PetitionKind
from domain.commands import (
    access,
    calendar,
    case,
    directory,
    filing,
    gathering,
    petition,
    rehoming,
    return_mission,
    review,
    settlement,
)
from domain.commands.base import Command
from domain.errors import Refusal
from domain.values import TextRef
from infra.vault.entries import Sealed
from services.casework.texts import (
    BIDIRECTIONAL,
    LONGEST,
    ForbiddenCharacter,
    TextTooLong,
    UnknownTextField,
    checked,
)
from tests.builders import CAM_LY, PETITION, officer
from tests.domain.test_petition import classify, receive
from tests.scenario import Scenario, given

CLERK = officer(CAM_LY)
CANARY = "Nguyễn Thị Hoàng Yến"


def texts_of(world: Scenario) -> dict[str, TextRef]:
    (received, *_) = world.store.load(PETITION)
    refs: tuple[TextRef, ...] = vars(received)["texts"]
    return {ref.field: ref for ref in refs}


def test_a_fact_names_its_texts_and_says_nothing_of_them() -> None:
    world = given().when(receive(texts={"name": CANARY, "summary": "Thu hồi đất"}), by=CLERK)
    refs = texts_of(world)
    assert set(refs) == {"name", "summary"}
    assert world.vault.open(PETITION, refs["name"].entry, "name") == CANARY
    assert world.vault.open(PETITION, refs["summary"].entry, "summary") == "Thu hồi đất"
    stored = b"".join(record.body for record in world.store.read(after=0, limit=10))
    assert CANARY.encode() not in stored
    assert b"Thu h" not in stored


def test_a_denouncers_identity_is_sealed_and_what_is_denounced_is_not() -> None:
    written = {"name": CANARY, "phone": "0912000000", "summary": "Nhận tiền của dân"}
    world = given().when(receive(kind=PetitionKind.DENUNCIATION, texts=written), by=CLERK)
    refs = texts_of(world)
    for field in ("name", "phone"):
        with pytest.raises(Sealed):
            world.vault.open(PETITION, refs[field].entry, field)
    assert world.vault.open(PETITION, refs["summary"].entry, "summary") == "Nhận tiền của dân"


def test_a_text_is_kept_in_composed_form_without_blanks_around_it() -> None:
    decomposed = unicodedata.normalize("NFD", "  Đường thôn Mười\r\nbị lấn chiếm ")
    assert checked(receive(texts={"summary": decomposed})) == {
        "summary": "Đường thôn Mười\nbị lấn chiếm"
    }


def test_an_empty_text_is_no_text() -> None:
    assert checked(receive(texts={"summary": " \n ", "name": ""})) == {}


@pytest.mark.parametrize("field", ["note", "nickname"])
def test_a_command_carries_no_other_texts(field: str) -> None:
    given().when(receive(texts={field: "x"}), by=CLERK).then_refused(UnknownTextField)
    given().when(classify(texts={"summary": "x"}), by=CLERK).then_refused(UnknownTextField)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\r"])
def test_control_characters_are_refused_by_name_and_place(character: str) -> None:
    world = given().when(receive(texts={"summary": f"ab{character}cd"}), by=CLERK)
    assert world.refusal is not None
    assert f"U+{ord(character):04X}" in world.refusal.reason
    assert "thứ 3" in world.refusal.reason
    world.then_refused(ForbiddenCharacter, pointer="/texts/summary")


@pytest.mark.parametrize("character", sorted(BIDIRECTIONAL))
def test_characters_that_turn_the_reading_round_are_refused(character: str) -> None:
    world = given().when(receive(texts={"name": f"An{character}h"}), by=CLERK)
    world.then_refused(ForbiddenCharacter, pointer="/texts/name")


def test_lines_and_tabs_may_stay() -> None:
    assert checked(receive(texts={"summary": "một\n\thai"})) == {"summary": "một\n\thai"}


@pytest.mark.parametrize(("field", "longest"), [("summary", 4_000), ("name", 200)])
def test_a_text_fits_its_field(field: str, longest: int) -> None:
    assert checked(receive(texts={field: "ă" * longest}))
    world = given().when(receive(texts={field: "ă" * (longest + 1)}), by=CLERK)
    world.then_refused(TextTooLong, pointer=f"/texts/{field}")


def test_a_text_is_measured_in_composed_form() -> None:
    assert checked(receive(texts={"name": unicodedata.normalize("NFD", "ộ" * 200)}))


def test_a_megabyte_is_refused() -> None:
    world = given().when(receive(texts={"summary": "a" * 1_000_000}), by=CLERK)
    world.then_refused(TextTooLong)


def test_a_refusal_never_repeats_what_was_written() -> None:
    for text in (CANARY + "\x00", CANARY * 4_000):
        with pytest.raises(Refusal) as refused:
            checked(receive(texts={"summary": text}))
        assert "Yến" not in str(refused.value)


COMMANDS = [
    command
    for module in (
        petition,
        case,
        settlement,
        filing,
        gathering,
        return_mission,
        review,
        rehoming,
        directory,
        calendar,
        access,
    )
    for command in vars(module).values()
    if isinstance(command, type) and issubclass(command, Command) and command is not Command
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.__name__))
def test_every_text_field_has_a_length(command: type[Command]) -> None:
    assert set(LONGEST) >= command.TEXT_FIELDS
