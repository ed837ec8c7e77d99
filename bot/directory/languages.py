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
#: Codes of three letters (ISO 639-2) for languages that have one of two.
_SHORTER = {
    "ara": "ar", "chi": "zh", "eng": "en", "fas": "fa", "fra": "fr", "fre": "fr", "hat": "ht",
    "hin": "hi", "jpn": "ja", "kor": "ko", "pan": "pa", "per": "fa", "por": "pt", "rus": "ru",
    "som": "so", "spa": "es", "swa": "sw", "tgl": "tl", "ukr": "uk", "urd": "ur", "vie": "vi",
    "zho": "zh",
}  # fmt: skip
#: Longer words are names, not codes.
_LONGEST_CODE = 3


def parse_language(untrusted_name: str) -> str | None:
    """The code of a language given by name or code; ``None`` when neither is known."""
    name = untrusted_name.strip().casefold()
    if name in _CODES:
        return _CODES[name]
    code = name.replace("_", "-").split("-")[0]
    known = code.isalpha() and code.isascii() and len(code) <= _LONGEST_CODE
    return _SHORTER.get(code, code) if known else None
