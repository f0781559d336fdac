"""Make the pictures of the report for the README, from seeds/: `.venv/bin/python -m docs.pictures`.

It needs Chromium and a font with Chinese characters (in Debian: `apt-get install chromium fonts-noto-cjk`).
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import miner
from tests.programs import program

DOCS = Path(__file__).parent


def table_and_text(page: Page) -> None:
    """Show the table beside a sentence with levels, growth and a share, one figure selected."""
    page.locator("#rows tr").filter(has_text="139.7億元").click()


def parks(page: Page) -> None:
    """Show the panels of the parks beside a text."""
    page.click("#tab-parks")
    page.locator(".bars button").filter(has_text="超5亿元").click()


PICTURES = {
    "report-light.png": ("light", (1440, 900), table_and_text),
    "report-dark.png": ("dark", (1280, 840), parks),
}


def main() -> None:
    """Write every picture into docs/."""
    report = miner.make_report(miner.read_documents(str(DOCS.parent / "seeds")), lang="zh")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "report.html")
        path.write_text(report.page, encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (theme, (width, height), prepare) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.goto(path.as_uri())
            page.wait_for_selector("html[data-ready]")
            prepare(page)
            page.screenshot(path=DOCS / name)
        browser.close()


if __name__ == "__main__":
    main()
