"""What holds for a page whatever it shows: what it asks of the account, and that it begins a thing once."""

import hashlib
import json
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.autosave import autosave_again, discard_autosaved
from accounts.models import SentForm
from accounts.permissions import has_needed_factor

SENT_AGAIN_WITHIN = timedelta(days=1)
"""A browser that is opened again the next morning asks whether to send its form once more."""


def takes_files(may_send):
    """Files are read here of those for whom ``may_send(user, **place)`` holds; ``place`` is what the address says.

    Asked by ``wopportal.middleware`` before anything of the body is read: the view itself decides on the rest.
    """

    def decorated(view):
        view.may_send_files = may_send
        return view

    return decorated


def second_factor_required(view):
    """Signed in, and with a second factor where the portal asks secretariats for one; else led to set it up."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if has_needed_factor(request.user):
            return view(request, *args, **kwargs)
        messages.warning(request, _("The desk needs a second factor on your account. Set one up here, then go on."))
        return redirect("mfa_index")

    return guarded


def sent_once(view):
    """A view that begins something: the same form sent again (a button pressed twice, a page loaded again after a
    broken line) is answered as the first time and says so, and nothing is begun twice.

    Each page that is shown has a token of its own, so the same words typed again are another form. Whoever sends one
    while the first is being carried out waits for it. What is not answered by a redirect was not begun and is not
    remembered. Words that the view had kept stay kept when it fails and everything else is taken back.
    """

    @wraps(view)
    def once(request, *args, **kwargs):
        if request.method != "POST" or "csrfmiddlewaretoken" not in request.POST:
            return view(request, *args, **kwargs)
        SentForm.objects.filter(created_at__lt=timezone.now() - SENT_AGAIN_WITHIN).delete()
        try:
            with transaction.atomic():
                form, is_new = SentForm.objects.get_or_create(fingerprint=_fingerprint(request))
                return _begun(form, view(request, *args, **kwargs)) if is_new else _answered_again(form, request)
        except Exception:
            autosave_again(request)
            raise

    once.is_sent_once = True
    return once


def _begun(form, response):
    if response.status_code == 302:
        form.answer = response.url
        form.save(update_fields=["answer"])
    else:
        form.delete()
    return response


def _answered_again(form, request):
    if request.user.is_authenticated:
        discard_autosaved(request)
    messages.info(request, _("This form had been sent before. It was carried out once; open the page again for more."))
    return redirect(form.answer)


def _fingerprint(request):
    """Of the words with the token of their page, and of who sent them: an account, else a browser."""
    sender = request.user.pk or request.META.get("CSRF_COOKIE")
    sent = json.dumps([sender, request.get_full_path(), sorted(request.POST.lists())])
    return hashlib.sha256(sent.encode()).hexdigest()
