"""Words that wait in a form: of an earlier visit, or of a save that was refused."""

from accounts.autosave import autosaved_form


def autosaved_for(request):
    """The KeptInput that fills the form; None for what has just been sent: its sender knows."""
    return autosaved_form(request) if request.method == "GET" else None


def renewed(form, request, thing):
    """Kept words bring the revision of the day they were typed; only somebody else's edit is in their way."""
    if request.method != "GET" or not form.is_bound:
        return form
    text = form.data.get("revision", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return form
    others = thing.page_edits.filter(revision__gt=int(text)).exclude(by=request.user)
    return form if others.exists() else form.with_value("revision", thing.revision)


def refused(form, error, thing):
    """(form, edits): what is wrong stands in the form; when somebody saved ``thing`` meanwhile, with their edits."""
    if getattr(error, "code", "") == "stale":
        seen = form.form.cleaned_data["revision"]
        thing.refresh_from_db()
        form = form.with_value("revision", thing.revision)
        form.is_valid()
        form.add_error(None, error)
        return form, thing.page_edits.filter(revision__gt=seen).select_related("by")
    for field, texts in (error.message_dict if hasattr(error, "error_dict") else {None: error.messages}).items():
        form.add_error(field, texts)
    return form, []
