"""What holds for the whole house: who imports whom, migrations, settings, templates, cookies."""

import ast
import json
import os
import re
import subprocess
import sys
from html import unescape

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.urls import reverse
from django.utils.translation import override

from directory.urls import urlpatterns
from partnerships.models import NamedPlatform
from reviews.services import make_preview
from reviews.workflow import perform
from tests import factories

ROOT = settings.BASE_DIR
APPS = [
    "wopportal", "api", "desk", "directory", "search", "reports", "partnerships", "webhooks", "platforms", "operators",
    "reviews", "notices", "vocabularies", "accounts", "exports", "iati",
]  # fmt: skip
PRODUCTION = {"SECRET_KEY": "k%d" * 30 + "9Zq!", "ALLOWED_HOSTS": "portal.example"}
REAL = PRODUCTION | {
    "PORTAL_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal@db.example/portal",
    "MAIL_FROM": "WOP Portal <portal@portal.example>",
}
OURS = {"DEBUG", "WOP_DEMO", "HTTPS", "BEHIND_PROXY", "S3_BUCKET", "REDIS_URL", *PRODUCTION}

TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
CODE = sorted(
    path for app in [*APPS, "tests"] for path in (ROOT / app).rglob("*.py") if path.parent.name != "migrations"
)
SCRIPTS = sorted(path for folder in ("scripts", "static") for path in (ROOT / folder).rglob("*.*") if path.is_file())


def name_of(path):
    return str(path.relative_to(ROOT))


def python(*arguments, **environment):
    """A Python of its own with the environment of a server, not of this test run."""
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    environment = inherited | {"DJANGO_SETTINGS_MODULE": "wopportal.settings"} | environment
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


# --- code -----------------------------------------------------------------------------------------------


def test_everybody_imports_only_whom_they_may():
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = python("-c", lint, "--no-cache")
    assert result.returncode == 0, result.stdout
    assert "Contracts: 3 kept, 0 broken." in result.stdout


def test_every_app_stands_in_the_import_contracts():
    folders = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"wopportal"}
    assert folders == set(APPS)
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert contracts.count('"desk", "directory", "search", "reports", "partnerships"') == 3


def test_every_folder_with_code_is_a_package():
    """Otherwise Python finds its modules all the same, and the import contracts do not: they hold for nothing there."""
    folders = {path.parent for app in APPS for path in (ROOT / app).rglob("*.py")}
    assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def functions():
    """(place, function) of every function of ours."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name_of(path)}:{node.lineno}", node


def test_nothing_is_imported_inside_a_function():
    inside = [
        place for place, one in functions() for node in ast.walk(one) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_what_tests_import_of_each_other_is_there():
    """A helper that moved is missed here, within seconds, and not when its file is collected in the whole suite."""
    names = {module_of(path): set(top_names(path)) for path in CODE if path.is_relative_to(ROOT / "tests")}
    missing = [
        f"{name_of(path)}: {node.module} has no {alias.name}"
        for path in CODE
        if path.is_relative_to(ROOT / "tests")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module in names
        for alias in node.names
        if alias.name not in names[node.module] and f"{node.module}.{alias.name}" not in names
    ]
    assert missing == []


def module_of(path):
    return name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def top_names(path):
    """What ``path`` defines, assigns or imports at its top."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.Import() | ast.ImportFrom():
                yield from (alias.asname or alias.name for alias in node.names)
            case ast.Name(ctx=ast.Store()):
                yield node.id


def test_no_function_waits_for_a_signal():
    receivers = [
        place
        for place, one in functions()
        for decorator in one.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).split(".")[-1] == "receiver"
    ]
    assert receivers == []


UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]\b|(pytest|unittest|mark)\.(ski[p]|xfai[l]))|@ski[p]")


def test_nothing_is_left_for_later():
    texts = {name_of(path): path.read_bytes().decode(errors="replace") for path in [*CODE, *TEMPLATES, *SCRIPTS]}
    assert [name for name, text in texts.items() if UNFINISHED.search(text)] == []


@pytest.mark.parametrize("words", ["# TO-DO later", "FIX-ME", "@pytest.mark.s-kipif(x)", "pytest.s-kip()", "@s-kipIf"])
def test_what_is_left_for_later_is_recognised(words):
    assert UNFINISHED.search(words.replace("-", ""))


# --- settings -------------------------------------------------------------------------------------------


def test_a_production_server_passes_djangos_deployment_check():
    result = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **REAL)
    assert result.returncode == 0, result.stderr


ASK = """
import django, json, sys
django.setup()
from django.test import Client
answer = Client().get(sys.argv[1], headers=json.loads(sys.argv[2]), secure=sys.argv[3] == "secure")
print(json.dumps([answer.status_code, dict(answer.headers)]))
"""


