"""A pack of somebody else's is not started before it has been gone through."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from bot.errors import SiteError
from bot.flows.content import SHIPPED
from bot.flows.edition import Edition
from bot.flows.published import find_published, read_published
from bot.packs.checking import TRIAL, check_folder
from bot.packs.errors import NotForUse
from bot.packs.reading import POINTS
from bot.packs.using import use_content
from bot.settings import ROOT
from bot.site import load_site, read_site
from bot.site_localise import read_points

ALL = tuple(tomllib.loads(POINTS.read_text(encoding="utf-8")))
TOLD = "still has open: hotlines, reporting, consent and 7 more; waymark site check"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An imported site that is no demo any more."""
    text = (ROOT / "sites" / "demo" / "site.toml").read_text(encoding="utf-8")
    (tmp_path / "site.toml").write_text(text.replace("demo = true\n", ""), encoding="utf-8")
    shutil.copy(POINTS, tmp_path)
    return tmp_path


def settle(site: Path, count: int = 99, by: str = "Ana Roe") -> None:
    """The first points, settled by somebody."""
    file = site / "localise.toml"
    done = f'done = true\nby = "{by}"'
    text = file.read_text(encoding="utf-8").replace('done = false\nby = ""', done, count)
    file.write_text(text, encoding="utf-8")


def test_every_point_says_what_where_and_why() -> None:
    points = read_points(POINTS.parent)
    assert len(points) == 10
    assert all(point.what and point.where and point.why and point.open for point in points)


def test_a_site_with_open_points_is_not_loaded(site: Path) -> None:
    with pytest.raises(SiteError, match=TOLD):
        load_site(site)
    settle(site, 8)
    with pytest.raises(SiteError, match="still has open: retention, roles; waymark"):
        load_site(site)
    settle(site)
    assert load_site(site) == read_site(site)


@pytest.mark.parametrize("by", ["", "  "])
def test_nobody_is_no_name(site: Path, by: str) -> None:
    settle(site, by=by)
    with pytest.raises(SiteError, match=TOLD):
        load_site(site)


def test_a_name_alone_settles_nothing(site: Path) -> None:
    settle(site)
    file = site / "localise.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("done = true", "done = false"))
    with pytest.raises(SiteError, match=TOLD):
        load_site(site)


def test_a_demo_and_a_site_of_ones_own_are_as_before(site: Path) -> None:
    file = site / "site.toml"
    file.write_text("demo = true\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_site(site).demo
    file.write_text(file.read_text(encoding="utf-8").replace("demo = true\n", ""))
    (site / "localise.toml").unlink()
    assert not load_site(site).demo
    assert load_site(ROOT / "sites" / "demo").demo


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "a = 1",
        "[a]\nwhat = 'a'\nwhere = 'b'",
        "[a]\nwhat = 'a'\nwhere = 'b'\nwhy = 'c'\ndone = 'true'\nby = 'd'",
        "[a]\nwhat = 'a'\nwhere = 'b'\nwhy = 'c'\ndone = true\nby = 7",
        "[a]\nwhat = 'a'\nwhere = 'b'\nwhy = 'c'\nname = 'd'",
        "[a]\nwhat = 'a'\nwhere = 'b'\nwhy = 'c'\nmore = 'd'",
    ],
)
def test_a_list_that_cannot_be_read_counts_as_open(site: Path, text: str) -> None:
    (site / "localise.toml").write_text(text)
    with pytest.raises(SiteError, match=r"localise\.toml"):
        load_site(site)
    assert not check_folder(site).may_go_live


def test_the_check_lists_each_open_point(site: Path) -> None:
    assert [point.name for point in check_folder(site).points] == list(ALL)
    settle(site, 9)
    assert [point.name for point in check_folder(site).points] == ["roles"]
    settle(site)
    assert check_folder(site).may_go_live


