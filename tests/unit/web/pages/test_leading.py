import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.entrypoints.web.pages.leading import LENGTH_MAX, local_path, with_next


@pytest.mark.parametrize(
    "path", ["/", "/intake?plan=free", "/chat/1#message-2", "/intake?draft=a:b"]
)
def test_a_path_of_this_site_may_be_gone_on_to(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "intake",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        "/" + "x" * LENGTH_MAX,
    ],
)
def test_any_other_place_is_not(elsewhere: str) -> None:
    assert local_path(elsewhere) == ""


@given(text=st.text())
def test_whatever_is_asked_for_the_answer_stays_here(text: str) -> None:
    path = local_path(text)

    assert path == "" or (path[0] == "/" and path[1:2] not in ("/", "\\"))


def test_the_place_to_go_on_to_is_quoted_whole() -> None:
    assert (
        with_next("/login", "/intake?plan=free&x=1") == "/login?next=/intake%3Fplan%3Dfree%26x%3D1"
    )
    assert with_next("/login", "") == "/login"
