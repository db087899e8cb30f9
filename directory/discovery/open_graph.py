"""What the head of a public page tells sites that show a link to it (Open Graph), with the page's own description."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.absolute_urls import absolute
from directory.discovery import schema_org
from directory.query_strings import query_of, sentence, title_of
from directory.social_cards.drawing import HEIGHT, WIDTH
from directory.wording import account_of, entry_of, report_name
from vocabularies.localised import labelled

TERRITORIES = {"en": "en_GB", "es": "es_LA", "fr": "fr_FR", "pt": "pt_BR"}
"""Open Graph knows languages only with a territory: that of the words that stand here."""
CARD = "summary_large_image"


@dataclass(frozen=True)
class Discovery:
    """``path`` and ``image`` are paths of this portal; ``data`` is schema.org; ``feeds`` are (title, path)."""

    title: str
    description: str
    path: str
    data: dict
    image: str = ""
    image_alt: str = ""
    kind: str = "website"
    feeds: list = field(default_factory=list)
    card: str = CARD

    @property
    def meta(self):
        """(property, content) of Open Graph."""
        others = [code for code, _name in settings.LANGUAGES if code != get_language()]
        return [
            ("og:site_name", _("WOP Portal")),
            ("og:type", self.kind),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", absolute(self.path)),
            ("og:image", absolute(self.image or reverse("directory:card"))),
            ("og:image:type", "image/png"),
            ("og:image:width", str(WIDTH)),
            ("og:image:height", str(HEIGHT)),
            ("og:image:alt", self.image_alt or _("Water operators who help each other, not for profit")),
            ("og:locale", TERRITORIES[get_language()]),
            *(("og:locale:alternate", TERRITORIES[code]) for code in others),
        ]


def of_home():
    about = _("Who helps whom among water operators, on what, and what came of it.")
    feeds = [(_("New partnerships"), reverse("directory:partnership-feed"))]
    feeds.append((_("New reports"), reverse("directory:report-feed")))
    title = _("Water operators who help each other, not for profit")
    return Discovery(title, about, reverse("directory:home"), schema_org.of_home(), feeds=feeds)


def of_directory(filterset, count):
    """Of a valid question."""
    query = query_of(filterset)
    behind = f"?{query}" if query else ""
    return Discovery(
        title=_("Where are WOPs happening?"),
        description=sentence(filterset, count),
        path=reverse("directory:partnerships") + behind,
        data=schema_org.of_directory(filterset),
        feeds=[
            (title_of(filterset), reverse("directory:partnership-feed") + behind),
            (labelled(_("Reports"), title_of(filterset)), reverse("directory:report-feed") + behind),
        ],
    )


def of_organisation(organisation, place, former_names, languages=()):
    return Discovery(
        title=organisation.name,
        description=", ".join(str(part) for part in (organisation.get_kind_display(), place) if part),
        path=reverse("directory:operator", args=[organisation.slug]),
        data=schema_org.of_organisation(organisation, former_names, languages),
    )


def of_platform(platform):
    return Discovery(
        title=platform.name,
        description=platform.get_level_display(),
        path=reverse("directory:platform", args=[platform.slug]),
        data=schema_org.of_platform(platform),
    )


def of_partnership(entry):
    version = entry.version
    return Discovery(
        title=f"{version.partnership.reference}: {version.title}",
        path=version.get_absolute_url(),
        data=schema_org.of_partnership(entry),
        **_pictured(version),
    )


def of_report(entry, report):
    title = f"{entry.version.partnership.reference} {entry.version.title}: {report_name(report.report)}"
    data = schema_org.of_report(entry, report)
    return Discovery(title=title, path=report.get_absolute_url(), data=data, **_pictured(entry.version))


def _pictured(version):
    """A WOP, and each report on it, is shown by the picture of the pair."""
    account = account_of(entry_of(version))
    return {
        "description": account,
        "image": reverse("directory:partnership-card", args=[version.partnership.reference]),
        "image_alt": account,
        "kind": "article",
    }
