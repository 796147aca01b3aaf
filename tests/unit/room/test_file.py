from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.room.file import (
    BYTES_PER_DAY,
    DOWNLOAD_LINK_LASTS,
    FILES_PER_DAY,
    KEPT_AFTER_SESSION,
    UPLOAD_LINK_LASTS,
    File,
    FileInUse,
    FileNotStored,
    FilePurpose,
    UploadDay,
    UploadQuotaReached,
)
from autodoctor.domain.shared.ids import AccountId, FileId, IntakeId, SessionId

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


STORED = ANNOUNCED.store(media_type="image/png", size_bytes=10, at=NOW)
SESSION, INTAKE = SessionId(UUID(int=3)), IntakeId(UUID(int=4))


def test_a_stored_file_is_used_for_one_thing_for_good() -> None:
    used = STORED.use_for(FilePurpose.SESSION, session_id=SESSION)

    assert used == attrs.evolve(STORED, purpose=FilePurpose.SESSION, session_id=SESSION)
    with pytest.raises(FileInUse) as refused:
        used.use_for(FilePurpose.BOOKING, intake_id=INTAKE)

    assert refused.value.file_id == STORED.id


def test_a_file_of_a_booking_belongs_to_its_intake() -> None:
    booked = STORED.use_for(FilePurpose.BOOKING, intake_id=INTAKE)

    assert booked == attrs.evolve(STORED, purpose=FilePurpose.BOOKING, intake_id=INTAKE)


def test_what_never_came_is_used_for_nothing_whatever_it_was_meant_for() -> None:
    for file in (ANNOUNCED, attrs.evolve(ANNOUNCED, purpose=FilePurpose.BOOKING)):
        with pytest.raises(FileNotStored) as refused:
            file.use_for(FilePurpose.SESSION, session_id=SESSION)

        assert refused.value.file_id == ANNOUNCED.id


def test_a_discarded_file_belongs_to_nothing() -> None:
    used = attrs.evolve(STORED, session_id=SESSION, intake_id=INTAKE)

    assert used.discard() == attrs.evolve(STORED, purpose=FilePurpose.DISCARDED)


@pytest.mark.parametrize("day", [UploadDay(0, 0), UploadDay(FILES_PER_DAY, BYTES_PER_DAY)])
def test_a_day_allows_a_hundred_files_and_half_a_gibibyte(day: UploadDay) -> None:
    day.check()

    assert (FILES_PER_DAY, BYTES_PER_DAY) == (100, 2**29)


@pytest.mark.parametrize("day", [UploadDay(FILES_PER_DAY + 1, 1), UploadDay(1, BYTES_PER_DAY + 1)])
def test_one_file_or_one_byte_more_is_refused(day: UploadDay) -> None:
    with pytest.raises(UploadQuotaReached) as refused:
        day.check()

    assert refused.value.facts == {"files_max": FILES_PER_DAY, "bytes_max": BYTES_PER_DAY}


def test_links_and_files_last_as_long_as_the_product_says() -> None:
    assert timedelta(minutes=10) == UPLOAD_LINK_LASTS
    assert timedelta(hours=1) == DOWNLOAD_LINK_LASTS
    assert timedelta(days=90) == KEPT_AFTER_SESSION
