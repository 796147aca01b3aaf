"""Files in a bucket of S3, or of a server that speaks its protocol."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, Final, Self
from urllib.parse import parse_qs, urlsplit

import attrs
import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from autodoctor.ports.files import LinkInvalid, StorageUnavailable, check_key

CONNECT_SECONDS_MAX: Final = 5
READ_SECONDS_MAX: Final = 30
ATTEMPTS: Final = 3
NOT_THERE: Final = frozenset({"404", "NoSuchKey", "NotFound"})
_BUFFER_BYTES: Final = 65_536


class StorageUrlInvalid(ValueError):
    """STORAGE_URL is not s3://bucket[/prefix][?endpoint=https://…&region=…]."""


@attrs.frozen(kw_only=True)
class S3Place:
    """`prefix` ends with a slash, or is empty; an empty `endpoint` is Amazon's own."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises StorageUrlInvalid."""
        try:
            parts = urlsplit(url)
        except ValueError:
            raise StorageUrlInvalid("STORAGE_URL: its host cannot be read") from None
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        endpoint = query.pop("endpoint", "")
        region = query.pop("region", "")
        if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc:
            raise StorageUrlInvalid("STORAGE_URL begins with s3:// and a bucket, without a login")
        if query:
            raise StorageUrlInvalid("STORAGE_URL knows endpoint and region, nothing else")
        if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
            raise StorageUrlInvalid("the endpoint of STORAGE_URL begins with https:// or http://")
        path = parts.path.strip("/")
        prefix = f"{path}/" if path else ""
        return cls(bucket=parts.netloc, prefix=prefix, endpoint=endpoint, region=region)


class S3Storage:
    """The credentials are those that AWS's own tools find: AWS_ACCESS_KEY_ID and so on."""

    def __init__(self, place: S3Place) -> None:
        self._place = place
        self._client: Any = boto3.session.Session().client(
            "s3",
            endpoint_url=place.endpoint or None,
            region_name=place.region or None,
            config=_config(by_path=bool(place.endpoint)),
        )

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Raises StorageUrlInvalid."""
        return cls(S3Place.parse(url))

    def write(self, key: str, chunks: Iterable[bytes], /, *, media_type: str) -> int:
        """In parts when it is long; a failing iterable aborts them all."""
        where = self._where(key)
        source = _Chunks(iter(chunks))
        with _translated():
            self._client.upload_fileobj(
                BufferedReader(source, _BUFFER_BYTES),
                *where.values(),
                ExtraArgs={"ContentType": media_type, "ContentDisposition": "attachment"},
                Config=TransferConfig(use_threads=False),
            )
        return source.size

    def read(self, key: str, /) -> BinaryIO:
        where = self._where(key)
        with _translated():
            body = self._client.get_object(**where)["Body"]
        return BufferedReader(_Body(body), _BUFFER_BYTES)

    def size(self, key: str, /) -> int | None:
        where = self._where(key)
        try:
            with _translated():
                return int(self._client.head_object(**where)["ContentLength"])
        except LinkInvalid:
            return None

    def delete(self, key: str, /) -> None:
        where = self._where(key)
        with _translated():
            self._client.delete_object(**where)

    def _where(self, key: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": self._place.prefix + check_key(key)}


class _Chunks(RawIOBase):
    """An iterable as something to read from; counts what went through."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self.size += count
        return count


class _Body(RawIOBase):
    """What comes from the bucket; a connection that breaks is an outage, too."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _translated():
            chunk: bytes = self._body.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._body.close()
        super().close()


def _config(*, by_path: bool) -> Config:
    """Checksums only where S3 asks for them: other servers do not know the newer ones."""
    return Config(
        connect_timeout=CONNECT_SECONDS_MAX,
        read_timeout=READ_SECONDS_MAX,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        s3={"addressing_style": "path" if by_path else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as fault:
        code = str(fault.response.get("Error", {}).get("Code", ""))
        if code in NOT_THERE:
            raise LinkInvalid() from None
        raise StorageUnavailable(code) from fault
    except (BotoCoreError, Boto3Error) as fault:
        raise StorageUnavailable(type(fault).__name__) from fault
