"""An update of the code and what a site has changed: neither is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.flows.content import SHIPPED, digest_released
from bot.flows.edition import Edition
from bot.flows.own_changes import FILE, OwnChange, load_own
from bot.flows.places import Place, read_value
from bot.flows.published import find_published, find_release, read_published, save_published
from bot.flows.scripts import Script, Turn, load_scripts, save_agreed
from bot.flows.updating import (
    UpdateBlocked,
    bring_up_to_date,
    carry,
    find_blocks,
    find_up_to_date,
    has_something,
    is_up_to_date,
)
from bot.site import load_site
from tests.older_content import PACK, make_older, publish

SITE = load_site(PACK)
GOODBYE = Place("saying", ("utter_goodbye", "en", ""))
RETURNED = Place("saying", ("utter_care_returned", "en", ""))
RETURNED_ES = Place("saying", ("utter_care_returned", "es", ""))
FOOD = Place("examples", ("need_food", "en"))
SIGNS = Place("question", ("safety_plan", "now_signs"))
OWN_QUESTION = Place("question", ("safety_plan", "now_cat"))
CONTACT = Place("fact", ("contact",))


def say(text: str) -> dict[str, Any]:
    return {"text": text, "options": []}


def read(root: Path, place: Place) -> Any:
    return read_value(Edition(root, pack=PACK), place)


SHIPPED_RETURNED = read(SHIPPED, RETURNED)
SHIPPED_FOOD = read(SHIPPED, FOOD)


@pytest.mark.parametrize(
    ("seen", "after", "now", "carried"),
    [
        ("a", "b", "a", ("a", "a", "b")),  # the update left it as it was
        ("a", "b", "b", ("b", "b", "b")),  # both say the same now
        ("a", "b", "c", ("a", "c", "b")),  # both changed it: the site's words stay
        (None, "b", None, (None, None, "b")),  # new here
        ("a", None, "c", ("a", "c", None)),  # gone here
        ([*"ab"], [*"bc"], [*"abd"], ([*"abd"], [*"abd"], [*"bdc"])),  # each took and gave
        ([*"ab"], [*"abc"], [*"bc"], ([*"bc"], [*"bc"], [*"bc"])),
    ],
)  # fmt: skip
def test_a_change_is_carried(
    seen: Any, after: Any, now: Any, carried: tuple[Any, Any, Any]
) -> None:
    one = carry(OwnChange(FOOD, seen, seen, after), now)
    assert (one.seen, one.before, one.after) == carried


def test_the_update_comes_and_what_the_site_says_stays(tmp_path: Path) -> None:
    older = make_older(
        tmp_path,
        {
            RETURNED: say("You are back."),
            RETURNED_ES: say("Volviste."),
            FOOD: ["old line of food", *SHIPPED_FOOD[2:]],
        },
    )
    first = {
        GOODBYE: say("Take care. Write again when you like."),
        RETURNED: say("Good to hear you again."),
        FOOD: [*SHIPPED_FOOD[3:], "no food for the baby"],
        CONTACT: "the desk",
    }
    publish(tmp_path, older, "a1", first)
    publish(tmp_path, find_release(tmp_path, "a1"), "b2", {GOODBYE: say("Take care, always.")})
    save_agreed(find_release(tmp_path, "b2"), [Script("Mine", "en", (Turn("hi", ("x",)),))])

    own = bring_up_to_date(tmp_path, SITE)
    root = find_published(tmp_path)
    assert root.name == f"b2.{digest_released(SHIPPED)}" and is_up_to_date(root)
    assert read(root, GOODBYE) == say("Take care, always.")
    assert read(root, RETURNED)["text"] == "Good to hear you again."
    assert read(root, RETURNED_ES) == read(SHIPPED, RETURNED_ES)
    assert read(root, FOOD) == [*SHIPPED_FOOD[:2], *SHIPPED_FOOD[3:], "no food for the baby"]
    assert read(root, CONTACT) == "the desk"
    assert "Mine" in {script.name for script in load_scripts(root)}
    assert own is not None and own == load_own(root)
    assert [one.place for one in own.changes if one.is_overtaken] == [RETURNED]
    assert has_something(root) and not own.gone
    _only_these_differ(root, {"care.yml", "talk.yml", "needs.yml"})
    assert bring_up_to_date(tmp_path, SITE) is None


def test_a_question_of_the_site_stays_and_what_has_no_place_is_told(tmp_path: Path) -> None:
    question = {
        "section": "now", "id": "now_cat", "kind": "words",
        "ask": {"en": "Who looks after your pet?", "es": "¿Quién cuida a tu mascota?"},
    }  # fmt: skip
    wanted = {**read(SHIPPED, SIGNS), **question}
    older = make_older(tmp_path, {RETURNED: say("You are back.")})
    publish(tmp_path, older, "a1", {OWN_QUESTION: wanted})
    publish(tmp_path, older, "b2", {OWN_QUESTION: wanted})
    assert read(find_up_to_date(tmp_path, SITE, "a1"), OWN_QUESTION) == wanted

    away = {**wanted, "section": "a section that went"}
    _write_after(find_release(tmp_path, "b2"), away)
    own = bring_up_to_date(tmp_path, SITE)
    root = find_published(tmp_path)
    assert own is not None and [one.after for one in own.gone] == [away] and not own.changes
    assert read(root, OWN_QUESTION) is None and has_something(root)


def test_words_that_a_later_release_changes_are_looked_at(tmp_path: Path) -> None:
    older = make_older(tmp_path, {RETURNED: say("You are back.")})
    publish(tmp_path, older, "a1", {RETURNED: say("Good to hear you again.")})
    bring_up_to_date(tmp_path, SITE)
    root = find_published(tmp_path)
    assert has_something(root)
    changed = publish(tmp_path, root, "b2", {RETURNED: say("Here we are again.")})
    own = load_own(changed)
    assert own is not None and not has_something(changed)
    assert own.changes == (
        OwnChange(RETURNED, SHIPPED_RETURNED, SHIPPED_RETURNED, say("Here we are again.")),
    )
    back = publish(tmp_path, changed, "c3", {RETURNED: SHIPPED_RETURNED})
    own = load_own(back)
    assert own is not None and own.changes == ()


def test_what_the_gate_refuses_stays_as_it_was(tmp_path: Path) -> None:
    older = make_older(tmp_path, {RETURNED: say("You are back.")})
    root = publish(tmp_path, older, "a1", {RETURNED: say("You are safe here, always.")})
    with pytest.raises(UpdateBlocked, match="utter_care_returned"):
        bring_up_to_date(tmp_path, SITE)
    assert find_published(tmp_path) == root and not is_up_to_date(root) and has_something(root)
    assert {one["rule"] for one in find_blocks(root, SITE)} == {"promises_too_much"}
    assert {path.name for path in (tmp_path / "content").iterdir()} == {"0", "a1", "published"}


def test_what_stands_on_no_code_is_left_alone(tmp_path: Path) -> None:
    root = make_older(tmp_path, {RETURNED: say("You are back.")})
    (root / FILE).unlink()
    save_published(tmp_path, "0")
    assert bring_up_to_date(tmp_path, SITE) is None
    changed = publish(tmp_path, root, "a1", {GOODBYE: say("Take care.")})
    assert load_own(changed) is None and bring_up_to_date(tmp_path, SITE) is None
    assert read_published(tmp_path) == "a1" and not has_something(changed)
    save_published(tmp_path, "")
    assert bring_up_to_date(tmp_path, SITE) is None and not has_something(SHIPPED)


def test_an_earlier_release_comes_back_over_the_newest_code(tmp_path: Path) -> None:
    older = make_older(tmp_path, {RETURNED: say("You are back.")})
    publish(tmp_path, older, "a1", {GOODBYE: say("Take care.")})
    root = find_up_to_date(tmp_path, SITE, "a1")
    assert read(root, GOODBYE) == say("Take care.") and read(root, RETURNED) == SHIPPED_RETURNED
    assert find_up_to_date(tmp_path, SITE, root.name) == root


def _only_these_differ(root: Path, names: set[str]) -> None:
    for path in sorted((SHIPPED / "data").rglob("*")):
        there = root / path.relative_to(SHIPPED)
        if path.is_file() and path.read_bytes() != there.read_bytes():
            assert path.name in names, path


def _write_after(root: Path, after: Any) -> None:
    written = json.loads((root / FILE).read_text(encoding="utf-8"))
    written["changes"][0]["after"] = after
    (root / FILE).write_text(json.dumps(written), encoding="utf-8")