def test_the_check_is_not_passed_by_calling_it_a_demo(site: Path) -> None:
    settle(site)
    file = site / "site.toml"
    file.write_text("demo = true\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    report = check_folder(site)
    assert report.trial and not report.may_go_live and "demo = true" in TRIAL
    assert check_folder(ROOT / "sites" / "demo").may_go_live


def test_a_folder_that_is_no_site_may_not_go_live(tmp_path: Path) -> None:
    assert check_folder(tmp_path).problems == (f"The site pack {tmp_path} has no site.toml.",)


@pytest.fixture
def content(site: Path) -> Path:
    """The shipped content in the imported site, which has been gone through."""
    settle(site)
    Edition(SHIPPED).save(site / "content")
    return site / "content"


def test_content_is_held_against_the_gate(site: Path, content: Path) -> None:
    assert check_folder(site).may_go_live
    edition, file = Edition(content), "data/responses/care.yml"
    path = ("responses", "utter_care_returned", 0, "text")
    edition.put(file, edition.open(file).set(path, "We are {nobody}."))
    (content / file).write_text(edition.changed[file], encoding="utf-8")
    report = check_folder(site)
    assert [one.rule for one in report.findings] == ["unknown_blank"]
    assert not report.may_go_live
    (content / "domain.yml").unlink()
    assert "domain.yml" in check_folder(site).problems[0]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("- name: engine.policies.rules.IndexedRulePolicy", "- name: os.system", "os.system"),
        ("- name: engine.nlu.doubt.Doubt", "- name: evil.Part", "evil.Part"),
        ("recipe: default.v1", "recipe: graph.v1", "graph.v1"),
        ("language: en", "language: en\nimporters:\n- name: data.evil.Reader", "importers"),
        (
            "- name: engine.policies.rules.IndexedRulePolicy",
            "- name: engine.policies.rules.IndexedRulePolicy\n"
            "  featurizer:\n  - name: data.evil.Featurizer",
            "featurizer",
        ),
    ],
)
def test_a_pack_brings_no_code(
    site: Path, content: Path, tmp_path: Path, old: str, new: str, named: str
) -> None:
    config = content / "config.yml"
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new), encoding="utf-8")
    assert named in check_folder(site).problems[0]
    with pytest.raises(NotForUse):
        use_content(site, tmp_path / "home")
    assert read_published(tmp_path / "home") == ""


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("data/evil.py", "raise SystemExit", "data/evil.py"),
        ("data/evil.so", "", "data/evil.so"),
        ("data/responses/evil.yml", "slots:\n  a:\n    type: data.evil.Slot", "data.evil.Slot"),
        ("data/responses/evil.yml", "slots:\n  a: {type: [text]}", "None"),
    ],
)
def test_nothing_in_the_content_is_loaded_as_code(
    site: Path, content: Path, file: str, text: str, named: str
) -> None:
    assert check_folder(site).may_go_live
    (content / file).write_text(text, encoding="utf-8")
    assert any(named in problem for problem in check_folder(site).problems)


def test_a_slot_of_the_domain_has_a_kind_that_the_engine_knows(site: Path, content: Path) -> None:
    domain = content / "domain.yml"
    text = domain.read_text(encoding="utf-8")
    domain.write_text(text.replace("type: text", "type: subprocess.Popen", 1), encoding="utf-8")
    assert "subprocess.Popen" in check_folder(site).problems[0]


@pytest.mark.parametrize("earlier", ["RulePolicy", "MemoizationPolicy"])
def test_a_pack_may_name_what_did_the_work_before(site: Path, content: Path, earlier: str) -> None:
    config = content / "config.yml"
    ours = "engine.policies.rules.IndexedRulePolicy"
    text = config.read_text(encoding="utf-8").replace(ours, earlier)
    config.write_text(text, encoding="utf-8")
    assert earlier in text
    assert check_folder(site).problems == ()


@pytest.mark.parametrize("text", ["", "[]", "pipeline: []", "pipeline: 1\npolicies: [a]", "{"])
def test_a_config_that_cannot_be_read_is_a_problem(site: Path, content: Path, text: str) -> None:
    (content / "config.yml").write_text(text, encoding="utf-8")
    assert "config.yml" in check_folder(site).problems[0]


def test_content_is_put_in_use_under_a_name_of_its_own(
    site: Path, content: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    first = use_content(site, home)
    assert find_published(home) == home / "content" / first
    assert (home / "content" / first / "data" / "nlu").is_dir()
    assert use_content(site, home) == first
    config = content / "config.yml"
    config.write_text(config.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    second = use_content(site, home)
    assert second != first and read_published(home) == second
    assert {path.name for path in (home / "content").iterdir()} == {first, second, "published"}


def test_a_site_without_content_has_nothing_to_use(site: Path, tmp_path: Path) -> None:
    settle(site)
    with pytest.raises(NotForUse):
        use_content(site, tmp_path / "home")
