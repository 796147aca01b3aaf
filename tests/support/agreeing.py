"""What everybody agrees to who signs up in a browser."""

import re
from typing import Final

from playwright.sync_api import Page

AGREED: Final = ("I am 18 or older", "I accept the", "I have read", "I understand that")


def agree(page: Page) -> None:
    for text in AGREED:
        page.get_by_label(re.compile(f"^{text}")).check()
