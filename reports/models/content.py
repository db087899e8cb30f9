"""The standard reporting form; it states what was answered for one period and never overwrites the WOP."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from operators.models import Organisation
from partnerships.models import PartnershipVersion
from partnerships.models.base import TotalCost, Version, one_published_and_one_open
from platforms.models import Platform
from reports.models.identity import Report
from reports.models.rows import CHOICE_LISTS
from reports.querysets import ReportVersionQuerySet
from reviews.models import NonAnswer, YesNo
from reviews.states import State
from vocabularies.choice_messages import choose_from, list_of
from vocabularies.clean_text import TEXT, ProseField
from vocabularies.models import Term
from vocabularies.web_addresses import LinkField

YES_NO = ("code_of_conduct", "formal_agreement")
"""Nothing is submitted before they are answered or left open on purpose."""


class ReportVersion(Version, TotalCost):
    """Answers of one report; every field may be blank, why it is stands in ``unanswered``."""

    identity_field = "report"
    kind_code = "report"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions", editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    code_of_conduct = models.CharField(_("Was the code of conduct followed?"), max_length=20, choices=YesNo, blank=True)
    code_of_conduct_url = LinkField(_("link to the code of conduct"), max_length=500, blank=True)
    formal_agreement = models.CharField(_("Is there a formal agreement?"), max_length=20, choices=YesNo, blank=True)
    other_themes = ProseField(_("other themes"), blank=True, max_length=TEXT)
    activities_description = ProseField(_("activities in words"), blank=True, max_length=TEXT)
    overall_results = ProseField(_("overall results"), blank=True, max_length=TEXT)

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "number"]
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        constraints = [*one_published_and_one_open("report", "reportversion"), *TotalCost.Meta.constraints]

    def __str__(self):
        return self.title or str(self.report)

    def get_absolute_url(self):
        return self.report.get_absolute_url()

    def wop(self):
        return self.report.partnership

    def route(self):
        """Reports go where the WOP goes: by its published version, else by its newest one."""
        versions = sorted(self.wop().versions.all(), key=lambda version: (version.is_published, version.number))
        if not versions:
            return None
        versions[-1].routing = self.routing
        return versions[-1].route()

    @classmethod
    def read_for_routes(cls):
        versions = "report__partnership__versions"
        return (versions, *(f"{versions}__{link}" for link in PartnershipVersion.read_for_routes()))

    def missing_for_submission(self):
        missing = self.missing_organisations()
        silent = [name for name in YES_NO if not getattr(self, name)]
        left_open = {row.question for row in self.unanswered.all()} if silent else set()
        for name in silent:
            if name not in left_open:
                missing[name] = _("Choose an answer, or say that you leave this open.")
        for choice in self.choices.select_related("term"):
            if choice.term.is_other and not choice.explanation:
                missing[choice.term.list] = _("Where you chose “Other”, say which.")
        if any(row.is_empty for row in self.results.all()):
            missing["results"] = _("Say what came of each track that you list, or take its row away.")
        return missing

    def missing_for_loading(self):
        return {} if self.sources.exists() else {"sources": _("Name at least one source.")}

    def parties(self):
        """Those of the public version of its WOP."""
        version = self.wop().versions.filter(state=State.PUBLISHED).first()
        return version.parties() if version else Organisation.objects.none()

    def concerned_platforms(self):
        """Named by the public version of its WOP."""
        version = "named_in__version"
        named = models.Q(**{f"{version}__partnership__reports": self.report_id, f"{version}__state": State.PUBLISHED})
        return Platform.objects.filter(models.Q(pk=self.reviewing_platform_id) | named)

    def public_names(self):
        return super().public_names() | {"report": self.report_id, "period": self.report.period}

    def has_answer(self, question, rows):
        """Lists of terms are answered in ``choices``."""
        if question in CHOICE_LISTS:
            return question in self.questions_of("choices", rows.get("choices", self.choices.all()))
        return super().has_answer(question, rows)

    def questions_of(self, relation, rows):
        if relation != "choices":
            return super().questions_of(relation, rows)
        return set(Term.objects.filter(pk__in={row.term_id for row in rows}).values_list("list", flat=True))

    @cached_property
    def offered_tracks(self):
        """{key: title} of what a result may belong to: the tracks of the public WOP, and those already named."""
        public = self.wop().versions.published().first()
        tracks = {track.key: str(track)[:200] for track in public.tracks.select_related("area")} if public else {}
        named = {row.track_key: row.track_title for row in self.results.all() if row.track_key}
        return named | tracks

    def complete_row(self, relation, row, before):
        """A result keeps the title that its track had when it was chosen: the WOP may call it otherwise later."""
        if relation == "unanswered" and row.question in YES_NO and row.reason != NonAnswer.LEFT_OPEN:
            raise ValidationError({"reason": _("This reason is one of the answers: choose it there.")})
        if relation != "results":
            return
        if before and before["track_key"] == row.track_key and (before["track_title"] or not row.track_key):
            row.track_title = before["track_title"]
            return
        row.track_title = self.offered_tracks.get(row.track_key, "") if row.track_key else ""
        if row.track_key and row.track_key not in self.offered_tracks:
            raise ValidationError({"track_key": choose_from(list_of(row._meta.get_field("track_key")))})

    def after_transition(self, action, by):
        super().after_transition(action, by)
        if self.is_published:
            self.admit_organisations()
            self.refresh_search()

    def search_words(self):
        words = [self.title, self.activities_description, self.overall_results, self.other_themes]
        words += self.objectives.values_list("text", flat=True)
        words += self.results.values_list("text", flat=True)
        for choice in self.choices.select_related("term"):
            words += [choice.explanation, *choice.term.all_names()]
        return words
