"""The workspace of utilities and the desk of secretariats."""

from django.urls import path, register_converter

from desk.entry_types import EntryTypeConverter
from desk.views import comments, confirm, entry, errors, queue, register, review, steps, workspace

register_converter(EntryTypeConverter, "kind")

app_name = "desk"

urlpatterns = [
    path("workspace/", workspace.workspace, name="workspace"),
    path("workspace/<kind:kind>/<int:pk>/", entry.entry, name="entry"),
    path("workspace/<kind:kind>/<int:pk>/confirm/", confirm.confirm_entry, name="confirm"),
    path("workspace/<kind:kind>/<int:pk>/steps/<slug:action>/", steps.step, name="step"),
    path("workspace/<kind:kind>/<int:pk>/remarks/<int:comment>/settle/", comments.resolve, name="resolve"),
    path("workspace/<kind:kind>/<int:pk>/remarks/<str:place>/", comments.comment, name="comment"),
    path("workspace/<kind:kind>/<int:pk>/previews/", comments.preview, name="make-preview"),
    path("workspace/<kind:kind>/<int:pk>/previews/<int:link>/revoke/", comments.revoke, name="revoke-preview"),
    path("desk/", queue.queue, name="queue"),
    path("desk/register/", register.register, name="register"),
    path("desk/errors/<int:pk>/", errors.error, name="error"),
    path("desk/<kind:kind>/<int:pk>/", review.review, name="review"),
    path("desk/<kind:kind>/<int:pk>/seen/", review.seen, name="seen"),
    path("desk/<kind:kind>/<int:pk>/assign/", review.assign, name="assign"),
    path("report-an-error/", errors.report_error, name="report-error"),
    path("report-an-error/thanks/", errors.error_reported, name="error-reported"),
]
