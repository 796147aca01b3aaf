import pytest

from autodoctor.domain.room.message import check_text
from autodoctor.domain.shared.errors import InvalidField


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hello", "Hello"),
        ("  indented\n", "  indented"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("🚗 freine mal", "🚗 freine mal"),
        ("x" * 4000, "x" * 4000),
        ("x" * 4000 + " \n", "x" * 4000),
    ],
)
def test_a_message_is_kept_as_it_was_written(text: str, kept: str) -> None:
    assert check_text(text, files=0) == kept


def test_a_message_may_say_nothing_when_files_do() -> None:
    assert check_text(" \n", files=1) == ""
    assert check_text("", files=5) == ""


@pytest.mark.parametrize(
    ("text", "files", "field", "reason"),
    [
        ("", 0, "text", "Write something, or attach a file."),
        (" \n\t", 0, "text", "Write something, or attach a file."),
        ("x" * 4001, 0, "text", "At most 4000 characters in one message."),
        ("look", 6, "file_ids", "At most 5 files in one message."),
        ("a\x00b", 0, "text", "A message holds no NUL characters."),
    ],
)
def test_what_cannot_be_a_message_is_refused(
    text: str, files: int, field: str, reason: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        check_text(text, files=files)

    assert refused.value.facts == {"field": field, "reason": reason}
