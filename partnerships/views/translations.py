"""The translations of a draft. Reports have the same pages: ``show_translations`` takes the version of either."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from partnerships.drafting.comments import DraftComments
from partnerships.drafting.draft_data import DraftData
from partnerships.drafting.pages import frame, turned_away
from partnerships.forms.sections import QUESTIONNAIRE
from partnerships.forms.translations import TranslationForm
from partnerships.models import PartnershipVersion
from partnerships.services.translations import save_translations
from reviews.rows import load_rows
from reviews.translations import standing
from vocabularies.formatting import language_name
from vocabularies.localised import LANGUAGE_CODES


@dataclass(frozen=True)
class Tab:
    """A language that a draft can be translated into, and how far that is."""

    name: str
    url: str
    done: int
    of: int
    stale: int
    is_current: bool


@login_required
@require_safe
def translations(request, pk):
    return redirect(first_page_of(_version(request, pk)))


@login_required
@require_http_methods(["GET", "POST"])
def translation(request, pk, language):
    return show_translations(request, _version(request, pk), QUESTIONNAIRE, language)


def _version(request, pk):
    versions = PartnershipVersion.objects.visible_to(request.user).select_related("partnership__entered_by")
    return get_object_or_404(versions, pk=pk)


def languages_for(version):
    return [code for code in LANGUAGE_CODES if code != version.language]


def first_page_of(version):
    return _url(version, languages_for(version)[0])


def show_translations(request, version, questionnaire, language):
    """The texts of a draft beside what they are in ``language``."""
    if language not in languages_for(version):
        raise Http404
    if (answer := turned_away(request, version, questionnaire)) is not None:
        return answer
    load_rows([version])
    form = TranslationForm(autosaved_data(request), version=version, language=language)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        return redirect(_url(version, language))
    return render(request, "partnerships/translations.html", _context(request, version, questionnaire, form))


def _saved(request, form):
    version, before = form.version, form.cleaned_data["revision"]
    try:
        saved = save_translations(
            version,
            by=request.user,
            revision=before,
            language=form.language,
            texts=form.texts,
            still_right=form.still_right,
        )
    except ValidationError as error:
        form.accept(error)
        return False
    discard_autosaved(request)
    words = _("Nothing was changed.") if saved.revision == before else _("The translations are saved.")
    messages.success(request, words)
    return True


def _context(request, version, questionnaire, form):
    section = questionnaire.section_of("translations")
    return frame(version, questionnaire) | {
        "form": form,
        "comments": DraftComments(version, DraftData(version)).within(section),
        "tabs": [_tab(version, code, form.language) for code in languages_for(version)],
        "autosaved": autosaved_form(request) if request.method == "GET" else None,
    }


def _tab(version, code, current):
    lines = standing(version, code)
    done = sum(fits for _original, _row, fits in lines)
    stale = sum(row is not None and not fits for _original, row, fits in lines)
    return Tab(language_name(code), _url(version, code), done, len(lines), stale, code == current)


def _url(version, code):
    return reverse(f"{version._meta.app_label}:translation", args=[version.pk, code])
