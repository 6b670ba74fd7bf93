"""The samples of the working pages: forms, files, crowds, replay, places."""

from functools import partial
from typing import Final

from services.web.present.filing_acts import FILED, FILING_ACTS
from services.web.present.settlement_acts import COMPLEX, SETTLEMENT_ACTS, SUSPEND
from services.web.showcase import (
    clocks,
    crowds,
    dossiers,
    forms,
    laws,
    more_forms,
    places,
    reminders,
    replays,
    waiting,
)
from services.web.showcase.sample import Sample

FORM: Final = "act_form.html"
CHECK: Final = "act_check.html"
FILE: Final = "petition_file.html"
CROWD: Final = "gathering.html"
SHOWN: Final = ("petition-chuyen", "petition-nhan", "case-ket-thuc")
ALIKE: Final = tuple(
    f"{kind.about}-{kind.slug}"
    for kind in (*SETTLEMENT_ACTS, *FILING_ACTS)
    if kind not in (COMPLEX, SUSPEND, FILED)
)
"""Looks like one that is shown."""
OTHERS: Final = tuple(name for name in forms.ACTS if name not in (*SHOWN, *ALIKE))
"""Acts shown just as their form opens."""

SAMPLES: Final = (
    Sample("intake", "intake.html", forms.intake),
    Sample("intake-empty", "intake.html", forms.empty_intake),
    Sample("intake-wrong", "intake.html", forms.wrong_intake),
    Sample("intake-sealed", "intake.html", forms.denunciation),
    Sample("intake-check", CHECK, forms.intake_check),
    Sample("intake-check-sealed", CHECK, lambda: forms.intake_check("denunciation")),
    Sample("receipt", "receipt.html", forms.receipt),
    Sample("act-transfer", FORM, more_forms.transfer),
    Sample("act-transfer-wrong", FORM, more_forms.wrong_transfer),
    Sample("act-transfer-check", CHECK, more_forms.transfer_check),
    Sample("act-accept", FORM, more_forms.accept),
    Sample("act-close-refused", FORM, more_forms.closing),
    *(Sample(f"act-{name}", FORM, partial(more_forms.simple_act, name)) for name in OTHERS),
    Sample("conflict", "conflict.html", more_forms.conflict),
    Sample("conflict-over", "conflict.html", lambda: more_forms.conflict(possible=False)),
    Sample("purpose", "purpose.html", more_forms.purpose),
    Sample("purpose-wrong", "purpose.html", lambda: more_forms.purpose(wrong=True)),
    Sample("replay-purpose", "purpose.html", more_forms.replay_purpose),
    Sample("petition", FILE, dossiers.petition),
    Sample("petition-stale", FILE, lambda: dossiers.petition("stale")),
    Sample("petition-texts", FILE, dossiers.petition_texts),
    Sample("petition-links", FILE, dossiers.petition_links),
    Sample("petition-reads", FILE, dossiers.petition_reads),
    Sample("petition-sealed", FILE, dossiers.denunciation),
    Sample("case", "case_file.html", dossiers.case),
    Sample("case-closed", "case_file.html", dossiers.closed_case),
    Sample("clocks", "clocks.html", clocks.clocks),
    Sample("clocks-before", "clocks.html", clocks.before),
    Sample("gathering", CROWD, crowds.gathering),
    Sample("gathering-alert", CROWD, crowds.unacknowledged),
    Sample("gathering-stale", CROWD, lambda: crowds.gathering("stale")),
    Sample("gathering-over", CROWD, crowds.dispersed),
    Sample("mission", "return_mission.html", crowds.mission),
    Sample("mission-declined", "return_mission.html", crowds.all_declined),
    Sample("gatherings", "crowd_list.html", crowds.gatherings),
    Sample("gatherings-empty", "crowd_list.html", crowds.no_gatherings),
    Sample("missions", "crowd_list.html", crowds.missions),
    Sample("reminders", "reminders.html", reminders.reminders),
    Sample("reminders-stale", "reminders.html", lambda: reminders.reminders("stale")),
    Sample("reminders-empty", "reminders.html", reminders.no_reminders),
    Sample("replay", "replay.html", replays.replay),
    Sample("replay-first", "replay.html", replays.first_event),
    Sample("replay-long", "replay.html", replays.long_replay),
    Sample("unit", "unit.html", places.unit),
    Sample("unit-bare", "unit.html", places.bare_unit),
    Sample("undecided", "undecided.html", places.undecided),
    Sample("reform", "reform.html", places.reform),
    Sample("undecided-empty", "undecided.html", places.looked_at_undecided),
    Sample("calendar", "calendar.html", laws.calendar),
    Sample("calendar-writing", "calendar.html", laws.writing),
    Sample("calendar-moved", "calendar.html", laws.moved),
    Sample("law", "law.html", laws.law),
    Sample("law-tried", "law.html", laws.tried),
    Sample("rule", "rule.html", laws.rule),
    Sample("reviews", "reviews.html", laws.reviews),
    Sample("undecided-files", "undecided_files.html", waiting.undecided_files),
    Sample("undecided-files-empty", "undecided_files.html", waiting.decided_files),
    Sample("leavers", "leavers.html", waiting.leavers),
    Sample("sums", "sums.html", waiting.sums),
    Sample("sums-past", "sums.html", waiting.past_sums),
    Sample("search", "search.html", places.search),
    Sample("search-empty", "search.html", places.nothing_found),
    Sample("help", "help.html", places.help_page),
    Sample("forbidden", "error.html", places.forbidden),
)
