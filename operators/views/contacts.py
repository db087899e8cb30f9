"""The contacts of an organisation: for its own people and its secretariats alone, and for the person themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import sent_once
from operators.forms import ContactForm, ContactWordsForm
from operators.models import Organisation
from operators.permissions import can_see_contacts
from operators.services.contacts import CONTACTS, ContactBook


@dataclass(frozen=True)
class ContactPages:
    """The pages of one ContactBook. ``namespace`` has their addresses and templates."""

    namespace: str
    book: ContactBook
    find: Callable
    """function(request, slug): the place, or 404 for whoever may not see its contacts."""
    form: type
    area: str

    def views(self):
        """The view functions: contacts, contact, erase, link."""
        pages = [require_http_methods(["GET", "POST"])(page) for page in (sent_once(self._contacts), self._contact)]
        inside = [login_required(never_cache(page)) for page in (*pages, require_POST(self._erase))]
        # The link of a mail names and proves its reader, who may have no account: it needs no token beside it.
        return *inside, csrf_exempt(never_cache(require_http_methods(["GET", "POST"])(self._link)))

    def _contacts(self, request, slug):
        """All of them; a POST enters one."""
        place = self.find(request, slug)
        form = self.form(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            self._check(request, place)
            done = _("Entered: %(name)s. A mail tells them so, with a link that erases them.")
            if _is_done(form, partial(self.book.enter, place, by=request.user)):
                messages.success(request, done % {"name": form.cleaned_data["name"]})
                return redirect(f"{self.namespace}:contacts", slug)
        people = self.book.of(place).select_related("entered_by")
        not_yet = self.book.why_not_yet(place)
        context = self._context(request, place) | {"people": people, "form": form, "not_yet": not_yet}
        return render(request, f"{self.namespace}/contacts.html", context)

    def _contact(self, request, slug, pk):
        """Other words for one of them, and the way to erase them."""
        place = self.find(request, slug)
        self._check(request, place)
        contact = get_object_or_404(self.book.of(place), pk=pk)
        start = {name: getattr(contact, name) for name in ContactWordsForm.base_fields}
        form = ContactWordsForm(request.POST if request.method == "POST" else None, initial=start)
        if request.method == "POST" and _is_done(form, partial(self.book.change, contact, by=request.user)):
            messages.success(request, _("Saved."))
            return redirect(f"{self.namespace}:contacts", slug)
        context = self._context(request, place) | {"contact": contact, "form": form}
        return render(request, f"{self.namespace}/contact.html", context)

    def _erase(self, request, slug, pk):
        place = self.find(request, slug)
        self._check(request, place)
        contact = get_object_or_404(self.book.of(place), pk=pk)
        self.book.erase(contact, by=request.user)
        messages.success(request, _("Erased: nothing of this contact is kept."))
        return redirect(f"{self.namespace}:contacts", slug)

    def _link(self, request, token):
        """GET asks, since scanners of mails open every link; POST erases.

        What is wrong is said here: a page of errors would read what somebody sent along.
        """
        try:
            contact = self.book.model.behind(token)
        except BadSignature:
            return render(request, "operators/contact_link.html", {"is_unknown": True}, status=404)
        if contact is None:
            return render(request, "operators/contact_link.html", status=410)
        if is_done := request.method == "POST":
            self.book.take_out(contact)
        return render(request, "operators/contact_link.html", {"contact": contact, "is_done": is_done})

    def _check(self, request, place):
        if not self.book.may_keep(request.user, place):
            raise PermissionDenied

    def _context(self, request, place):
        own = {self.book.place: place, "may_keep": self.book.may_keep(request.user, place), "area": self.area}
        return own | {"namespace": self.namespace, "slug": place.slug}


def _is_done(form, action):
    """Whether ``action`` took what ``form`` says; what it refuses stands at its field."""
    if not form.is_valid():
        return False
    try:
        action(**form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _organisation(request, slug):
    seen = Organisation.objects.with_contacts_for(request.user)
    organisation = get_object_or_404(seen.select_related("country", "reviewing_platform"), slug=slug)
    if not can_see_contacts(request.user, organisation):
        raise PermissionDenied
    return organisation


contacts, contact, erase, link = ContactPages(
    namespace="operators", book=CONTACTS, find=_organisation, form=ContactForm, area="workspace"
).views()
