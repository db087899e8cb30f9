"""Messages in the portal, how they reach their reader by mail, and the mails of a demonstration."""

from django.conf import settings
from django.contrib import messages as happened
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from notices import demo_mailbox
from notices.forms import PreferenceForm
from notices.message_types import MESSAGE_TYPES
from notices.models import OutgoingMail, Preference
from notices.rendering import words_of
from notices.services import mark_read, save_preference, unread_count
from notices.services import unsubscribe as do_without_optional_mails
from notices.unsubscribe_tokens import user_id_of

PAGE_SIZE = 20


@login_required
@require_safe
def messages(request):
    page = Paginator(OutgoingMail.objects.of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notices/messages.html", {"page_obj": page, "unread": unread_count(request.user)})


@login_required
@require_safe
def message(request, pk):
    """Its words as they are true now, without links that work once; whoever opens it has read it."""
    mail = get_object_or_404(OutgoingMail.objects.of(request.user), pk=pk)
    mail.data = mail.without_secrets()
    words = words_of(mail) if mail.kind in MESSAGE_TYPES and mail.concerns_reader() else None
    mark_read(mail)
    context = {"mail": mail, "is_current": mail.is_current(), "words": words, "crumbs": _below_messages()}
    return render(request, "notices/message.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request):
    known = Preference.objects.filter(user=request.user).first()
    form = PreferenceForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        save_preference(request.user, **form.cleaned_data)
        happened.success(request, _("Saved: this is how you are told from now on."))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form, "crumbs": _below_messages()})


def _below_messages():
    return [(_("Messages"), reverse("notices:messages"))]


# The link of a mail names and proves its reader; mail programs that unsubscribe by one click have no token.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request, token):
    """GET asks, since scanners of mails open every link; POST does it."""
    user = get_object_or_404(User, pk=user_id_of(token))
    if request.method == "POST":
        do_without_optional_mails(user)
    return render(request, "notices/unsubscribe.html", {"is_done": request.method == "POST"})


@require_safe
def demo_mails(request):
    """What a demonstration has sent: to everybody at this machine, who are one person."""
    _only_in_a_demonstration()
    page = Paginator(demo_mailbox.names(), PAGE_SIZE).get_page(request.GET.get("page"))
    letters = [demo_mailbox.letter_named(name) for name in page.object_list]
    return render(request, "notices/demo_mails.html", {"page_obj": page, "letters": letters})


@require_safe
def demo_mail(request, name):
    _only_in_a_demonstration()
    letter = demo_mailbox.letter_named(name)
    if letter is None:
        raise Http404
    crumbs = [(_("Mails of the demonstration"), reverse("demo:mails"))]
    return render(request, "notices/demo_mail.html", {"letter": letter, "crumbs": crumbs})


def _only_in_a_demonstration():
    if not settings.DEMO:
        raise Http404
