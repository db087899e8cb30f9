"""The doors for programs. Below ``/api/``, without a language prefix."""

from django.urls import path, re_path

from api.views import (
    attachments,
    comments,
    confirmations,
    create,
    docs,
    drafts,
    inbox,
    organisations,
    partnerships,
    platforms,
    previews,
    reports,
    root,
    tokens,
    transitions,
    vocabularies,
)
from api.views.create import beside

# The addresses on which people work with their token, below ``/api/v1/``.


def _of(kind, base):
    """The addresses below one partnership or one report."""
    drafts_of = base + "draft/"
    views = {
        "draft": (drafts_of, _view(drafts, kind, "Drafts")),
        "attachments": (drafts_of + "attachments/", _view(attachments, kind, "Attachments")),
        "attachment": (drafts_of + "attachments/<uuid:key>/", _view(attachments, kind, "Attachment")),
        "attachment-content": (
            drafts_of + "attachments/<uuid:key>/content/",
            _view(attachments, kind, "AttachmentContent"),
        ),
        "comments": (drafts_of + "comments/", _view(comments, kind, "Comments")),
        "comment-resolve": (drafts_of + "comments/<int:remark>/resolve/", _view(comments, kind, "Resolution")),
        "previews": (drafts_of + "previews/", _view(previews, kind, "Previews")),
        "preview": (drafts_of + "previews/<int:link>/", _view(previews, kind, "Preview")),
        "assignment": (drafts_of + "assignment/", _view(comments, kind, "InHands")),
        "draft-confirmation": (drafts_of + "confirmation/", _view(confirmations, kind, "DraftConfirmations")),
        "confirmation": (base + "confirmation/", _view(confirmations, kind, "Confirmations")),
        "transitions": (base + "transitions/", _view(transitions, kind, "Transitions")),
        "transition": (base + "transitions/<slug:action>/", _view(transitions, kind, "Transition")),
    }
    return [path(address, view, name=f"{kind}-{name}") for name, (address, view) in views.items()]


def _view(module, kind, name):
    return getattr(module, kind.capitalize() + name).as_view()


working_patterns = [
    path("v1/drafts/", inbox.Drafts.as_view(), name="drafts"),
    path("v1/queue/", inbox.Queue.as_view(), name="queue"),
    *_of("partnership", "v1/partnerships/<slug:reference>/"),
    *_of("report", "v1/reports/<int:pk>/"),
]


app_name = "api"

urlpatterns = [
    path("v1/", root.root, name="root"),
    path("v1/partnerships/", beside(partnerships.partnerships, create.Partnerships), name="partnerships"),
    path("v1/partnerships/<slug:reference>/", partnerships.partnership, name="partnership"),
    path("v1/partnerships/<slug:reference>/versions/", partnerships.versions, name="partnership-versions"),
    path("v1/partnerships/<slug:reference>/versions/<int:number>/", partnerships.version, name="partnership-version"),
    path(
        "v1/partnerships/<slug:reference>/reports/",
        beside(reports.reports_of, create.Reports),
        name="partnership-reports",
    ),
    path("v1/reports/", reports.reports, name="reports"),
    path("v1/reports/<int:pk>/", reports.report, name="report"),
    path("v1/reports/<int:pk>/versions/", reports.versions, name="report-versions"),
    path("v1/reports/<int:pk>/versions/<int:number>/", reports.version, name="report-version"),
    path("v1/organisations/", beside(organisations.organisations, create.Organisations), name="organisations"),
    path("v1/organisations/<slug:name>/", organisations.organisation, name="organisation"),
    path("v1/platforms/", platforms.platforms, name="platforms"),
    path("v1/platforms/<slug:name>/", platforms.platform, name="platform"),
    path("v1/programmes/", platforms.programmes, name="programmes"),
    path("v1/programmes/<slug:name>/", platforms.programme, name="programme"),
    path("v1/terms/", vocabularies.terms, name="terms"),
    re_path(r"^v1/terms/(?P<terms>[a-z_]+)/(?P<code>[a-z0-9.-]+)/\Z", vocabularies.term, name="term"),
    path("v1/countries/", vocabularies.countries, name="countries"),
    path("v1/countries/<slug:code>/", vocabularies.country, name="country"),
    path("v1/areas/", vocabularies.areas, name="areas"),
    path("v1/areas/<slug:code>/", vocabularies.area, name="area"),
    path("v1/schema/", docs.schema, name="schema"),
    path("v1/schema.yaml", docs.schema_yaml, name="schema-yaml"),
    path("docs/", docs.docs, name="docs"),
    *working_patterns,
    re_path(r"", root.unknown, name="unknown"),
]

token_patterns = [
    path("", tokens.tokens, name="tokens"),
    path("new/", tokens.new, name="new"),
    path("revoke/", tokens.revoke_all, name="revoke-all"),
    path("<int:pk>/revoke/", tokens.revoke, name="revoke"),
]
"""The pages of a person's own tokens: below ``/<language>/workspace/tokens/``."""
