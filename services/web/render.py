"""From a page model to HTML: the one place that knows Jinja2.

Every string of a template passes through gettext with Vietnamese as the source text; another
language is a catalogue. Autoescape is on for every template, and an unknown name in a template is
an error, never an empty spot on a page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.web import formats
from services.web.sparkline import sparkline

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE / "templates"
LOCALES: Final = HERE / "locales"
BUILT: Final = HERE / "static" / "built"
MANIFEST: Final = "manifest.json"


class AssetsNotBuilt(RuntimeError):
    """The page assets are missing; run `python -m services.web.assets`."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the built files are: plain name to name with its content hash."""

    files: Mapping[str, str]
    base_url: str = "/static/"

    @classmethod
    def load(cls, folder: Path = BUILT, base_url: str = "/static/") -> "Assets":
        """The manifest of the last build."""
        path = folder / MANIFEST
        if not path.exists():
            raise AssetsNotBuilt(f"{path} is missing: run python -m services.web.assets")
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return cls(files=dict(files), base_url=base_url)

    def url(self, name: str) -> str:
        return self.base_url + self.files[name]


class Renderer:
    """Renders templates with filters, translations and asset addresses."""

    def __init__(self, assets: Assets, language: str = "vi") -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self._environment.add_extension("jinja2.ext.loopcontrols")
        self._install_language(language)
        self._install_words(assets)
        self._environment.globals["language"] = language

    def _install_language(self, language: str) -> None:
        """Vietnamese needs no catalogue: it is the source text."""
        catalogue: NullTranslations = (
            NullTranslations() if language == "vi" else Translations.load(LOCALES, [language])
        )
        # The i18n extension adds this method at run time; its type is not known to mypy.
        install = self._environment.install_gettext_translations  # type: ignore[attr-defined]
        install(catalogue, newstyle=True)

    def _install_words(self, assets: Assets) -> None:
        self._environment.filters.update(
            number=formats.number,
            day=formats.day,
            day_and_month=formats.day_and_month,
            weekday=formats.weekday,
            clock=formats.clock,
            clock_with_seconds=formats.clock_with_seconds,
            moment=formats.moment,
            sparkline=sparkline,
        )
        self._environment.globals["static"] = assets.url

    def page(self, template: str, page: object) -> str:
        """The whole page, or the fragment, that `template` makes of the model `page`."""
        return self._environment.get_template(template).render(page=page)
