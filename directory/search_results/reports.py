"""Reports that a search found."""

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.search_results.line import TEXT, TOPIC, Line, shortened, told
from directory.wording import report_name, worded
from search.documents.reports import published_with_versions, told_in
from search.marking import Sight
from vocabularies.localised import active_language


def lines(keys, question, places):
    found = {report.report_id: (report, version) for report, version in published_with_versions(keys)}
    return [_line(*found[key], question) for key in keys if key in found]


def _line(answers, version, question):
    (text, language), sight = _text_of(answers), Sight(question)
    about = {"report": report_name(answers.report), "partnership": version.title}
    title = _("%(report)s: %(partnership)s") % about
    reference = version.partnership.reference
    return Line(
        reverse("directory:report", args=[answers.report_id]),
        title=sight.marked(title),
        facts=[sight.marked(reference)],
        text=worded(sight.marked(text), language),
        reasons=told(question, [title, reference, text], _behind(answers, version)),
    )


def _text_of(answers):
    """(what was done or else what came of it, its language): for the reader where it is translated."""
    name = "activities_description" if answers.activities_description else "overall_results"
    in_languages = dict(answers.translated.get(("", name), ()))
    language = active_language() if active_language() in in_languages else answers.language
    return shortened(in_languages.get(language) or getattr(answers, name)), language


def _behind(answers, version):
    yield from ((TOPIC, name) for choice in answers.choices.all() for name in choice.term.all_names())
    for row in version.involvements.all():
        yield TEXT, row.organisation.name if row.organisation else ""
    yield from ((TEXT, text) for text in told_in(answers))
