"""A site with more of everything than there is: meanings, responses, languages.

What is there is written again under other names, and Spanish again as other languages. Nobody
reads it; it is as long, as deep and as mixed as what people wrote.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.care import rulebook
from bot.flows.content import SHIPPED
from bot.flows.conversation import find_language
from bot.flows.edition import Edition
from bot.written import load_written

#: Times that everything is there, under a name of its own each time.
MEANINGS, RESPONSES = 3, 12
#: Of each meaning in each language; ten thousand in all is what a large site has.
EXAMPLES = 20
MORE_LANGUAGES = ("fr", "pt", "vi")
_WRITTEN_AS = "es"
#: The word that comes with each other name.
_OTHERWISE = ("alpha", "omega")


def write_content(root: Path) -> None:
    """All of the content, multiplied, under ``root``."""
    Edition(SHIPPED).save(root)
    for file in sorted((root / "data" / "responses").glob("*.yml")):
        _write_responses(file)
    for file in sorted((root / "data" / "nlu").glob("*/*.yml")):
        _write_meanings(file)
    for file in (root / "data" / "journeys").glob("*.yml"):
        _save(file, _translate(load_written(file)))
    for language in MORE_LANGUAGES:
        shutil.copytree(root / "data" / "nlu" / _WRITTEN_AS, root / "data" / "nlu" / language)
    domain = load_written(root / "domain.yml")
    more = [_name(number, one) for number in range(1, MEANINGS) for one in domain["intents"]]
    _save(root / "domain.yml", {**domain, "intents": [*domain["intents"], *more]})


def write_site(shipped: Path, folder: Path) -> None:
    """The site in ``shipped`` with all of these languages."""
    shutil.copytree(shipped, folder)
    file = folder / "site.toml"
    languages = ", ".join(f'"{one}"' for one in ("en", "es", *MORE_LANGUAGES))
    text = file.read_text(encoding="utf-8")
    text = text.replace('\nlanguages = ["en", "es"]\n', f"\nlanguages = [{languages}]\n", 1)
    file.write_text(text, encoding="utf-8")
    for name in ("replies.yml", "phrases.yml"):
        _save(folder / name, _translate(load_written(folder / name)))


def _translate(written: Any) -> Any:
    """Wherever Spanish stands, it stands for the other languages too."""
    if isinstance(written, list):
        return [_translate(one) for one in written]
    if not isinstance(written, dict):
        return written
    more = dict.fromkeys(MORE_LANGUAGES, written[_WRITTEN_AS]) if _WRITTEN_AS in written else {}
    return {**{key: _translate(one) for key, one in written.items()}, **more}


def write_patterns(folder: Path) -> None:
    """The safety rules' files, with Spanish again as each other language."""
    shutil.copytree(rulebook.FOLDER, folder)
    for language in MORE_LANGUAGES:
        shutil.copy(folder / f"{_WRITTEN_AS}.toml", folder / f"{language}.toml")


def count_content(root: Path) -> dict[str, int]:
    """How many of each there are."""
    nlu = [load_written(path) for path in (root / "data" / "nlu").rglob("*.yml")]
    meanings = [one for written in nlu for one in written.get("nlu", ()) if "intent" in one]
    files = (root / "data" / "responses").glob("*.yml")
    return {
        "meanings": len({one["intent"] for one in meanings}),
        "examples": sum(one["examples"].count("- ") for one in meanings),
        "responses": sum(len(load_written(file)["responses"]) for file in files),
        "languages": sum(1 for _ in (root / "data" / "nlu").iterdir()),
    }


def _write_meanings(file: Path) -> None:
    """The meanings of one file; and under each other name with a word in every example that no
    other has, so that a trainer can tell them apart.
    """
    shorter = [_shorten(one) for one in load_written(file).get("nlu", ())]
    _save(file, {"nlu": shorter})
    for number in range(1, MEANINGS):
        others = [_rename(one, number) for one in shorter if "intent" in one]
        _save(file.with_stem(f"{file.stem}_{number}"), {"nlu": others})


def _shorten(meaning: Mapping[str, Any]) -> dict[str, Any]:
    return {**meaning, "examples": "\n".join(meaning["examples"].splitlines()[:EXAMPLES]) + "\n"}


def _rename(meaning: Mapping[str, Any], number: int) -> dict[str, Any]:
    lines = [f"{line} {_OTHERWISE[number - 1]}" for line in meaning["examples"].splitlines()]
    return {"intent": _name(number, meaning["intent"]), "examples": "\n".join(lines) + "\n"}


def _name(number: int, intent: str) -> str:
    return f"{intent}_{number}"


def _write_responses(file: Path) -> None:
    written = load_written(file)
    for variants in written["responses"].values():
        spoken = [one for one in variants if find_language(one) == _WRITTEN_AS]
        variants += [_speak(one, language) for language in MORE_LANGUAGES for one in spoken]
    _save(file, written)
    _repeat(file, r"^  utter_", RESPONSES)


def _save(file: Path, written: Mapping[str, Any]) -> None:
    text = yaml.dump(written, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)
    file.write_text(text, encoding="utf-8")


def _speak(variant: Mapping[str, Any], language: str) -> dict[str, Any]:
    conditions = [
        {**one, "value": language} if one["name"] == "language" else one
        for one in variant["condition"]
    ]
    return {**variant, "condition": conditions}


def _repeat(file: Path, begins: str, times: int) -> None:
    """The same file again and again; in each, what ``begins`` with this has another name."""
    text = file.read_text(encoding="utf-8")
    for number in range(1, times):
        named = re.sub(begins, lambda found, n=number: f"{found[0]}{n}_", text, flags=re.MULTILINE)
        file.with_stem(f"{file.stem}_{number}").write_text(named, encoding="utf-8")
