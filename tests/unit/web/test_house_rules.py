"""Rules of the templates and styles that no linter knows."""

import re
from pathlib import Path

import pytest

from autodoctor.entrypoints import web

TEMPLATES = Path(web.__file__).parent / "templates"
FRONTEND = Path(__file__).parents[3] / "frontend"
PAGES = sorted(TEMPLATES.rglob("*.html"))

SCHEMES = ("light", "dark")
ON_GROUNDS = [
    (text, ground, 4.5)
    for text, grounds in {
        "ink": ("paper", "surface", "sunk", "brand-tint"),
        "ink-soft": ("paper", "surface", "sunk", "brand-tint"),
        "brand": ("paper", "surface", "sunk", "brand-tint"),
        "bad": ("paper", "surface", "bad-tint"),
        "ok": ("surface", "ok-tint"),
        "warn": ("surface", "warn-tint"),
        "info": ("surface", "info-tint"),
        "on-brand": ("brand", "brand-strong"),
        "on-bad": ("bad-fill", "bad"),
        "on-signal": ("signal", "signal-strong"),
        "on-deep": ("deep", "deep-raised"),
        "on-deep-soft": ("deep", "deep-raised"),
    }.items()
    for ground in grounds
]
BORDERS = [("line-strong", "paper", 3.0), ("line-strong", "surface", 3.0), ("signal", "deep", 3.0)]


@pytest.fixture(scope="module")
def icons() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (FRONTEND / "icons/icons.svg").read_text()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
class TestEveryTemplate:
    def test_has_at_most_sixty_lines(self, page: Path) -> None:
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 60

    def test_turns_off_no_escaping(self, page: Path) -> None:
        assert not re.search(r"\|\s*safe\b|autoescape", page.read_text(encoding="utf-8"))

    def test_draws_only_icons_there_are(self, page: Path, icons: set[str]) -> None:
        text = page.read_text(encoding="utf-8")
        drawn = re.findall(r'\b(?:icon|draw|reason)\("([\w-]+)"', text)
        drawn += re.findall(r'\bicon="([\w-]+)"', text)

        assert set(drawn) <= icons


def tokens(scheme: str) -> dict[str, str]:
    css = (FRONTEND / "css/tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "ground", "ratio_min"), [*ON_GROUNDS, *BORDERS])
def test_contrast_reaches_aa(scheme: str, front: str, ground: str, ratio_min: float) -> None:
    colours = tokens(scheme)

    low, high = sorted((luminance(colours[front]), luminance(colours[ground])))
    assert (high + 0.05) / (low + 0.05) >= ratio_min


def test_no_style_speaks_to_another_host() -> None:
    for sheet in FRONTEND.glob("css/**/*.css"):
        assert not re.search(r"https?:|//[a-z]|data:", sheet.read_text(encoding="utf-8")), sheet


def test_the_lock_file_names_no_host() -> None:
    assert "http" not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
