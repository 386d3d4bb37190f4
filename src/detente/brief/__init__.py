"""From what is known to what is published: compose, check every sentence, render.

compose(theatre, dyad, lull, …) -> Brief          a theatre's brief as known on one day
compose_article(article, coded, incidents)        one report read closely, no theatre needed
unsupported(brief, articles), lint(brief)         both must be empty to publish
to_markdown(brief, articles), to_html(…)          one self-contained page, no network
track_page(tracked), paper_svg(…), paper_png(…)   the picture of a dyad: interactive, and for papers
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.brief.article import compose_article
    from detente.brief.check import lint, unsupported
    from detente.brief.compose import compose
    from detente.brief.html import to_html
    from detente.brief.markdown import to_markdown
    from detente.brief.track import Tracked, paper_png, paper_svg, track_page

__all__ = ["Tracked", "compose", "compose_article", "lint", "paper_png", "paper_svg", "to_html", "to_markdown",
           "track_page", "unsupported"]  # fmt: skip

_IN = {
    "article": ("compose_article",), "check": ("lint", "unsupported"), "compose": ("compose",), "html": ("to_html",),
    "markdown": ("to_markdown",), "track": ("Tracked", "paper_png", "paper_svg", "track_page"),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Each of them when it is first asked for: the terminal takes a few words from here and no page."""
    for module, names in _IN.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
