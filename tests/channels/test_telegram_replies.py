"""How a reply looks: words, and a button for each option that brings back what it says."""

from __future__ import annotations

import pytest

from bot.wire.choices import decide_choice
from bot.wire.turns import Option, Reply
from channels import telegram
from tests.fakes.telegram_fields import read_buttons, read_text

LONG = "Comida, despensa o cupones para la semana, y también para tu familia"
OPTIONS = (Option("Food", "/choose_need"), Option(LONG, "/more"), Option("Sí", "/affirm"))


def buttons(reply: Reply) -> list[list[dict[str, str]]]:
    """The rows of a reply's buttons, as Telegram reads them."""
    return read_buttons({"reply_markup": telegram.render(reply)["reply_markup"].to_json()})


def test_a_reply_without_options_has_no_buttons() -> None:
    content = telegram.render(Reply("Are you safe to talk?"))
    assert content["text"] == "Are you safe to talk?"
    assert "reply_markup" not in content


def test_each_option_is_a_button_in_a_row_of_its_own() -> None:
    rows = buttons(Reply("What do you need?", OPTIONS))
    assert [[button["text"] for button in row] for row in rows] == [["Food"], [LONG], ["Sí"]]


def test_a_button_brings_back_its_title_or_its_number_where_that_is_too_long() -> None:
    data = [row[0]["callback_data"] for row in buttons(Reply("?", OPTIONS))]
    assert data == ["Food", "2", "Sí"]
    assert len(LONG.encode()) > telegram.LONGEST_DATA


@pytest.mark.parametrize(("title", "carried"), [("a" * 64, "a" * 64), ("a" * 65, "1")])
def test_the_longest_title_that_is_carried(title: str, carried: str) -> None:
    assert buttons(Reply("?", (Option(title, "/x"),)))[0][0]["callback_data"] == carried


def test_bytes_count_and_not_letters() -> None:
    assert buttons(Reply("?", (Option("ñ" * 32, "/x"),)))[0][0]["callback_data"] == "ñ" * 32
    assert buttons(Reply("?", (Option("ñ" * 33, "/x"),)))[0][0]["callback_data"] == "1"


def test_whatever_a_button_brings_back_chooses_its_option() -> None:
    for option, row in zip(OPTIONS, buttons(Reply("?", OPTIONS)), strict=True):
        assert decide_choice(row[0]["callback_data"], OPTIONS) == option.payload


@pytest.mark.parametrize("letter", ["a", "ñ", "😀", "👩‍👧"])
def test_a_long_text_is_cut_where_telegram_would_refuse_it(letter: str) -> None:
    text = telegram.render(Reply(letter * 5000))["text"]
    assert read_text({"text": text}) == text
    assert len(text.encode("utf-16-le")) // 2 > telegram.LONGEST_TEXT - 6


def test_a_text_that_fits_is_not_touched() -> None:
    assert telegram.render(Reply("a" * 4096))["text"] == "a" * 4096


def test_links_get_no_preview() -> None:
    content = telegram.render(Reply("See https://www.thehotline.org"))
    assert content["link_preview_options"].is_disabled
