"""One suite for every vault: what the port promises, on memory and on Postgres."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn, Protocol
from uuid import UUID, uuid4

import pytest

from domain.codes import Guidance
from domain.errors import NotFound, NotPermitted
from domain.events.base import OfficeEvent
from domain.events.petition import CitizenGuided
from domain.events.registry import UnknownEventType
from domain.ports import Vault
from domain.values import TextRef
from infra.memory import MemoryFactStore, MemoryVault
from infra.postgres.vault import PostgresVault
from infra.vault.entries import Sealed
from infra.vault.sealing import MasterKey
from infra.vault.sweep import SweepableVault, sweep
from tests.contracts.facts import fact
from tests.stores import Addresses

MASTER = MasterKey(bytes(range(32)))


class AnyVault(Vault, SweepableVault, Protocol):
    """Both sides of a vault."""


@pytest.fixture(params=["memory", "postgres"])
def vault(request: pytest.FixtureRequest) -> Iterator[AnyVault]:
    if request.param == "memory":
        yield MemoryVault(MASTER)
        return
    addresses: Addresses = request.getfixturevalue("addresses")
    real = PostgresVault(addresses.vault, MASTER)
    yield real
    real.close()


def seal(vault: Vault, text: str = "Đường liên xã ngập", *, sealed: bool = False) -> TextRef:
    return vault.seal(uuid4(), {"story": text}, sealed=sealed)[0]


def guided(subject: UUID, ref: TextRef) -> OfficeEvent:
    """An event that names a text."""
    made: CitizenGuided = fact(
        CitizenGuided, subject, 1, guidance=Guidance.COURT, competent_office=None, texts=(ref,)
    )
    return made


def test_a_request_is_known_again_by_who_has_the_master_key_alone(vault: AnyVault) -> None:
    digest = vault.digest(b"asked")
    assert digest == MemoryVault(MASTER).digest(b"asked")
    assert digest not in (vault.digest(b"asked otherwise"), MemoryVault().digest(b"asked"))


def test_a_text_opens_for_its_subject_entry_and_field(vault: AnyVault) -> None:
    subject = uuid4()
    name, story = vault.seal(subject, {"name": "Nguyễn Văn A", "story": "Đất"}, sealed=False)
    assert (name.field, story.field) == ("name", "story")
    assert vault.open(subject, name.entry, "name") == "Nguyễn Văn A"
    assert vault.open(subject, story.entry, "story") == "Đất"


def test_nothing_to_seal_seals_nothing(vault: AnyVault) -> None:
    assert vault.seal(uuid4(), {}, sealed=False) == ()


def test_another_subject_entry_or_field_finds_nothing(vault: AnyVault) -> None:
    subject = uuid4()
    (ref,) = vault.seal(subject, {"story": "Đất"}, sealed=False)
    for wrong in (
        (uuid4(), ref.entry, "story"),
        (subject, uuid4(), "story"),
        (subject, ref.entry, "name"),
    ):
        with pytest.raises(NotFound):
            vault.open(*wrong)


def test_a_denouncers_identity_opens_for_nobody_alone(vault: AnyVault) -> None:
    subject = uuid4()
    (open_ref,) = vault.seal(subject, {"story": "Đất"}, sealed=False)
    (ref,) = vault.seal(subject, {"name": "Nguyễn Văn A"}, sealed=True)
    with pytest.raises(Sealed) as refused:
        vault.open(subject, ref.entry, "name")
    assert isinstance(refused.value, NotPermitted)
    assert "niêm phong" in refused.value.reason
    assert vault.open(subject, open_ref.entry, "story") == "Đất"


def test_equal_texts_have_unequal_commitments(vault: AnyVault) -> None:
    first, second = seal(vault, "Đất"), seal(vault, "Đất")
    assert first.commitment != second.commitment
    assert len(first.commitment) == 64
    assert first.entry != second.entry


@pytest.mark.parametrize("text", ["", "a" * 100_000, "\x00\x01", "đơn\r\n\t“khiếu nại”", "😀"])
def test_any_text_comes_back_to_the_letter(vault: AnyVault, text: str) -> None:
    subject = uuid4()
    (ref,) = vault.seal(subject, {"story": text}, sealed=False)
    assert vault.open(subject, ref.entry, "story") == text


def test_many_who_seal_for_a_new_subject_at_once_share_its_key(vault: AnyVault) -> None:
    subject = uuid4()

    def keep(number: int) -> tuple[int, TextRef]:
        return number, vault.seal(subject, {"story": f"số {number}"}, sealed=False)[0]

    with ThreadPoolExecutor(8) as officers:
        kept = list(officers.map(keep, range(16)))
    for number, ref in kept:
        assert vault.open(subject, ref.entry, "story") == f"số {number}"


def test_a_text_no_event_came_to_name_is_swept(vault: AnyVault) -> None:
    store = MemoryFactStore()
    named, orphan = uuid4(), uuid4()
    (kept,) = vault.seal(named, {"story": "có sự kiện"}, sealed=False)
    (lost,) = vault.seal(orphan, {"story": "không có"}, sealed=False)
    (extra,) = vault.seal(named, {"story": "lần gửi hỏng"}, sealed=False)
    store.append([guided(named, kept)])

    assert sweep(vault, store, grace=0) == 2
    assert vault.open(named, kept.entry, "story") == "có sự kiện"
    for subject, ref in ((orphan, lost), (named, extra)):
        with pytest.raises(NotFound):
            vault.open(subject, ref.entry, "story")
    assert sweep(vault, store, grace=0) == 0


def test_a_fresh_text_is_not_swept_before_its_event_can_come(vault: AnyVault) -> None:
    subject = uuid4()
    (ref,) = vault.seal(subject, {"story": "vừa gửi"}, sealed=False)
    assert sweep(vault, MemoryFactStore()) == 0
    assert vault.open(subject, ref.entry, "story") == "vừa gửi"


class OlderRelease(MemoryFactStore):
    """A store that a newer release wrote to: its facts cannot be opened here."""

    def load(self, stream: UUID, *, up_to_version: int | None = None) -> NoReturn:
        raise UnknownEventType("petition.guided/2")


def test_a_text_named_by_a_fact_of_a_newer_release_stays_and_the_sweep_goes_on(
    vault: AnyVault,
) -> None:
    store, subject = OlderRelease(), uuid4()
    (kept,) = vault.seal(subject, {"story": "có sự kiện"}, sealed=False)
    (extra,) = vault.seal(subject, {"story": "lần gửi hỏng"}, sealed=False)
    store.append([guided(subject, kept)])
    assert sweep(vault, store, grace=0) == 1
    assert vault.open(subject, kept.entry, "story") == "có sự kiện"
    with pytest.raises(NotFound):
        vault.open(subject, extra.entry, "story")
