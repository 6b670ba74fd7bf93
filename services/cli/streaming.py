"""``topics renew``: the stream sent anew from the store."""

import json
from contextlib import closing
from typing import Annotated

import typer

from infra.kafka.renewing import renew_topics
from infra.settings import SettingsError
from services import wiring
from services.cli.state import DEFAULT, Json, State, settings_of
from services.cli.watching import watched
from services.renewing import renew as make_anew

topics = typer.Typer(
    name="topics", help="The two topics that carry the stream.", no_args_is_help=True
)

Yes = Annotated[bool, typer.Option("--yes", help="Delete them, with all that stands on them.")]
Lose = Annotated[
    bool,
    typer.Option("--lose-what-only-they-hold", help="Even what the store does not hold."),
]

SENDS = "made anew; within half a minute the relay sends all that the store holds"


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.add_typer(topics)


@topics.command()
def renew(
    yes: Yes = False, lose: Lose = False, state: State = DEFAULT, as_json: Json = False
) -> None:
    """Delete both topics and make them anew: the relay sends all that the store holds."""
    settings = settings_of(state)
    if settings.stream != "kafka":
        raise SettingsError("this stack has no topics: its stream is the store's own log")
    if not yes:
        raise typer.BadParameter("it deletes both topics", param_hint="--yes")
    kafka = wiring.kafka_settings(settings)
    with closing(wiring.reconciler_sources(settings)) as sources, watched() as guard:
        ids = make_anew(sources, guard, lambda: renew_topics(kafka), lose=lose)
    if as_json:
        print(json.dumps({"topics": dict(ids)}))
    else:
        print("\n".join([*(f"{topic}  {made}" for topic, made in sorted(ids.items())), SENDS]))
