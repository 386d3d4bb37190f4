"""What browser tests look at: axe's findings, what hangs over the edge."""

import hashlib
from pathlib import Path

AXE = Path(__file__).parent / "vendor" / "axe.min.js"  # axe-core 4.14.1, npm, MPL-2.0; for tests only
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page) -> list[str]:
    """What WCAG 2.2 AA has against the page: rule, and the elements it is about."""
    body = AXE.read_bytes()
    assert hashlib.sha256(body).hexdigest() == AXE_SHA256
    page.evaluate(body.decode())  # by the debugger: the page's own policy lets no foreign script in
    found = page.evaluate("(tags) => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes'][:3]]}"
        for each in found["violations"]
    ]


def overhang(page) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
