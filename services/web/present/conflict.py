"""Somebody was first: what was read, what is now, and what was typed (hồ sơ đã thay đổi)."""

from collections.abc import Sequence
from dataclasses import replace

from domain.dossier import Dossier
from domain.errors import Outdated
from domain.events.base import OfficeEvent
from services.web.models.acts import ConflictPage, Subject
from services.web.present.act_pages import ActPage, kept_post, mine
from services.web.present.frame import shell
from services.web.present.standing import differences, moment_of, standing
from services.web.present.words import local


def conflict_page(
    page: ActPage,
    dossier: Dossier,
    facts: Sequence[OfficeEvent],
    subject: Subject,
    outdated: Outdated,
) -> ConflictPage:
    """Both versions; the form goes on from the new one, under a key of its own."""
    names, kind = page.seat.names, page.kind
    before = facts[: outdated.expected]
    then = type(dossier).replay(dossier.id, before)
    newest = facts[-1]
    onward = replace(page, version=str(dossier.version), key=f"{page.key[:32]}-{dossier.version}")
    return ConflictPage(
        shell=shell(page.seat, "Hồ sơ đã thay đổi", here="/hop-viec"),
        title="Hồ sơ đã thay đổi",
        what=f"{names.office(newest.office)} đã ghi lúc {local(newest.timestamp):%H:%M}.",
        subject=subject,
        read_version=f"bản ghi {outdated.expected}",
        now_version=f"bản ghi {dossier.version}",
        differences=differences(standing(then, before, names), standing(dossier, facts, names)),
        since=tuple(moment_of(fact, names) for fact in facts[outdated.expected :]),
        mine_title=f"Việc bạn định ghi: {kind.title}",
        mine=mine(page),
        post=kept_post(onward),
        leave=page.back,
    )
