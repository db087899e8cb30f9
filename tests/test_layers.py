"""A lower app knows no name of a higher one, not even in a string: the higher app hands in what it needs."""

import pytest

from tests.test_house import APPS, CODE, ROOT
from tests.upward import layers, reaching_upward

ALLOWED = {
    ("reviews", "platforms.Platform"): "the column of the reviewing platform is a foreign key, which names its table; "
    "the app is told who reviews by `reviews.reviewing`",
}
LOWER = [app for app in APPS if app != "wopportal"]


def found_in(app):
    """[(file, line, word, app above)] of all files of ``app``."""
    files = [path for path in CODE if path.is_relative_to(ROOT / app)]
    return [
        (str(path.relative_to(ROOT)), *found)
        for path in files
        for found in reaching_upward(app, path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("app", LOWER)
def test_no_app_names_what_lies_above_it(app):
    assert [found for found in found_in(app) if (app, found[2]) not in ALLOWED] == []


def test_what_is_allowed_is_there():
    assert {(app, found[2]) for app in {app for app, _word in ALLOWED} for found in found_in(app)} == set(ALLOWED)


def test_every_app_has_its_layer():
    assert set().union(*layers()) == set(APPS)


REACHING = [
    ("reviews", 'models.ForeignKey("partnerships.Partnership", models.PROTECT)', "partnerships.Partnership"),
    ("reviews", 'self._meta.get_field("reviewing_platform").related_model.objects.routing()', "reviewing_platform"),
    ("operators", 'self.model._meta.get_field("reviewing_platform").related_model.objects', "reviewing_platform"),
    ("reviews", "user.secretariats.filter(role=role)", "secretariats"),
    ("reviews", "user.organisations.exists()", "organisations"),
    ("reviews", "User.objects.filter(secretariats__platform__in=line)", "secretariats"),
    ("reviews", 'getattr(user, "organisations")', "organisations"),
    ("reviews", "entries.filter(organisation=one)", "organisation"),
    ("operators", "Q(involvements__version__partnership__participants__organisation=1)", "involvements"),
    ("operators", 'found.values_list("involvements__role")', "involvements"),
    ("operators", 'Path("involvements__organisation")', "involvements"),
    ("operators", "organisation.involvements.main()", "involvements"),
    ("partnerships", 'Count("partnership__reports__versions")', "reports"),
    ("partnerships", 'Q(**{f"{self.wop}__reports__period": "2015"})', "reports"),
    ("partnerships", 'Prefetch("reports", found)', "reports"),
    ("platforms", "platform.named_in.all()", "named_in"),
    ("platforms", 'search_fields = ["name", "named_in__version__title"]', "named_in"),
    ("accounts", 'apps.get_model("vocabularies", "Term")', "vocabularies"),
    ("notices", 'ContentType.objects.filter(app_label="reports")', "reports"),
    (
        "vocabularies",
        'import_string("directory.filters.partnerships.PartnershipFilter")',
        "directory.filters.partnerships.PartnershipFilter",
    ),
    ("desk", 'apps.get_model("directory", "SavedFilter")', "directory"),
]


@pytest.mark.parametrize(("app", "source", "word"), REACHING, ids=[f"{app}-{text}" for app, text, _word in REACHING])
def test_a_name_of_something_above_is_found(app, source, word):
    assert word in {found.removesuffix(".related_model") for _line, found, _above in reaching_upward(app, source)}


@pytest.mark.parametrize(
    ("app", "source"),
    [
        ("platforms", "user.secretariats.filter(role=role)"),
        ("operators", "user.organisations.exists()"),
        ("partnerships", "User.objects.filter(secretariats__platform__in=line)"),
        ("reports", "Q(report__partnership__participants__organisation=1)"),
        ("reviews", 'kind._meta.get_field("version")'),
        ("accounts", '" ".join(error.messages) + getattr(error, "code", "")'),
        ("operators", '"""Its involvements: what ``involvements__role`` says."""'),
        ("operators", 'reverse("directory:operator", args=[self.slug])'),
        ("operators", 'render(request, "directory/operator.html")'),
    ],
)
def test_names_of_its_own_and_of_those_below_are_left_alone(app, source):
    assert reaching_upward(app, source) == []
