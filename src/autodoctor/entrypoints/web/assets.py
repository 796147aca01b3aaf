"""From the name a template asks for to the address of the hashed file that was built for it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import attrs

BUILD_FOLDER = Path(__file__).parent / "static" / "build"
BUILD_COMMAND = "npm ci --prefix frontend && npm run --prefix frontend build"


class AssetsNotBuilt(RuntimeError):
    """The front-end has no manifest, so no page could load its styles."""

    def __init__(self, manifest: Path) -> None:
        super().__init__(f"{manifest} is missing; build the front-end first: {BUILD_COMMAND}")


class AssetUnknown(LookupError):
    """A template names a file that the build did not make."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no asset is called {name!r}; is the name right, the build fresh?")


@attrs.frozen
class BuiltAssets:
    """What the front-end build made; names carry a hash, so browsers may keep them for ever."""

    base_url: str
    hashed_names: Mapping[str, str]

    @classmethod
    def read(cls, *, base_url: str, folder: Path = BUILD_FOLDER) -> Self:
        """Reads the build's manifest; raises AssetsNotBuilt when there is none."""
        manifest = folder / "manifest.json"
        try:
            text = manifest.read_text(encoding="utf-8")
        except FileNotFoundError as missing:
            raise AssetsNotBuilt(manifest) from missing
        return cls(base_url, json.loads(text))

    def url(self, name: str) -> str:
        """The address of `name` ("site.css"); raises AssetUnknown."""
        try:
            return self.base_url + self.hashed_names[name]
        except KeyError as unknown:
            raise AssetUnknown(name) from unknown


@attrs.frozen
class PlainAssets:
    """Addresses without hashes, for pages that nobody looks at: tests without a build."""

    base_url: str = "/static/build/"

    def url(self, name: str) -> str:
        return self.base_url + name
