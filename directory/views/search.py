"""One box for everything: what is found, best first, by kind."""

from django import forms
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.search_results import KINDS, PARTNERSHIPS, Page, Results
from directory.search_results.suggestions import suggestions
from directory.views.partnerships import CountedPaginator, page_of
from vocabularies.forms import Choice
from vocabularies.localised import labelled

PER_PAGE = 20
MOST_LETTERS = 200
EXAMPLES = (
    gettext_lazy("non-revenue water"),
    gettext_lazy("Caribbean"),
    gettext_lazy("energy efficiency"),
    gettext_lazy("on-the-job training"),
)


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=MOST_LETTERS, label=gettext_lazy("Search"))
    kind = Choice(
        required=False, choices=[(code, kind.tab) for code, kind in KINDS.items()], label=gettext_lazy("Kind of entry")
    )
    exact = Choice(required=False, choices=[("1", gettext_lazy("Exactly as typed"))], label=gettext_lazy("Words"))


@require_safe
def search(request):
    """An invalid value is answered by 400 with its message and no entries."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "kind": "", "exact": ""}
    results = Results(asked["q"], exact=bool(asked["exact"]))
    kind = asked["kind"] or results.fullest
    page, page_error = page_of(request, CountedPaginator(Page(results, kind), PER_PAGE, count=results.counts[kind]))
    problems = [*_problems(form), *([_problem(page_error, "?" + _query(asked))] if page_error else [])]
    context = {
        "q": asked["q"],
        "question": results.question,
        "kind": kind,
        "tabs": _tabs(results, asked, kind),
        "page_obj": page,
        "lines": list(page),
        "problems": problems,
        "examples": [(words, urlencode({"q": words})) for words in map(str, EXAMPLES)],
        "insisting": _query(asked, exact="1"),
        "filtered": f"{reverse('directory:partnerships')}?{_query(asked, kind='')}",
        "help": _help(results, asked, kind) if results.question and not page.paginator.count else {},
        "canonical": "",
    }
    return render(request, "directory/search.html", context, status=400 if problems else 200)


@require_safe
def suggest(request):
    """Groups of what somebody may mean who has typed so much, for the box; pages work without."""
    groups = suggestions(request.GET.get("q", "")[:MOST_LETTERS])
    return JsonResponse({"groups": groups})


def _tabs(results, asked, current):
    """(label, count, query, whether it is shown) of each kind."""
    return [(kind.tab, results.counts[code], _query(asked, kind=code), code == current) for code, kind in KINDS.items()]


def _help(results, asked, kind):
    """What to try where nothing was found."""
    nearest = Results(asked["q"]).question.corrected if asked["exact"] else None
    return {
        "nearest": nearest.shown if nearest else "",
        "nearest_query": _query(asked, exact=""),
        "unknown": results.unknown,
        "without": [(words, count, _query(asked, q=words, exact="")) for words, count in results.without_one(kind)],
        "alert": f"{reverse('alerts:new')}?{urlencode({'q': asked['q']})}" if kind == PARTNERSHIPS else "",
    }


def _problems(form):
    for name, errors in form.errors.items():
        kept = {field: form.data[field] for field in form.fields if field in form.data and field != name}
        for error in errors:
            yield _problem(labelled(form.fields[name].label, error), f"?{urlencode(kept)}")


def _problem(text, remove_url):
    return {"text": text, "remove_url": remove_url}


def _query(asked, **instead):
    """The query string of the same question but for ``instead``."""
    return urlencode({name: value for name, value in (asked | instead).items() if value})
