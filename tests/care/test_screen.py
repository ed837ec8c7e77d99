"""Commands, priority, and everything that must not go wrong whatever is typed."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.errors import NoPatterns, UnusableExitWord
from bot.care.screen import Finding, Kind, Screen

SHARED = Path(__file__).parents[3] / "shared" / "data"
NOISE = st.text(alphabet=" .,!?;:-_*'\"()[]~\n\t\u200b\ufe0f😀🏃👋", max_size=6)


@pytest.mark.parametrize(
    "message",
    ["EXIT", "exit", "Exit.", "exit!!!", "  exit\n", "E-X-I-T", "exiiiit", "ＥＸＩＴ", "exit 🏃‍♀️💨",
     "SALIR", "salir", "¡salir!", "Saliiir", "0", " 0 ", "0.", "０", "0️⃣", "\u200bexit\u200b",
     "pineapple", "PINEAPPLE!", "Adios mundo"],
)  # fmt: skip
def test_exit_words_alone_are_an_exit(screen: Screen, message: str) -> None:
    assert screen.look(message) == Finding(Kind.EXIT, None)


@pytest.mark.parametrize(
    "message", ["00", "10", "exit the house", "where is the exit", "quiero salir de aqui", "👋", ""]
)
def test_exit_words_inside_other_words_are_no_exit(screen: Screen, message: str) -> None:
    assert screen.look(message) is None


@given(before=NOISE, after=NOISE, upper=st.lists(st.booleans(), min_size=5, max_size=5))
def test_noise_and_case_never_hide_an_exit(before: str, after: str, upper: list[bool]) -> None:
    word = "".join(c.upper() if big else c for c, big in zip("salir", upper, strict=True))
    assert SCREEN.look(before + word + after) == Finding(Kind.EXIT, None)


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    SCREEN.look(text)


SCREEN = Screen(("en", "es"))


@pytest.mark.parametrize("word", ["START", "start!", "Unstop", "UNSTOP"])
def test_start_words(screen: Screen, word: str) -> None:
    assert screen.look(word) == Finding(Kind.START, None)


@pytest.mark.parametrize("word", ["YES", "yes", "Sí", "y"])
def test_a_bare_yes_is_never_a_start(screen: Screen, word: str) -> None:
    assert screen.look(word) is None


@pytest.mark.parametrize("word", ["HELP", "help!!", "Info", "AYUDA", "ayuda?", "información"])
def test_help_words_alone(screen: Screen, word: str) -> None:
    finding = screen.look(word)
    assert finding is not None and finding.kind is Kind.HELP_WORD


@pytest.mark.parametrize("message", ["help me", "i need info", "help with food", "ayuda con renta"])
def test_help_words_inside_a_sentence_are_left_to_the_conversation(
    screen: Screen, message: str
) -> None:
    assert screen.look(message) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("leave me alone he has a gun", Kind.DANGER),
        ("stop texting me i want to die", Kind.SUICIDE),
        ("delete everything. he is outside", Kind.DANGER),
        ("i want to die. he is breaking down the door", Kind.DANGER),
        ("i overdosed i want to die", Kind.MEDICAL),
        ("i want to talk to a person, i want to die", Kind.SUICIDE),
        ("please forget me. stop texting me", Kind.FORGET),
        ("no quiero morir pero me va a matar", Kind.DANGER),
        ("i am not in danger yet but he is coming for me", Kind.DANGER),
        ("nobody knows he will kill me", Kind.DANGER),
        ("he choked me 2 years ago and now he has a gun", Kind.DANGER),
        ("i dont want to live i want to die", Kind.SUICIDE),
        ("he hits my kids and now he has a gun", Kind.DANGER),
        ("she shook the baby and he is not breathing", Kind.MEDICAL),
        ("my stepdad touches me im 13 and i want to die", Kind.SUICIDE),
        ("leave me alone. he is hurting my little girl", Kind.CHILD),
        ("im going to kill him and then ill kill myself", Kind.SUICIDE),
        ("STOP", Kind.OPT_OUT),
        ("exit", Kind.EXIT),
    ],
)
def test_the_gravest_meaning_is_answered(screen: Screen, message: str, kind: Kind) -> None:
    finding = screen.look(message)
    assert finding is not None and finding.kind is kind


@pytest.mark.parametrize(
    ("message", "language"),
    [("he is here", "en"), ("el esta aqui", "es"), ("hello me va a matar please", "es")],
)
def test_the_finding_names_the_language_it_was_said_in(
    screen: Screen, message: str, language: str
) -> None:
    assert screen.look(message) == Finding(Kind.DANGER, language)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("i want to die", Kind.SUICIDE),
        ("i want to die of shame. my mic was on the whole call haha", None),
        ("haha. my mic was on the whole call. i want to die", None),
        ("i want to die 😂", Kind.SUICIDE),
        ("quiero morirme jaja", Kind.SUICIDE),
        ("quiero morir", Kind.SUICIDE),
        ("se me cayó todo el café en la junta. quiero morir. jaja", None),
        ("lol he has a gun", Kind.DANGER),
        ("he has a gun to my head. lol nobody believes me", Kind.DANGER),
        ("i want to die lol. i took all my pills", Kind.MEDICAL),
    ],
)
def test_laughter_makes_a_joke_of_exaggerations_only(
    screen: Screen, message: str, kind: Kind | None
) -> None:
    finding = screen.look(message)
    assert (finding.kind if finding else None) == kind


def test_a_wish_to_die_is_found_at_both_ends_of_a_long_text(screen: Screen) -> None:
    filler = "we went to the store and then we came home again. " * 200
    assert screen.look("he is here. " + filler) == Finding(Kind.DANGER, "en")
    assert screen.look(filler + "i want to die") == Finding(Kind.SUICIDE, "en")


CALM = [
    "he was nice at first and my sister liked him.", "then we moved and i lost my job.",
    "i tell the kids it gets better.", "cuando llego tarde se enoja y no me habla.",
    "my mother says i should be patient.", "trabajo de noche y casi no duermo.",
    "he reads my phone and asks who i talk to.", "no tengo a nadie con quien dejar a la niña.",
]  # fmt: skip


@pytest.mark.parametrize("after", [0, 400, 800, 1200, 1600])
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("he has a gun.", Kind.DANGER),
        ("no para de sangrar.", Kind.MEDICAL),
        ("i cant go on, i want to die.", Kind.SUICIDE),
        ("mi papá me pega y tengo 12.", Kind.CHILD),
    ],
)
def test_what_is_said_is_found_anywhere_in_a_long_telling(
    screen: Screen, after: int, said: str, kind: Kind
) -> None:
    telling = " ".join(CALM * 6)
    cut = telling.index(" ", after)
    text = f"{telling[:cut]}. {said} {telling[cut:]}"[:2000]
    finding = screen.look(text)
    assert finding is not None and finding.kind is kind
    assert screen.look(telling[:2000]) is None


@pytest.mark.parametrize(
    "message",
    ["", " ", "\x00\x01", "\ud800", "a" * 10_000, "é" * 10_000, "e\u0301" * 10_000, "ﷺ" * 10_000,
     "我想死" * 3_000, "🏳️‍🌈" * 2_000, "'" * 10_000, ". " * 5_000, "<he> (x) ..",
     "\u202eolleh"],
)  # fmt: skip
def test_hostile_text_finds_nothing_and_never_raises(screen: Screen, message: str) -> None:
    assert screen.look(message) is None


def test_a_message_leaves_no_trace_in_memory(screen: Screen) -> None:
    before = pickle.dumps(screen)
    screen.look("my secret name is zyxwvutsrq and he is here")
    assert pickle.dumps(screen) == before


def test_a_language_without_patterns_stops_the_start() -> None:
    with pytest.raises(NoPatterns):
        Screen(("en", "xx"))
    with pytest.raises(NoPatterns):
        Screen(("../secret",))


@pytest.mark.parametrize("word", ["👋", "", "Stop!", "help"])
def test_an_exit_word_that_cannot_be_one_stops_the_start(word: str) -> None:
    with pytest.raises(UnusableExitWord):
        Screen(("en",), exit_words=(word,))


def _public_texts(name: str, at_most: int) -> list[str]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"public data is not there: {path}")
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return texts[:: max(1, len(texts) // at_most)]


GRAVE = {Kind.DANGER, Kind.MEDICAL, Kind.SUICIDE, Kind.CHILD}


@pytest.mark.parametrize("data_set", ["banking77", "clinc150", "hwu64"])
def test_everyday_questions_hardly_ever_raise_a_false_alarm(screen: Screen, data_set: str) -> None:
    texts = _public_texts(f"intents/{data_set}.jsonl", at_most=100_000)
    findings = [(text, finding.kind) for text in texts if (finding := screen.look(text))]
    assert len(texts) > 2000
    assert len(findings) / len(texts) < 0.005, findings
    grave = [text for text, kind in findings if kind in GRAVE]
    assert len(grave) / len(texts) < 0.001, grave


def test_strings_that_break_software_find_nothing(screen: Screen) -> None:
    texts = _public_texts("naughty_strings.jsonl", at_most=1000)
    # Zero is an exit word and "help" a help word, whatever stands around them.
    obvious = {"0", "-0", "+0", "{0}", "--help", "🏳0🌈️"}
    assert {text for text in texts if screen.look(text)} <= obvious
