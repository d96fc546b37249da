"""What is wrong with the page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page: Page) -> list[str]:
    """What axe finds; a page on which nothing was checked is a fault too."""
    results = Axe().run(page, options=RULES)
    if not results.response["passes"]:
        return ["axe checked nothing"]
    return [
        f"{found['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def overhang(page: Page, width: int) -> int:
    """How many pixels the page is wider than a screen of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    return max(0, page.evaluate("document.documentElement.scrollWidth") - width)
