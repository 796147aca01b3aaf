from pathlib import Path

import pytest

from autodoctor.entrypoints.web.assets import (
    AssetsNotBuilt,
    AssetUnknown,
    BuiltAssets,
    PlainAssets,
)


@pytest.fixture
def assets(tmp_path: Path) -> BuiltAssets:
    (tmp_path / "manifest.json").write_text('{"site.css": "site-ABC.css"}', encoding="utf-8")
    return BuiltAssets.read(base_url="/static/build/", folder=tmp_path)


def test_a_name_becomes_the_address_of_its_hashed_file(assets: BuiltAssets) -> None:
    assert assets.url("site.css") == "/static/build/site-ABC.css"


def test_a_name_that_was_not_built_is_an_error(assets: BuiltAssets) -> None:
    with pytest.raises(AssetUnknown, match=r"room\.js"):
        assets.url("room.js")


def test_without_a_build_the_error_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(AssetsNotBuilt, match="npm run --prefix frontend build"):
        BuiltAssets.read(base_url="/static/build/", folder=tmp_path)


def test_plain_assets_need_no_build() -> None:
    assert PlainAssets().url("site.css") == "/static/build/site.css"
