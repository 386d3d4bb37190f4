"""From what is known to what is published: compose, check every sentence, render.

compose(theatre, dyad, lull, …) -> Brief          a theatre's brief as known on one day
compose_article(article, coded, incidents)        one report read closely, no theatre needed
unsupported(brief, articles), lint(brief)         both must be empty to publish
to_markdown(brief, articles), to_html(…)          one self-contained page, no network
track_page(tracked), paper_svg(…), paper_png(…)   the picture of a dyad: interactive, and for papers
"""

from detente.brief.article import compose_article
from detente.brief.check import lint, unsupported
from detente.brief.compose import compose
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.brief.track import Tracked, paper_png, paper_svg, track_page

__all__ = ["Tracked", "compose", "compose_article", "lint", "paper_png", "paper_svg", "to_html", "to_markdown",
           "track_page", "unsupported"]  # fmt: skip
