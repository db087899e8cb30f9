"""What people find in the repository agrees with itself: version, licence, changes, decisions, links."""

import json
import re
import tomllib

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

ROOT = settings.BASE_DIR
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECISIONS = ROOT / "docs/decisions"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data/README.md"])


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def name_of(path):
    return str(path.relative_to(ROOT))


# --- version --------------------------------------------------------------------------------------------


def releases():
    return re.findall(r"^## (\d+)\.(\d+)\.(\d+) – (\d{4}-\d\d-\d\d)$", read("CHANGELOG.md"), re.MULTILINE)


def test_the_newest_release_of_the_changelog_is_the_version():
    assert ".".join(releases()[0][:3]) == PROJECT["version"] == settings.VERSION


def test_the_changelog_begins_with_what_is_not_released_and_goes_back_in_time():
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert len(headings) == len(releases()) + 1
    newest_first = [(*map(int, numbers), day) for *numbers, day in releases()]
    assert newest_first == sorted(newest_first, reverse=True)
    assert [day for *_numbers, day in newest_first] == sorted((day for *_numbers, day in newest_first), reverse=True)


def test_no_other_file_counts_versions_of_the_portal():
    lock = json.loads(read("package-lock.json"))
    for data in (json.loads(read("package.json")), lock, lock["packages"][""]):
        assert "version" not in data


@pytest.mark.django_db
def test_every_page_tells_the_version_in_its_footer(client, settings):
    settings.VERSION = "7.8.9"
    footer = client.get(reverse("directory:home")).content.decode().split('<footer class="bottom">')[1]
    assert "WOP Portal 7.8.9" in " ".join(footer.split())


def test_the_version_of_the_api_is_its_own():
    assert yaml.safe_load(read("docs/openapi.yaml"))["info"]["version"] == settings.SPECTACULAR_SETTINGS["VERSION"]


# --- licence --------------------------------------------------------------------------------------------


def test_all_places_name_the_same_licence():
    licence = PROJECT["license"]
    assert read("LICENSE").startswith(licence.replace("-", " ", 1) + " License\n")
    assert json.loads(read("package.json"))["license"] == licence
    assert json.loads(read("package-lock.json"))["packages"][""]["license"] == licence
    assert f"[{licence}](LICENSE)" in read("README.md")


# --- documents ------------------------------------------------------------------------------------------


def test_the_index_of_decisions_names_every_page_by_its_title():
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    titles = [re.sub(r"^# \d+\. ", "", page.read_text(encoding="utf-8").splitlines()[0]) for page in pages]
    index = re.findall(r"^- \[(\d{4})\]\((.+?)\) (.+)$", read("docs/decisions/README.md"), re.MULTILINE)
    assert index == [(page.name[:4], page.name, title) for page, title in zip(pages, titles, strict=True)]


def test_a_number_of_a_decision_is_used_once_or_explained():
    used = [int(page.name[:4]) for page in DECISIONS.glob("[0-9]*.md")]
    assert len(used) == len(set(used))
    unused = re.search(r"^Numbers without a page: (.+?)\.", read("docs/decisions/README.md"), re.MULTILINE)[1]
    explained = {int(number) for number in re.findall(r"\d{4}", unused)}
    assert set(range(1, max(used) + 1)) - set(used) == explained


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_of_a_document_lead_to_something(path):
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


NAMED = re.compile(r"(?<![./\w-])(?:[a-z_]+/)+[\w-]+\.(?:md|py|txt|yaml)\b")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_files_that_a_document_names_are_there(name):
    assert [file for file in NAMED.findall(read(name)) if not (ROOT / file).exists()] == []
