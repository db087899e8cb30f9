"""The sections of a fact sheet in the order in which it tells them; of what nothing is known there is none."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.profile import people, plan, sidebar, timeline, tracks
from directory.profile.further import further_of
from directory.profile.page import reported_of
from directory.profile.question_titles import open_questions
from directory.provenance import differences_in
from directory.wording import money, report_name, topics_of, worded
from vocabularies.localised import labelled


@dataclass(frozen=True)
class Item:
    """A text, perhaps under a ``head``, with small print (``notes``) and Items below it.

    ``tail`` is small print in the same line; ``state`` is that of a track.
    """

    text: str = ""
    head: str = ""
    tail: str = ""
    notes: tuple = ()
    below: tuple = ()
    state: str = ""


@dataclass(frozen=True)
class Section:
    """``style``: words (paragraphs), lines (a list), tags, ladder (tracks with their state), facts, quotes."""

    code: str
    heading: str
    style: str
    items: list
    note: str = ""


def sections_of(entry, said):
    """The Sections of an Entry; ``said`` as ``answers_about`` found it."""
    version, reported = entry.version, reported_of(entry)
    ladder = [_track(rung) for rung in tracks.ladder_of(entry)]
    told = _report_mark(reported)
    sections = [
        Section("areas", _("Targeted improvements"), "tags", [Item(topic) for topic in topics_of(version)]),
        Section("differences", _("Differences"), "words", _differences(said)),
        Section("approach", _("Approach"), "words", _words(version.approach, version.language)),
        Section("objectives", _("Objectives"), "lines", _objectives(version)),
        Section("others", _("Who else took part"), "facts", _others(version)),
        Section("cost", _("Cost and who pays"), "lines", _cost(version)),
        Section("tracks", _("Improvement tracks"), "ladder", ladder),
        Section("plan", _("Plan for the partnership as a whole"), "lines", _plan(plan.plan_of(version))),
        Section("results", _("Overall results"), "lines", _results(tracks.overall_of(entry))),
        *_course(version),
        *_further(version),
        *(_reported(reported, told) if reported else []),
        Section("quotations", _("What they said"), "quotes", _quotations(version)),
        *_around(entry, reported),
    ]
    return [section for section in sections if section.items]


def paragraphs(text, *languages):
    """The paragraphs of ``text``, each marked with its language."""
    own = getattr(text, "language", "")
    return [worded(part.strip(), own, *languages) for part in re.split(r"\n\s*\n", str(text)) if part.strip()]


def _words(text, *languages):
    return [Item(part) for part in paragraphs(text, *languages)]


def _present(*parts):
    return tuple(part for part in parts if part)


def _differences(said):
    return [
        Item(answer.text, head=_("%(name)s reports a difference") % {"name": answer.organisation.short_name})
        for answer in differences_in(said)
    ]


def _objectives(version):
    return [Item(worded(row.text, row.language, version.language)) for row in version.objectives.all()]


# --- who pays, who stands beside ---------------------------------------------------------------------------


def _others(version):
    by_role = groupby(people.others_of(version), key=lambda other: other.role)
    return [Item(head=role, below=tuple(map(_other, others))) for role, others in by_role]


def _other(other):
    called = _("then called %(name)s") % {"name": other.name_used} if other.name_used else ""
    return Item(other.name, tail=other.place, notes=_present(called, *other.notes))


def _cost(version):
    cost = "" if version.cost_amount is None else money(version.cost_amount, version.cost_currency)
    details = people.cost_details(version)
    items = [Item(head=cost, notes=tuple(details))] if details else []
    payments = people.payments_of(version)
    if not payments:
        return items
    items += [_payment(row) for row in payments["rows"]]
    return items + ([Item(labelled(_("Shares together, as stated"), payments["sum"]))] if payments["sum"] else [])


def _payment(row):
    return Item(
        ", ".join(_present(row["amount"], row["share"])),
        head=row["name"],
        notes=_present(row["role"], row["in_kind"] and labelled(_("In kind"), row["in_kind"]), row["note"]),
    )


# --- tracks, plans and results -----------------------------------------------------------------------------


def _track(rung):
    area = rung.area_label if rung.title and rung.title != rung.area_label else ""
    return Item(
        rung.description,
        head=rung.title or rung.area_label,
        notes=_present(rung.state_label if rung.state != "unstated" else "", area, rung.phase),
        below=(*_plan(rung.plan), *_results(rung.results)),
        state=rung.state,
    )


def _plan(planned):
    targets = [
        Item(
            one.text, head=labelled(_("Target"), one.indicator or one.goal), notes=_present(one.indicator and one.goal)
        )
        for one in planned.targets
    ]
    teams = [
        Item(_joined(one.functions), head=labelled(_("Team"), one.name), notes=(one.role,)) for one in planned.teams
    ]
    work = [Item(one.what, notes=_present(one.state_label, one.when, one.who)) for one in planned.work]
    return [*targets, *teams, *work]


def _joined(texts):
    """“one, another”; texts may be marked with their language."""
    joined = texts[0]
    for text in texts[1:]:
        joined = format_html("{}, {}", joined, text)
    return joined


def _results(results):
    return [_result(result) for result in results]


def _result(result):
    values = (
        (_("Baseline"), result.baseline),
        (_("Latest value"), result.latest),
        (_("Target"), result.target),
    )
    notes = [labelled(label, value) for label, value in values if value]
    origins = ", ".join(origin.text for origin in result.origins)
    return Item(result.text, head=result.indicator, tail=origins, notes=_present(*notes, result.when, result.evidence))


# --- how it went -------------------------------------------------------------------------------------------


def _course(version):
    return [
        Section("agreements", _("Agreements"), "lines", _moments(timeline.agreements_of(version))),
        Section("phases", _("Phases"), "lines", _moments(timeline.phases_of(version))),
        Section("milestones", _("Milestones"), "lines", _moments(timeline.milestones_of(version))),
        Section("assessments", _("Assessments"), "lines", _moments(timeline.assessments_of(version))),
        Section("lifecycle", _("How far it is"), "words", _lifecycle(version)),
        Section("decision", _("Decision at the end"), "words", _decision(version)),
    ]


def _moments(moments):
    return [
        Item(
            one.what,
            head=one.when,
            notes=_present(one.note, one.who and _("with %(names)s") % {"names": one.who}, one.url),
        )
        for one in moments
    ]


def _lifecycle(version):
    """“Joint diagnosis”, step 3 of 7, and what shows it."""
    steps = timeline.lifecycle_of(version)
    reached = [(place, step) for place, step in enumerate(steps, start=1) if step.state == "reached"]
    items = [
        Item(
            head=str(step.label),
            notes=(_("step %(number)s of %(count)s") % {"number": place, "count": len(steps)}, *step.evidence),
        )
        for place, step in reached
    ]
    return items + _words(version.lifecycle_evidence, version.language)


def _decision(version):
    decision = timeline.decision_of(version)
    return ([Item(head=decision)] if decision else []) + _words(version.decision_reason, version.language)


def _further(version):
    return [
        Section(one.code, one.question, "words" if one.text else "lines", _answer_to(one, version))
        for one in further_of(version)
    ]


def _answer_to(further, version):
    if further.text:
        return _words(further.text, version.language)
    return [Item(notes=tuple(labelled(label, text) for label, text in row)) for row in further.rows]


# --- what the latest report says -----------------------------------------------------------------------------


def _report_mark(reported):
    return labelled(_("From the report"), reported["name"]) if reported else ""


def _reported(reported, told):
    report = reported["version"]
    activities = _terms(reported["activities"]) + _words(report.activities_description, report.language)
    rest = [*([Item(head=_("Why they took part"), below=tuple(_terms(reported["motivations"])))]
              if reported["motivations"] else []), *map(_answer, reported["rest"])]  # fmt: skip
    return [
        Section("activities", _("What was done"), "lines", activities, told),
        Section("impeded", _("What stood in the way"), "lines", _terms(reported["impeded"]), told),
        Section("helped", _("What helped"), "lines", _terms(reported["helped"]), told),
        Section("reported", _("Also reported"), "facts", rest, told),
    ]


def _terms(items):
    return [Item(item.text, notes=tuple(item.notes)) for item in items]


def _answer(answer):
    return Item(answer.reason, head=answer.question, below=tuple(_terms(answer.items)))


# --- words, and what stands beside the account --------------------------------------------------------------


def _quotations(version):
    return [
        Item(
            worded(quote["text"], quote["language"]),
            tail=quote["gist"],
            notes=_present(
                quote["speaker"], quote["function"], quote["organisation"], quote["source_label"],
                quote["has_consent"] and _("quoted with consent"),
            ),
        )
        for quote in sidebar.quotations_of(version)
    ]  # fmt: skip


def _around(entry, reported):
    version = entry.version
    goals = [Item(f"{row.target.code} {row.target.label}") for row in version.sdg_targets.all()]
    related = [
        Item(" ".join(_present(row["reference"], row["title"])), notes=(row["relation"],))
        for row in sidebar.related_of(version)
    ]
    links = [Item(worded(row.title, version.language), notes=(row.url,)) for row in version.links.all()]
    return [
        Section("goals", _("Sustainable Development Goals"), "lines", goals),
        Section("related", _("Before and after"), "lines", related),
        Section("reports", _("Reports"), "lines", [Item(report_name(one.report)) for one in entry.reports]),
        Section("files", _("Files"), "lines", [_file(row) for row in sidebar.attachments_of(entry)]),
        Section("links", _("Links"), "lines", links),
        Section("note", _("Editor’s note"), "words", _words(version.note, version.language)),
        Section("unanswered", _("Not answered"), "facts", _unanswered(version, reported)),
    ]


def _file(row):
    return Item(
        row["description"], notes=_present(row["name"], row["type"], row["size"], row["language"], row["period"])
    )


def _unanswered(version, reported):
    own = [Item(reason, head=question) for question, reason in open_questions(version)]
    return own + [
        Item(reason, head=question, notes=(reported["name"],))
        for question, reason in (reported["unanswered"] if reported else [])
    ]
