"""A little work for every inbox, made of facts of the register and of the pages it was compiled from.

Nothing of it is public, and every title and note says that it is a demonstration. No operator, person or
figure is invented: what no source says is left open.
"""

from desk.models import ErrorReport
from desk.services import report_error
from operators.models import Organisation
from partnerships.models import Partnership, PartnershipVersion, Role
from partnerships.services import save_draft, start_new_version, start_partnership
from platforms.models import Platform
from reports.models import Kind, Report
from reports.services import start_report
from reviews.states import State
from reviews.workflow import perform
from vocabularies.models import ImprovementArea, Term

WOP = "WOP-0001"
PROFILE = {
    "title": "GWOPA, WOP profile: SICSM and WASCO",
    "url": "https://gwopa.org/en/wop-profiles/wop-sicsm-and-wasco",
}
NOTE = "Demo entry, to try the portal with. It retells what {source} says and reports nothing new."


def make_entries(users):
    """What is missing of the demo entries; ``users``: {code of the Account: User}.

    Each is made only where nobody has begun anything of its kind: what a visitor wrote is never touched.
    """
    wop = Partnership.objects.get(reference=WOP)
    _next_report(wop, users["sicsm"])
    _follow_up(wop, users["wasco"])
    _sent_back(wop, users["sicsm"], users["cari-wop"])
    _entered_for_mexico(users["wop-lac"])
    _entered_for_latin_america(users["wop-mexico"])
    _reported_error()


def _next_report(wop, by):
    """Waits for Cari-WOP; WASCO is asked to confirm it."""
    if Report.objects.filter(partnership=wop, kind=Kind.FINAL).exists():
        return
    draft = start_report(by, partnership=wop, kind=Kind.FINAL, period="final")
    draft = _write(
        draft,
        by,
        title="Demo: SICSM – WASCO, next report",
        code_of_conduct="dont-know",
        formal_agreement="yes",
        activities_description="Joint diagnoses, visits in the field, working groups, and letters with data.",
        overall_results="By December 2015 the data for the master plan were processed and consultations held.",
        note=NOTE.format(source="the profile of December 2015"),
        rows={
            "sources": [PROFILE],
            "choices": _choices("activity", "site-visits", "study-tours"),
            "results": _results(wop),
        },
    )
    perform(draft, "submit", by=by, comment="Demo: please read it as if it were the next report.")


def _follow_up(wop, by):
    """A draft that WASCO goes on with."""
    if Report.objects.filter(partnership=wop, kind=Kind.FOLLOW_UP).exists():
        return
    draft = start_report(by, partnership=wop, kind=Kind.FOLLOW_UP, period="unknown")
    note = NOTE.format(source="the profile of December 2015")
    _write(draft, by, title="Demo: SICSM – WASCO, what lasted", note=note, rows={"sources": [PROFILE]})


def _sent_back(wop, by, reviewer):
    """A new version that Cari-WOP has read: SICSM has changes to make."""
    if wop.versions.count() > 1:
        return
    draft = start_new_version(wop, by)
    draft = _write(
        draft,
        by,
        title="Demo: SICSM – WASCO",
        note=NOTE.format(source="the profile of December 2015"),
        rows={"involvements": [_involvement(row) for row in draft.involvements.all()]},
    )
    draft = perform(draft, "submit", by=by)
    perform(
        draft,
        "request_changes",
        by=reviewer,
        comment="Demo: the agreement was signed on 3 December 2014. Please say which step the partnership has reached.",
        revision=draft.revision,
    )


def _involvement(row):
    """As it is; the register knows in more words than one which other role an organisation has."""
    names = ("organisation_id", "role", "role_other", "name_used", "contribution", "description")
    values = {name.removesuffix("_id"): getattr(row, name) for name in names}
    if row.role == Role.OTHER and not row.role_other:
        values["role_other"] = "Sponsor of a training"
    return values | {"key": row.key}


def _entered_for_mexico(by):
    """Entered by WOP-LAC for operators without accounts; WOP-Mexico, which it names, decides."""
    source = {
        "title": "GWOPA, news: activities of WOP-Mexico",
        "url": "https://gwopa.org/en/news/wop-mexico-activities",
    }
    _entered(
        by,
        Platform.objects.get(key="wop-lac"),
        title="Demo: San Diego – Querétaro and Metepec",
        summary="A water agency from San Diego worked with two Mexican utilities, in Querétaro and Metepec.",
        involved=[
            ("san-diego-water-authority", Role.MENTOR),
            ("cea-queretaro", Role.MENTEE),
            ("opdapas", Role.MENTEE),
        ],
        platform="wop-mexico",
        source=source,
    )


def _entered_for_latin_america(by):
    """Entered by WOP-Mexico for two associations; WOP-LAC, which it names, decides."""
    source = {
        "title": "ANEAS, end of the WOP exchange between AHPSAS and ANEAS",
        "url": "http://aneas.com.mx/en/culmina-intercambio-wop-entre-ahpsas-y-aneas/",
    }
    _entered(
        by,
        Platform.objects.get(key="wop-mexico"),
        title="Demo: ANEAS – AHPSAS",
        summary="The national associations of Mexico and Honduras twinned, with visits in both directions.",
        involved=[("aneas", Role.MENTOR), ("ahpsas", Role.MENTEE)],
        areas=["energy-efficiency"],
        platform="wop-lac",
        source=source,
    )


def _entered(by, entering, *, title, summary, involved, platform, source, areas=()):
    if Partnership.objects.filter(entered_by=entering).exists():
        return
    draft = start_partnership(by, platform=entering)
    organisations = Organisation.objects.in_bulk([key for key, _role in involved], field_name="key")
    terms = ImprovementArea.objects.filter(code__in=areas)
    draft = _write(
        draft,
        by,
        title=title,
        summary=summary,
        note=NOTE.format(source="the page below"),
        rows={
            "involvements": [{"organisation": organisations[key].pk, "role": role} for key, role in involved],
            "named_platforms": [{"platform": Platform.objects.get(key=platform).pk}],
            "tracks": [{"area": term.pk} for term in terms],
            "sources": [source],
        },
    )
    perform(draft, "submit", by=by, comment="Demo: entered for operators that have no account.")


def _reported_error():
    """For GWOPA: a reader writes about a page of the register."""
    if ErrorReport.objects.exists():
        return
    version = PartnershipVersion.objects.published().get(partnership__reference="WOP-0002")
    report_error(
        address=version.get_absolute_url(),
        text="Demo: the fact sheet does not say which of the two operators serves the nine million people.",
        about=version,
        platform=Platform.objects.get(key="gwopa"),
    )


def _write(draft, by, *, rows=None, **fields):
    return save_draft(draft, by=by, revision=draft.revision, fields=fields, rows=rows or {})


def _results(wop):
    """What the register knows came of each track."""
    told = wop.versions.get(state=State.PUBLISHED).results.exclude(track=None).select_related("track")
    return [{"track_key": row.track.key, "track_title": row.track.title, "text": row.text} for row in told]


def _choices(name, *codes):
    return [{"term": term.pk} for term in Term.objects.filter(list=name, code__in=codes)]
