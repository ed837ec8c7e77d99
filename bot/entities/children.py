"""How many children: "2 kids", "mi hija", "3 hijos y un bebé", "no kids". Ages are no counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.entities.child_patterns import PATTERNS
from bot.entities.entity import Entity, Kind
from bot.entities.numbers import NUMBER, parse_number
from bot.entities.reading import Reading

#: More children than this are a mistake, or a school.
MOST = 15
#: Who is older is no child.
_OLDEST = 17

_NUMBER = re.compile(NUMBER)
_AND = re.compile(r"[\s,:+&()-]*(?:(?:and|y|n|e|plus|also|with|con|mas)[\s,]+)?")
_MANY = {"twins": 2, "triplets": 3}


@dataclass(frozen=True)
class Mention:
    """Some children in a text. ``whole`` when those that follow may be among them."""

    start: int
    end: int
    count: int
    sort: str
    whole: bool = False


def find_children(reading: Reading) -> Iterator[Entity]:
    """One entity with the number of children, if the message says it."""
    mentions = _without_overlaps(_find_mentions(reading.plain))
    groups = list(_join(mentions, reading.plain))
    if not groups:
        return
    count = _count(groups)
    if count <= MOST:
        yield reading.entity(Kind.CHILDREN, count, groups[0][0].start, groups[-1][-1].end)


def _find_mentions(plain: str) -> Iterator[Mention]:
    for way, pattern in PATTERNS.items():
        for match in pattern.finditer(plain):
            if mention := _read(way, match):
                yield mention


def _read(way: str, match: re.Match[str]) -> Mention | None:
    said = match.groupdict()
    start, end = match.span("mention") if said.get("mention") else match.span()
    count = _read_count(way, said)
    whole = bool(said.get("any")) or way in {"ages", "parent"}
    sort = way if way in {"none", "joined"} else said.get("sort") or way
    return None if count is None else Mention(start, end, count, sort, whole)


def _read_count(way: str, said: dict[str, str | None]) -> int | None:
    if way == "none":
        return 0
    if said.get("list"):
        ages = [parse_number(age) for age in _NUMBER.findall(said["list"] or "")]
        return len(ages) if max(ages) <= _OLDEST else None
    if said.get("number"):
        return parse_number(said["number"] or "")
    return _MANY.get(way, 1)


def _without_overlaps(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The longest of those that share words, first to last."""
    read_until = 0
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= read_until:
            read_until = mention.end
            yield mention


def _join(mentions: Iterable[Mention], plain: str) -> Iterator[list[Mention]]:
    """Mentions with nothing but "and" between them, together."""
    group: list[Mention] = []
    for mention in mentions:
        near = group and _AND.fullmatch(plain, group[-1].end, mention.start)
        if near:
            group.append(mention)
        elif mention.sort != "joined":
            yield from [group] if group else []
            group = [mention]
    yield from [group] if group else []


def _count(groups: list[list[Mention]]) -> int:
    """The most that is said at once, or all the single ones, each named sort once."""
    whole = [_add(group) for group in groups if any(mention.whole for mention in group)]
    single: dict[str, int] = {}
    for group in groups:
        if not any(mention.whole for mention in group):
            sort = " ".join(mention.sort for mention in group)
            single[sort] = max(single.get(sort, 0), _add(group))
    return max([*whole, sum(single.values())])


def _add(group: list[Mention]) -> int:
    """All of a group; "three kids, two boys and a girl" are three."""
    first, *rest = group
    others = sum(mention.count for mention in rest)
    return others if first.whole and first.count == others else first.count + others
