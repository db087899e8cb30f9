"""The three pages of a draft: the task list, one section, and everything together before it is submitted."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.autosave import (
    address_of,
    autosave_input,
    autosaved_data,
    autosaved_form,
    discard_autosaved,
    others_at_work,
    without_language,
)
from accounts.models import AutosavedForm
from partnerships.drafting.comments import DraftComments
from partnerships.drafting.draft_data import DraftData
from partnerships.drafting.section_form import SectionForm
from reviews.workflow import available
from vocabularies.localised import labelled


@dataclass(frozen=True)
class Task:
    """A section in the task list. ``own`` and ``others``: what the reader and other people typed and did not save.

    ``remarks``: how many are not settled.
    """

    title: str
    url: str
    progress: str
    label: str
    own: AutosavedForm | None
    others: list
    comments: int = 0


@dataclass(frozen=True)
class Gap:
    """Something that submission still needs, with a link to where it is asked."""

    name: str
    text: str
    url: str


# --- the task list --------------------------------------------------------------------------------------


def tasks(request, version, questionnaire, *, template="partnerships/draft.html", more=None):
    if (answer := turned_away(request, version, questionnaire)) is not None:
        return answer
    answers = DraftData(version)
    comments = DraftComments(version, answers)
    lines = _tasks(request, questionnaire, answers, comments)
    context = {
        "version": version,
        "tasks": lines,
        "comments": comments.elsewhere(questionnaire.sections),
        "comment_count": len(comments.threads),
        "done": sum(line.progress == "done" for line in lines),
        "last": version.snapshots.select_related("by").order_by("-revision").first(),
        "participants": version.wop().participants.select_related("organisation"),
        "entered_by": version.wop().entered_by,
    }
    return render(request, template, frame(version, questionnaire) | context | (more or {}))


def frame(version, questionnaire):
    """What every page of a draft shows around its content."""
    return {
        "version": version,
        "draft_url": questionnaire.draft_url(version),
        "check_url": questionnaire.check_url(version),
        "reason": _reason_for_changes(version),
    }


def _reason_for_changes(version):
    """The ReviewEvent in which the reviewer asked for changes, while they are still to be made."""
    if version.state != "changes-requested":
        return None
    return version.events.filter(action="request_changes").select_related("by").order_by("-pk").first()


def _tasks(request, questionnaire, answers, comments):
    kept = _autosaved_forms(questionnaire.draft_url(answers.version))
    lines = []
    for section in questionnaire.sections:
        url, progress = questionnaire.url(answers.version, section), answers.progress(section)
        here = [one for one in kept if one.address == without_language(url)]
        own = next((one for one in here if one.user_id == request.user.pk), None)
        others = [one for one in here if one.user_id != request.user.pk]
        count = len(comments.within(section))
        lines.append(Task(section.title, url, progress.value, progress.label, own, others, count))
    return lines


def _autosaved_forms(url):
    below = AutosavedForm.objects.filter(address__startswith=without_language(url))
    return list(below.select_related("user").order_by("-saved_at"))


def turned_away(request, version, questionnaire):
    """The answer to whoever may see the entry and not write it, or not now; None for the others."""
    if not version.is_written_by(request.user):
        raise PermissionDenied(_("Only those who take part may change this entry."))
    # What is sent is never dropped: ``save_draft`` refuses it, and the page shows it again.
    if not version.is_editable and request.method != "POST":
        return redirect("desk:entry", questionnaire.kind, version.pk)
    return None


# --- one section ----------------------------------------------------------------------------------------


def section(request, version, questionnaire, code, *, template="partnerships/section.html", more=None):
    place = questionnaire.section(code)
    if place is None:
        raise Http404(_("There is no such section."))
    if (answer := turned_away(request, version, questionnaire)) is not None:
        return answer
    if place.address:
        return redirect(questionnaire.url(version, place))
    section_form = SectionForm(place, DraftData(version), request.user, autosaved_data(request))
    if request.method == "POST":
        if (wish := section_form.wish()) is not None:
            section_form = _shown_with(request, section_form, section_form.with_partner(wish))
        elif (action := section_form.action()) is not None:
            section_form = _shown_with(request, section_form, section_form.after(*action))
        elif _save(section_form):
            return _saved(request, section_form, questionnaire)
    elif section_form.data is not None:
        section_form.leave_unjudged()
    return render(request, template, _section_context(request, section_form, questionnaire) | (more or {}))


def _section_context(request, section_form, questionnaire):
    version, sections = section_form.version, questionnaire.sections
    following = questionnaire.after(section_form.section)
    return frame(version, questionnaire) | {
        "section_form": section_form,
        "section": section_form.section,
        "place": sections.index(section_form.section) + 1,
        "of": len(sections),
        "following": following,
        "autosaved": autosaved_form(request) if request.method == "GET" or section_form.changes else None,
        "is_stale": section_form.is_stale,
        "at_work": others_at_work(request),
    }


def _shown_with(request, section_form, data):
    """The page once more with ``data``, None for what was sent; nothing is saved, what is typed is kept."""
    if data is not None:
        autosave_input(user=request.user, address=address_of(request), querydict=data)
        section_form = SectionForm(section_form.section, section_form.answers, request.user, data)
    section_form.leave_unjudged()
    return section_form


def _save(section_form):
    """True when the section is saved; otherwise the section_form says what is wrong."""
    if not section_form.is_valid():
        section_form.find_more()
        return False
    try:
        section_form.saved = section_form.save()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            section_form.accept(error.message_dict)
            if section_form.merge:
                section_form.show_what_changed()
        else:
            section_form.accept({NON_FIELD_ERRORS: error.messages})
            if error.code == "stale":
                section_form.is_stale = True
                section_form.show_what_changed()
        return False
    return True


def _saved(request, section_form, questionnaire):
    discard_autosaved(request)
    if section_form.saved.revision == section_form.version.revision:
        messages.info(request, _("Nothing was changed in “%(title)s”.") % {"title": section_form.section.title})
    else:
        said = escape(_("“%(title)s”: saved at %(time)s."))
        said %= {"title": "{title}", "time": "{time}"}
        messages.success(request, format_html(said, title=section_form.section.title, time=_moment()))
    if section_form.merge:
        messages.info(request, _("What others changed here meanwhile stands too, wherever you left it as it was."))
    if request.POST.get("then") == "list":
        return redirect(questionnaire.draft_url(section_form.version))
    following = questionnaire.after(section_form.section)
    return redirect(
        questionnaire.url(section_form.version, following)
        if following
        else questionnaire.check_url(section_form.version)
    )


def _moment():
    """Now, with its day; static/js/autosave.js turns it into the reader's own time."""
    now = timezone.localtime()
    words = date_format(now, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" data-local-time>{} UTC</time>', now.isoformat(), words)


# --- everything together --------------------------------------------------------------------------------


def check(request, version, questionnaire, *, template="partnerships/check.html", more=None):
    if (answer := turned_away(request, version, questionnaire)) is not None:
        return answer
    answers = DraftData(version)
    lines = _tasks(request, questionnaire, answers, DraftComments(version, answers))
    steps = {step.action for step in available(version, request.user)}
    context = {
        "groups": _groups(questionnaire, answers),
        "gaps": gaps_of(questionnaire, answers),
        "tasks": [task for task in lines if task.own or task.others],
        "may_submit": "submit" in steps,
        "submit_url": reverse("desk:step", args=[questionnaire.kind, version.pk, "submit"]),
    }
    return render(request, template, frame(version, questionnaire) | context | (more or {}))


def _groups(questionnaire, answers):
    """(section, url, what was answered, the labels of what was not) in reading order."""
    groups = []
    for section in questionnaire.sections:
        all_of_them = answers.of(section)
        told = [answer for answer in all_of_them if answer.rows or answer.text or answer.reason]
        silent = [str(answer.label) for answer in all_of_them if answer not in told]
        groups.append((section, questionnaire.url(answers.version, section), told, silent))
    return groups


def gaps_of(questionnaire, answers):
    """What ``perform`` would refuse the entry for, in the order of the sections."""
    gaps = []
    for section in questionnaire.sections:
        for name in section.names:
            if name in answers.missing:
                text = labelled(_label(answers, section, name), answers.missing[name])
                gaps.append(Gap(name, text, f"{questionnaire.url(answers.version, section)}#id_{name}"))
    asked = {name for section in questionnaire.sections for name in section.names}
    return gaps + [
        Gap(name, str(text), questionnaire.draft_url(answers.version))
        for name, text in answers.missing.items()
        if name not in asked
    ]


def _label(answers, section, name):
    """What a question is called; one that is no field and no relation has a label of its own."""
    kind = answers.kinds.get(name)
    if kind is None and not hasattr(answers.model, name):
        return next(question.label for question in section.questions if name in question.names)
    return capfirst(kind._meta.verbose_name_plural if kind else answers.model._meta.get_field(name).verbose_name)
