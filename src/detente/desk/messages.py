"""The words of the interface, from templates and code to .po files and from there to .mo: Babel, no GNU gettext.

    python -m detente.desk.messages            bring every part's .po files up to date, and compile them
    python -m detente.desk.messages --check    say what is missing or out of date; exit code 1 if anything is

Needs Babel (it comes with `pip install 'detente[test]'`). Each part keeps its own `locale` folder, so that two people
who work on two parts do not meet in one file. Users need nothing: the compiled files are in the package.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

HERE = Path(__file__).parent
LANGUAGES = ("ar", "fa")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def folders() -> list[Path]:
    """The desk itself, then each of its parts."""
    return [HERE, *sorted(each.parent for each in HERE.glob("*/apps.py"))]


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    """Templates, made readable for Babel, and modules of a folder; the desk's own without those of its parts."""
    parts = [] if folder != HERE else folders()[1:]
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt"), *folder.rglob("*.py")]):
        if any(part in path.parents for part in parts) or "static" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(HERE).as_posix()
        yield name, text if path.suffix == ".py" else _as_python(text, name)


def _as_python(template: str, name: str) -> str:
    """What Django makes of a template for xgettext, without the indentation that Python would stumble over."""
    return "\n".join(line.lstrip() for line in templatize(template, origin=name).splitlines())


def gather(folder: Path) -> Catalog:
    """Every message of a folder, with where it stands."""
    found = Catalog(charset="utf-8")
    for name, text in _sources(folder):
        stream = io.BytesIO(text.encode())
        for _, message, comments, context in extract("python", stream, _KEYWORDS, options={"encoding": "utf-8"}):
            found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def catalogue(folder: Path, language: str) -> Catalog:
    """The folder's translations as they are, brought in step with its sources; what fell out of use is dropped."""
    path = _po(folder, language)
    held = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as stream:
            held = read_po(stream, locale=language)
    held.update(gather(folder), no_fuzzy_matching=True)
    held.obsolete.clear()
    held.header_comment = "# Edit msgstr, then run: python -m detente.desk.messages"
    held.project, held.version, held.fuzzy = "detente", "desk", False
    held.creation_date = held.revision_date = _EPOCH  # the same words give the same bytes
    held.last_translator = held.language_team = "The Detente contributors"
    return held


def written(held: Catalog) -> tuple[bytes, bytes]:
    """A catalogue as the bytes of its .po and its .mo file."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, held, width=120, sort_output=True, include_lineno=False)
    write_mo(mo, held)
    return po.getvalue(), mo.getvalue()


def problems() -> Iterator[str]:
    """Every message without a translation, and every file that is not what its sources make it."""
    for folder, language in _all():
        held, po = catalogue(folder, language), _po(folder, language)
        for message in held:
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not all(said):
                yield f"{po.relative_to(HERE)}: no translation of {message.id!r}"
            yield from (f"{po.relative_to(HERE)}: {error}" for error in message.check(held))
        if len(held) and (_words(po) != _said(held) or _words(po.with_suffix(".mo")) != _said(held)):
            yield f"{po.parent.relative_to(HERE)} is out of date: run python -m detente.desk.messages"


def _said(held: Catalog) -> dict[Any, Any]:
    """What is translated to what; how a file is laid out does not matter."""
    return {(_whole(each.id), each.context): _whole(each.string) for each in held if each.id}


def _whole(text: Any) -> Any:
    return tuple(text) if isinstance(text, (list, tuple)) else text


def _words(path: Path) -> dict[Any, Any]:
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        return _said(read_po(stream) if path.suffix == ".po" else read_mo(stream))


def renew() -> None:
    """Write every .po and .mo file."""
    for folder, language in _all():
        held, po = catalogue(folder, language), _po(folder, language)
        if len(held):
            po.parent.mkdir(parents=True, exist_ok=True)
            for path, body in zip((po, po.with_suffix(".mo")), written(held), strict=True):
                path.write_bytes(body)


def _all() -> Iterator[tuple[Path, str]]:
    return ((folder, language) for folder in folders() for language in LANGUAGES)


def _po(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Bring up to date, or check."""
    if not settings.configured:
        settings.configure(USE_I18N=False)  # templatize needs settings, nothing of a site
    if "--check" not in sys.argv[1:]:
        renew()
    found = list(problems())
    print("\n".join(found) if found else "every message is translated")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