def ask(path, *, secure=False, headers=None, **environment):
    headers = {"host": "portal.example"} | (headers or {})
    result = python("-c", ASK, path, json.dumps(headers), "secure" if secure else "", **PRODUCTION | environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_an_empty_address_of_the_database_means_the_file_of_this_machine():
    assert python("manage.py", "check", DATABASE_URL="").returncode == 0


def test_production_sends_everybody_to_https():
    status, headers = ask("/en/partnerships/?q=losses")
    assert (status, headers["Location"]) == (301, "https://portal.example/en/partnerships/?q=losses")


def test_production_tells_browsers_to_stay_with_https():
    status, headers = ask("/", secure=True)
    assert status == 302
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_a_forwarded_protocol_counts_only_behind_a_proxy():
    forwarded = {"x-forwarded-proto": "https"}
    assert ask("/", headers=forwarded)[0] == 301
    assert ask("/", headers=forwarded, BEHIND_PROXY="1")[0] == 302


def test_another_host_is_refused():
    assert ask("/", secure=True, headers={"host": "evil.example"})[0] == 400


@pytest.mark.parametrize("hosts", ["portal.example", "127.0.0.1,portal.example", "*"])
def test_the_demo_serves_no_other_host(hosts):
    result = python("manage.py", "check", WOP_DEMO="1", ALLOWED_HOSTS=hosts)
    assert result.returncode != 0
    assert "WOP_DEMO=1 prints its passwords: it only serves this machine." in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("environment", [{}, {"ALLOWED_HOSTS": "127.0.0.1,localhost"}])
def test_the_demo_serves_this_machine(environment):
    assert python("manage.py", "check", WOP_DEMO="1", **environment).returncode == 0


# --- templates ------------------------------------------------------------------------------------------


def markup(path):
    """The template without its comments."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{% comment.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_compiles(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


INLINE = re.compile(
    r"""<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*(?:\ssrc=|type="application/json"))""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_has_inline_style_or_script(path):
    assert not INLINE.search(re.sub(r"\{%.*?%\}", "", markup(path), flags=re.DOTALL))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color: red">', True),
        ("<style>", True),
        ('<a onclick="go()">', True),
        ("<script>go()</script>", True),
        ('<a href="javascript:go()">', True),
        ('<script src="a.js" defer></script>', False),
        ('<link rel="stylesheet" href="a.css">', False),
        ('<p class="style">once upon = a time</p>', False),
    ],
)
def test_inline_style_and_script_are_recognised(text, found):
    assert bool(INLINE.search(text)) == found


SPOKEN = "aria-label|aria-description|title|alt|placeholder|content|label|value"
READ_OUT = re.compile(rf'\s(?:{SPOKEN})="([^"]*)"')
MACHINE_CONTENT = re.compile(r'<meta\s+name="(?:viewport|color-scheme|robots)"[^>]*>|\svalue="[a-z_-]*"')
FILTERED = re.compile(r'\|(?:default|default_if_none|yesno|pluralize):"([^"]*)"')
HANDED_ON = re.compile(r"\{% (?:include|with) .*?%\}", re.DOTALL)


def untranslated(text):
    """The words of a template that a reader meets and no translator ever sees."""
    handed_on = re.findall(r'\b(?!style=)\w+="([^"]*)"', " ".join(HANDED_ON.findall(text)))
    literal = FILTERED.findall(text) + [words for words in handed_on if re.search(r"[ A-Z]", words)]
    text = re.sub(r"\{% blocktrans(late)? .*?\{% endblocktrans(late)? %\}", "", text, flags=re.DOTALL)
    text = re.sub(r'<script [^>]*type="application/json">.*?</script>', "", text, flags=re.DOTALL)
    text = MACHINE_CONTENT.sub("", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL))
    visible = [*literal, *READ_OUT.findall(text), re.sub(r"<[^>]*>", " ", text)]
    return " ".join(re.findall(r"[^\W\d_]+", unescape(" ".join(visible))))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_visible_text_is_marked_for_translation(path):
    assert untranslated(markup(path)) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Hello</p>", "Hello"),
        ('<img alt="A map">', "A map"),
        ('<input placeholder="Search">', "Search"),
        ('<p title="{{ x }} more">', "more"),
        ('{{ name|default:"Unknown" }}', "Unknown"),
        ('{% include "a.html" with heading="All of it" %}', "All of it"),
        ('{% translate "Hello" %} · {{ name }} &rarr; 3', ""),
        ("{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %}", ""),
        ('<a class="big" href="{% url "x" %}">{{ name|default:"–" }}</a>', ""),
        ('<script data-x="y" type="application/json">{"ids": {}}</script>', ""),
        ('{% include "a.html" with kind="map" %}<input type="radio" value="map">', ""),
    ],
)
def test_untranslated_words_are_recognised(text, words):
    assert untranslated(text) == words


# --- cookies --------------------------------------------------------------------------------------------


@pytest.fixture
def addresses(db):
    """{URL name: arguments} of every public page, from published records."""
    draft = factories.draft_version()
    platform = factories.PlatformFactory()
    NamedPlatform.objects.create(version=draft, platform=platform)
    version = perform(draft, "load", by=None)
    report = factories.published_report(partnership=version.partnership).report
    reference = version.partnership.reference
    unpublished = factories.draft_version()
    writer = factories.OrganisationMemberFactory(organisation=factories.mentor_of(unpublished)).user
    return {
        "partnership": [reference],
        "partnership-slug": [reference, version.partnership.slug],
        "partnership-card": [reference],
        "fact-sheet": [reference],
        "fact-sheet-pdf": [reference],
        "operator": [factories.mentor_of(version).slug],
        "twins": sorted(part(version).slug for part in (factories.mentor_of, factories.mentee_of)),
        "platform": [platform.slug],
        "country": ["LC"],
        "region": ["caribbean"],
        "report": [report.pk],
        "history": [reference],
        "version": [reference, 1],
        "report-history": [report.pk],
        "report-version": [report.pk, 1],
        "preview": [make_preview(unpublished, by=writer, note="A donor")[1]],
    }


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns if pattern.name != "draft-preview"])
def test_anonymous_pages_set_no_cookie_and_hold_no_token(client, addresses, name, language):
    with override(language):
        address = reverse(f"directory:{name}", args=addresses.get(name, []))
    response = client.get(address)
    assert response.status_code == 200 or response.url.startswith(f"/{language}/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in response.content


@pytest.mark.parametrize("address", ["/", "/en/nowhere/", "/en/partnerships/?country=ZZ", "/en/partnerships/WOP-9999/"])
@pytest.mark.django_db
def test_other_answers_set_no_cookie_either(client, address):
    assert not client.get(address).cookies
