import pytest

from autodoctor.adapters.storage.s3 import S3Place, S3Storage, StorageUrlInvalid
from autodoctor.ports.files import StorageUnavailable


def test_a_bucket_alone_is_at_amazon() -> None:
    assert S3Place.parse("s3://autodoctor-files") == S3Place(bucket="autodoctor-files")


def test_another_server_is_named_by_its_endpoint() -> None:
    place = S3Place.parse("s3://files/live/eu?endpoint=https://minio.example:9000&region=ca-1")

    assert place == S3Place(
        bucket="files", prefix="live/eu/", endpoint="https://minio.example:9000", region="ca-1"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "files",
        "s3://",
        "s3:///prefix",
        "https://files.example",
        "s3://key:secret@files",
        "s3://files?endpoint=minio.example",
        "s3://files?endpoint=file:///etc",
        "s3://files?regoin=ca-1",
    ],
)
def test_any_other_url_stops_the_start(url: str) -> None:
    with pytest.raises(StorageUrlInvalid):
        S3Storage.from_url(url)


def test_a_bucket_that_does_not_answer_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    storage = S3Storage.from_url("s3://files?endpoint=http://127.0.0.1:9&region=ca-1")

    with pytest.raises(StorageUnavailable):
        storage.read("uploads/photo.jpg")
