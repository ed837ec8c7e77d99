"""The number of children that a message says, or nothing."""

from __future__ import annotations

import pytest

from bot.entities.entity import Kind
from tests.entities.conftest import Find


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2 kids", 2),
        ("2kids", 2),
        ("two kids", 2),
        ("my three boys", 3),
        ("4 little ones", 4),
        ("me and my 2 kids", 2),
        ("my son", 1),
        ("my son and daughter", 2),
        ("my son and my daughter", 2),
        ("my 3 yr old", 1),
        ("my 3 year old son", 1),
        ("i have a 4 yr old and a 6 month old", 2),
        ("two kids 4 and 7", 2),
        ("3 kids ages 2 5 and 9", 3),
        ("kids 8, 6, 4", 3),
        ("my kids are 4 and 7", 2),
        ("no kids", 0),
        ("i dont have kids", 0),
        ("2 cats and no kids", 0),
        ("mom of 4", 4),
        ("twins", 2),
        ("i have three children, two boys and a girl", 3),
        ("a boy n a girl, i got 2 kids", 2),
        ("my son is 15. my daughter is 9", 2),
        ("i have 2 kids. my son is sick", 2),
        ("we have a baby", 1),
        ("my son hit my son", 1),
        ("single mom w a toddler", 1),
        ("tengo dos niños", 2),
        ("mi hija", 1),
        ("mi hija y mi hijo", 2),
        ("3 hijos y un bebé", 4),
        ("tres hijos, dos niñas y un varón", 3),
        ("mi hijo de 7", 1),
        ("3 hijos de 2, 5 y 9", 3),
        ("sin hijos", 0),
        ("no tengo hijos", 0),
        ("no hay niños", 0),
        ("mamá soltera de cuatro", 4),
        ("un niño y una niña", 2),
        ("gemelas de 4 años", 2),
        ("yo con 2 niños", 2),
        ("3 adultos y un bebé", 1),
        ("tengo una bebé", 1),
        ("my 2 hijos", 2),
    ],
)
def test_count(find: Find, text: str, count: int) -> None:
    assert [entity.value for entity in find(text, Kind.CHILDREN)] == [count]


@pytest.mark.parametrize(
    "text",
    [
        "my kids",
        "mis hijos y yo",
        "just me",
        "when i was a child",
        "child care",
        "2 child support cases",
        "baby formula",
        "my baby daddy",
        "40 children",
        "400 kids",
        "my daughter in law",
        "im a 17 year old girl",
        "my boyfriend",
        "im 17",
        "ages 12 and 10",
        "2 beds",
        "my dog",
        "im 5 months pregnant",
        "kids clothes",
        "tengo 2 perros",
        "soy una niña",
        "5 años",
        "los niños",
        "preguntan por los hijos",
        "2 hours",
        "97401",
    ],
)
def test_no_count(find: Find, text: str) -> None:
    assert find(text, Kind.CHILDREN) == []
