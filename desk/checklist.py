"""What a reviewer would look up one by one: computed from the entry, never ticked by hand."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from operators.duplicates import possible_duplicates
from operators.models import Organisation
from partnerships.models import PartnershipVersion, Step, WorkState
from partnerships.models.base import Version
from partnerships.services.confirmations import answers_about
from reports.disagreements import Verdict, comparisons
from reports.models import ReportVersion
from reviews.comments import open_count
from reviews.states import State
from vocabularies.formatting import duration
from vocabularies.partial_dates import months_between, span

DONE, OPEN, NOTE = "done", "open", "note"


@dataclass(frozen=True)
class Check:
    """``state``: "done", "open" (needs somebody), or "note" (good to know). ``more`` are texts or (text, url)."""

    state: str
    text: str
    more: list = field(default_factory=list)

    @property
    def texts(self):
        return [one for one in self.more if not isinstance(one, tuple)]

    @property
    def links(self):
        return [one for one in self.more if isinstance(one, tuple)]

    @property
    def label(self):
        return {DONE: _("Fine"), OPEN: pgettext("of a point to check", "Open"), NOTE: _("Note")}[self.state]


def checks_of(entry, threads):
    """The Checks of ``entry``; ``threads`` are its remarks."""
    checks = [_complete(entry), _comments(threads)]
    if isinstance(entry, Version):
        checks += [_sources(entry), *_confirmations(entry), *_newcomers(entry), *_compared(entry)]
        checks += [*_files(entry), _cost(entry), *_duration(entry)]
        checks += _plan(entry) if isinstance(entry, PartnershipVersion) else []
    elif isinstance(entry, Organisation):
        checks += [_source_of(entry), _alike(entry)]
    return checks


def _complete(entry):
    missing = entry.missing_for_submission()
    if missing:
        return Check(OPEN, _("Something is missing."), [str(text) for text in missing.values()])
    return Check(DONE, _("Everything that publication needs is there."))


def _comments(threads):
    count = open_count(threads)
    if not count:
        return Check(DONE, _("No remark is unsettled."))
    words = ngettext("%(count)s remark is unsettled.", "%(count)s remarks are unsettled.", count)
    links = [
        (_first_words(thread.first.text), f"#remark-{thread.first.pk}") for thread in threads if not thread.is_settled
    ]
    return Check(OPEN, words % {"count": count}, links)


def _first_words(text):
    return Truncator(text).words(8)


def _sources(entry):
    count = entry.sources.count()
    if not count:
        return Check(OPEN, _("No source is given."))
    return Check(DONE, ngettext("%(count)s source is given.", "%(count)s sources are given.", count) % {"count": count})


def _source_of(organisation):
    return Check(DONE, _("A source is given.")) if organisation.source else Check(OPEN, _("No source is given."))


def _confirmations(entry):
    answers = {answer.organisation_id: answer for answer in answers_about(entry)}
    parties = entry.parties().order_by("name", "pk")
    manned = set(parties.filter(members__isnull=False).values_list("pk", flat=True))
    return [_word_of(party, answers.get(party.pk), party.pk in manned) for party in parties]


def _word_of(party, answer, is_manned):
    name = {"name": party.short_name}
    if answer is None and is_manned:
        return Check(OPEN, _("%(name)s has been asked to confirm and has not answered.") % name)
    if answer is None:
        return Check(NOTE, _("%(name)s has nobody in the portal who could confirm.") % name)
    if answer.answer == answer.Answer.CONFIRMS:
        return Check(DONE, _("%(name)s confirms exactly these words.") % name)
    return Check(OPEN, _("%(name)s says that something differs.") % name, [answer.text] if answer.text else [])


def _duration(entry):
    """Whether the duration that is stated fits the dates: a month more or less is said of the same stretch."""
    stated = getattr(entry, "duration_months", None)
    if not (stated and entry.starts_on and entry.ends_on):
        return []
    fewest, most = months_between(entry.starts_on, entry.ends_on)
    words = {"duration": duration(stated), "dates": span(entry.starts_on, entry.ends_on)}
    if fewest - 1 <= stated <= most + 1:
        return [Check(DONE, _("The stated duration, %(duration)s, fits the dates.") % words)]
    return [Check(NOTE, _("The stated duration, %(duration)s, does not fit the dates: %(dates)s.") % words)]


def _newcomers(entry):
    """Organisations that become public with this entry, with those of the register that they may be."""
    rows = entry.involvements if isinstance(entry, PartnershipVersion) else entry.supporters
    ids = rows.exclude(organisation=None).values("organisation")
    new = Organisation.objects.filter(pk__in=ids).exclude(state=State.PUBLISHED)
    return [_newcomer(one) for one in new.select_related("country")]


def _newcomer(organisation):
    text = _("%(name)s is not in the register yet: it is published with this entry.") % {"name": organisation.name}
    return Check(OPEN, text, _alikes(organisation) or [_("Nothing in the register looks like it.")])


def _alike(organisation):
    alikes = _alikes(organisation)
    if not alikes:
        return Check(DONE, _("Nothing in the register looks like it."))
    return Check(OPEN, _("It may already be in the register."), alikes)


def _alikes(organisation):
    found = possible_duplicates(organisation.name, organisation.acronym, organisation.country_id)
    return [
        (_("Is it the same as %(name)s?") % {"name": one.name}, reverse("directory:operator", args=[one.slug]))
        for one in found
        if one.pk != organisation.pk
    ]


def _compared(entry):
    """What report and partnership both tell: where they differ, both may be right for their time."""
    version, report = _version_and_report(entry)
    if version is None or report is None:
        return []
    told = {verdict: [] for verdict in Verdict}
    for comparison in comparisons(report, version):
        told[comparison.verdict].append(comparison)
    checks = []
    if differing := told[Verdict.DIFFERS]:
        checks.append(Check(OPEN, _("Partnership and report do not say the same."), [_both(one) for one in differing]))
    if agreeing := told[Verdict.AGREES]:
        checks.append(Check(DONE, _("Partnership and report agree on this."), [one.label for one in agreeing]))
    if left_open := told[Verdict.OPEN]:
        text = _("Not compared, because one of partnership and report does not tell it.")
        checks.append(Check(NOTE, text, [one.label for one in left_open]))
    return checks


def _both(comparison):
    words = _("%(what)s differs. Partnership: %(stated)s. Report: %(reported)s.")
    told = {"stated": comparison.stated.replace("\n", "; "), "reported": comparison.reported.replace("\n", "; ")}
    return words % ({"what": comparison.label} | told)


def _version_and_report(entry):
    if isinstance(entry, ReportVersion):
        wop = entry.report.partnership
        return wop.versions.filter(state=State.PUBLISHED).first(), entry
    reports = ReportVersion.objects.filter(report__partnership=entry.partnership_id, state=State.PUBLISHED)
    newest = max(reports.select_related("report"), key=lambda version: version.report.recency, default=None)
    return entry, newest


def _files(entry):
    rows = list(entry.attachments.select_related("stored_file"))
    if not rows:
        return []
    held = [row for row in rows if row.stored_file_id]
    links = [(str(row), reverse("file", args=[row.stored_file_id, row.stored_file.name])) for row in held]
    words = ngettext("%(count)s file to open and look at.", "%(count)s files to open and look at.", len(held))
    checks = [Check(NOTE, words % {"count": len(held)}, links)] if held else []
    if referred := [str(row) for row in rows if not row.stored_file_id]:
        checks.append(Check(NOTE, _("Referred to, but not held here:"), referred))
    return checks


def _cost(entry):
    if entry.cost_amount is None:
        return Check(NOTE, _("The total cost is not stated."))
    if not entry.cost_kind:
        return Check(OPEN, _("The total cost has its currency, but not whether it was spent, planned or hoped for."))
    return Check(DONE, _("The total cost has its currency and says what kind of figure it is."))


def _plan(entry):
    """What a plan promised for days that are past, and whether the last step says how it ended."""
    return [check for check in (_decision(entry), _late_work(entry), _late_targets(entry)) if check]


def _decision(entry):
    is_last = entry.lifecycle_step == Step.NEXT
    if is_last and not entry.decision:
        return Check(OPEN, _("The last of the seven steps is reached, but not said: closed, continued or expanded?"))
    if entry.decision and not is_last:
        return Check(NOTE, _("The decision at the end is told, but the last of the seven steps is not reached."))
    return Check(DONE, _("The last step says how it ended.")) if entry.decision else None


def _late_work(entry):
    ahead = entry.work_plan.filter(state__in=(WorkState.PLANNED, WorkState.UNDER_WAY))
    late = [str(row) for row in ahead if _is_past(row.ends_on)]
    text = _("By the work plan this has ended, but it is not called done or dropped.")
    return Check(NOTE, text, late) if late else None


def _late_targets(entry):
    told = {(row.track_id, row.indicator_id) for row in entry.results.exclude(latest=None)}
    due = [row for row in entry.targets.exclude(indicator=None).select_related("indicator") if _is_past(row.due_on)]
    late = [str(row) for row in due if (row.track_id, row.indicator_id) not in told]
    return (
        Check(NOTE, _("These targets were due, and no result tells the value that was reached."), late)
        if late
        else None
    )


def _is_past(day):
    return bool(day) and day.latest < timezone.localdate()
