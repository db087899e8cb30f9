"""The addresses on which people work with their token, below ``/api/v1/``."""

from django.urls import path

from api.views import attachments, comments, confirmations, drafts, previews, transitions, waiting


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
        "transitions": (base + "transitions/", _view(transitions, kind, "Standings")),
        "transition": (base + "transitions/<slug:action>/", _view(transitions, kind, "Transition")),
    }
    return [path(address, view, name=f"{kind}-{name}") for name, (address, view) in views.items()]


def _view(module, kind, name):
    return getattr(module, kind.capitalize() + name).as_view()


working_patterns = [
    path("v1/drafts/", waiting.Drafts.as_view(), name="drafts"),
    path("v1/queue/", waiting.Queue.as_view(), name="queue"),
    *_of("partnership", "v1/partnerships/<slug:reference>/"),
    *_of("report", "v1/reports/<int:pk>/"),
]
