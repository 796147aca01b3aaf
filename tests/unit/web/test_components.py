from collections.abc import Callable

import pytest
from jinja2 import UndefinedError

from autodoctor.entrypoints.web.parts import (
    Cell,
    Column,
    Message,
    MessageState,
    Option,
    Table,
)
from autodoctor.entrypoints.web.views import Tone

Render = Callable[..., str]


def test_a_refused_field_points_at_its_error_and_keeps_its_value(render: Render) -> None:
    html = render(
        '{% from "components/forms.html" import field %}'
        '{{ field("email", "Email", "sam@", hint="For receipts.", error="Not an address.") }}'
    )

    assert 'value="sam@"' in html
    assert 'aria-describedby="email-hint email-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="email-error"' in html


def test_a_field_in_order_points_at_no_error(render: Render) -> None:
    html = render('{% from "components/forms.html" import field %}{{ field("email", "Email") }}')

    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_only_optional_fields_say_so(render: Render) -> None:
    source = '{% from "components/forms.html" import field %}{{ field("a", "A", required=needed) }}'

    assert "optional" in render(source, needed=False)
    assert "optional" not in render(source, needed=True)


def test_further_keywords_become_attributes_and_are_escaped(render: Render) -> None:
    html = render(
        '{% from "components/forms.html" import field %}'
        '{{ field("a", "A", autocomplete="name", placeholder=text) }}',
        text='"><script>',
    )

    assert 'autocomplete="name"' in html
    assert "<script>" not in html


def test_a_text_area_gives_back_exactly_what_was_typed(render: Render) -> None:
    html = render(
        '{% from "components/forms.html" import textarea %}{{ textarea("a", "A", value=text) }}',
        fold=False,
        text="  two\n  lines </textarea>",
    )

    assert ">\n  two\n  lines &lt;/textarea&gt;</textarea>" in html


def test_a_form_that_posts_carries_the_token_and_one_that_asks_does_not(render: Render) -> None:
    source = '{% from "components/forms.html" import form %}{% call form("/x", m) %}.{% endcall %}'

    assert 'name="csrf_token"' in render(source, m="post")
    assert 'name="csrf_token"' not in render(source, m="get")


@pytest.mark.parametrize(("chosen", "checked"), [("a", 1), (("a", "b"), 2), ("", 0)])
def test_choice_cards_mark_what_is_chosen(render: Render, chosen: object, checked: int) -> None:
    html = render(
        '{% from "components/choices.html" import choice_cards %}'
        '{{ choice_cards("c", "Which?", options, chosen, type="checkbox") }}',
        options=(Option("a", "A"), Option("b", "B"), Option("ab", "Both")),
        chosen=chosen,
    )

    assert html.count(" checked") == checked


def test_a_cell_names_its_column_for_small_screens(render: Render) -> None:
    table = Table(
        caption="Sessions",
        columns=(Column("State"), Column("Paid", numeric=True)),
        rows=((Cell("Completed", tone=Tone.OK), Cell("$9.99")),),
    )

    html = render(
        '{% from "components/tables.html" import data_table %}{{ data_table(t) }}', t=table
    )

    assert '<td role="cell" data-label="Paid" data-numeric>' in html
    assert '<span class="badge" data-tone="ok">Completed</span>' in html


def test_a_table_without_rows_says_so(render: Render) -> None:
    table = Table(caption="Sessions", columns=(Column("State"),), rows=(), empty="None so far.")

    html = render(
        '{% from "components/tables.html" import data_table %}{{ data_table(t) }}', t=table
    )

    assert "<table" not in html
    assert "None so far." in html


@pytest.mark.parametrize(
    ("state", "symbol"),
    [
        (MessageState.SENDING, "clock"),
        (MessageState.SENT, "check"),
        (MessageState.DELIVERED, "check-double"),
        (MessageState.READ, "check-double"),
        (MessageState.FAILED, "alert"),
    ],
)
def test_ticks_tell_how_far_ones_own_message_came(
    render: Render, state: MessageState, symbol: str
) -> None:
    message = Message("1", True, "You", "Hi <b>", "t", "10:02", state=state, state_label="State")

    html = render('{% from "components/talk.html" import bubble %}{{ bubble(m) }}', m=message)

    assert f'#{symbol}"' in html
    assert "Hi &lt;b&gt;" in html


def test_messages_of_others_have_no_ticks(render: Render) -> None:
    message = Message("1", False, "Maya", "Hello", "t", "10:02")

    html = render('{% from "components/talk.html" import bubble %}{{ bubble(m) }}', m=message)

    assert "<use" not in html


def test_what_cannot_be_undone_asks_for_its_word(render: Render) -> None:
    html = render(
        '{% from "components/dialogs.html" import confirm_dialog %}'
        '{{ confirm_dialog("d", "Delete?", "/delete", "Delete", type_to_confirm="delete") }}'
    )

    assert 'required pattern="delete"' in html
    assert 'action="/delete" method="post"' in html


def test_a_name_no_view_has_is_an_error(render: Render) -> None:
    with pytest.raises(UndefinedError):
        render("{{ view.missing }}", view=Option("a", "A"))
