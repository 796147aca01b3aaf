"""Takes the pictures of the README from a running system: python tools/screenshots.py URL"""

import sys
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

PICTURES = {"home": "/"}
FOLDER = Path(__file__).parent.parent / "docs" / "images"


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium-headless-shell") or which("chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for name, path in PICTURES.items():
            page.goto(url + path)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
