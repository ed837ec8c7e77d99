"""Languages of a service, as codes (ISO 639-1)."""

from __future__ import annotations

_CODES = {
    "arabic": "ar", "asl": "ase", "american sign language": "ase", "cantonese": "yue",
    "chinese": "zh", "english": "en", "farsi": "fa", "french": "fr", "haitian creole": "ht",
    "hindi": "hi", "hmong": "hmn", "japanese": "ja", "korean": "ko", "mandarin": "cmn",
    "portuguese": "pt", "punjabi": "pa", "russian": "ru", "somali": "so", "spanish": "es",
    "español": "es", "swahili": "sw", "tagalog": "tl", "ukrainian": "uk", "urdu": "ur",
    "vietnamese": "vi",
}  # fmt: skip
#: Longer words are names, not codes.
_LONGEST_CODE = 3


def parse_language(untrusted_name: str) -> str | None:
    """The code of a language given by name or code; ``None`` when neither is known."""
    name = untrusted_name.strip().casefold()
    if name in _CODES:
        return _CODES[name]
    short = name.split("-")[0]
    return short if short.isalpha() and short.isascii() and len(short) <= _LONGEST_CODE else None
