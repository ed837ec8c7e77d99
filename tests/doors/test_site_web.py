"""What a site may say of its web chat; anything else stops the start and is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.errors import SiteError
from bot.site_web import SiteWeb, find_origin, parse_web

SITE = Path("site.toml")
PARTNER = "https://partner.example"


def test_site_without_a_word_of_it_gets_the_weather_and_no_partners() -> None:
    assert parse_web(SITE, {}) == SiteWeb("https://www.weather.gov/", ())


def test_site_chooses_its_page_and_its_partners() -> None:
    web = {"away": "https://news.example/a?b=c", "partners": [PARTNER, "http://localhost:8080"]}
    parsed = parse_web(SITE, {"web": web})
    assert parsed == SiteWeb("https://news.example/a?b=c", (PARTNER, "http://localhost:8080"))
    assert find_origin(parsed.away) == "https://news.example"


@pytest.mark.parametrize(
    "web",
    [
        {"away": "http://news.example/"},
        {"away": "javascript:alert(1)"},
        {"away": "https://"},
        {"away": "https://[::1"},
        {"away": "https://news.example/; script-src *"},
        {"away": "https://news.example/\r\nSet-Cookie: a=b"},
        {"partners": ["http://partner.example"]},
        {"partners": [f"{PARTNER}/path"]},
        {"partners": [f"{PARTNER} *"]},
        {"partners": [f"{PARTNER};script-src *"]},
        {"partners": ["*"]},
        {"partners": [7]},
        {"analytics": "https://tracker.example"},
    ],
)
def test_what_would_open_a_hole_is_refused(web: dict[str, Any]) -> None:
    with pytest.raises(SiteError):
        parse_web(SITE, {"web": web})
