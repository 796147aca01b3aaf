from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs

from autodoctor.domain.room.file import (
    DOWNLOAD_LINK_LASTS,
    KEPT_AFTER_SESSION,
    UPLOAD_LINK_LASTS,
    File,
)
from autodoctor.domain.shared.ids import AccountId, FileId

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
ANNOUNCED = File(
    id=FileId(UUID(int=1)),
    owner_id=AccountId(UUID(int=2)),
    name="dash.png",
    media_type="image/png",
    kind="image",
    size_bytes=10,
    storage_key="uploads/1.png",
    created_at=NOW,
)


def test_what_really_came_counts_and_not_what_was_announced() -> None:
    stored = ANNOUNCED.store(media_type="image/jpeg", size_bytes=4_096, at=NOW)

    assert (stored.media_type, stored.size_bytes, stored.stored_at) == ("image/jpeg", 4_096, NOW)
    assert attrs.evolve(stored, media_type="image/png", size_bytes=10, stored_at=None) == ANNOUNCED


def test_links_and_files_last_as_long_as_the_product_says() -> None:
    assert timedelta(minutes=10) == UPLOAD_LINK_LASTS
    assert timedelta(hours=1) == DOWNLOAD_LINK_LASTS
    assert timedelta(days=90) == KEPT_AFTER_SESSION
