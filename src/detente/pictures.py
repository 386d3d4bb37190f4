"""Pictures of a dyad as files: one interactive page, or a drawing for papers."""

from __future__ import annotations

from pathlib import Path

from detente.brief import Tracked, paper_png, paper_svg, track_page
from detente.records import ConfigError, InputError
from detente.whole import write_whole

PICTURES = (".html", ".svg", ".png")


def write_picture(path: str | Path, found: Tracked) -> None:
    """Write .html, .svg or .png by the ending of `path`.

    Raises InputError where there is nothing to draw, ConfigError where .png lacks its package.
    """
    ending = Path(path).suffix
    if ending == ".html":
        write_whole(path, track_page(found).encode())
        return
    drawing = paper_svg(found)
    if not drawing:
        raise InputError(f"{path}: nothing to draw, no report is dated {found.as_of} or before")
    if ending == ".svg":
        write_whole(path, drawing.encode())
        return
    try:
        body = paper_png(found)
    except ImportError as error:
        raise ConfigError(
            f"{path}: PNG needs one more package: pip install 'detente[pictures]', or write .svg"
        ) from error
    write_whole(path, body)
