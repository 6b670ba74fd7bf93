"""The site of a stack, from its settings: what the composition root hands to the application."""

from datetime import date

from domain.days import day_of
from infra.settings import Settings
from services.api.parts import ApiParts
from services.trust import local_issuer
from services.web.demo import DemoColleagues, DemoSignIn, carried_cells
from services.web.notices import NOTICES
from services.web.render import Assets, Renderer
from services.web.site import Site


def open_site(settings: Settings, parts: ApiParts) -> Site:
    """The pages of this stack. Raises ``SettingsError``, ``AssetsNotBuilt``.

    With the private key of a demo's issuer there is a sign-in page of its own; without it the
    page says that signing in is the identity provider's.
    """
    renderer, cells = Renderer(Assets.load()), carried_cells()
    if settings.jwt_private_key_file is None:
        return Site(parts, renderer, cells=cells, notices=NOTICES)

    def today() -> date:
        return day_of(parts.clock.now())

    return Site(
        parts,
        renderer,
        sign_in=DemoSignIn(local_issuer(settings), parts.directory, today),
        colleagues=DemoColleagues(parts.directory, today),
        cells=cells,
        notices=NOTICES,
    )
