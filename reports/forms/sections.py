"""The sections of the standard reporting form, in its order."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from partnerships.drafting.questions import Question, Questionnaire, Rows, Section
from partnerships.forms.basics import cost_questions
from reports.forms.terms import TermsQuestion
from reports.models import ReportVersion
from reviews.models import NonAnswer
from vocabularies.models import TermList

# Results of the period, by track of the WOP.


def tracks_of(version):
    """[(key, title)] of the tracks that a result may belong to."""
    return [(str(key), title) for key, title in version.offered_tracks.items()]


@dataclass(frozen=True)
class ResultsQuestion(Rows):
    def answers(self, answers):
        """With the titles of the tracks in place of their keys."""
        titles = {str(row.track_key): row.track_title for row in answers.rows(self.name) if row.track_key}
        return [
            replace(answer, rows=tuple([(label, titles.get(text, text)) for label, text in row] for row in answer.rows))
            for answer in super().answers(answers)
        ]


@dataclass(frozen=True)
class YesNoQuestion(Question):
    """“Don't know”, “not yet” and “prefer not to say” are among its choices; beside them it can only be left open."""

    reasons = (NonAnswer.LEFT_OPEN,)


LANGUAGE = Question("language", help=_("Only when it differs from the language of the report."))

RULES = Section(
    "rules",
    _("Rules and agreement"),
    _("By which rules the partners work together."),
    (
        Question("title", help=_("Optional: how the report is called."), optional=True),
        Question("language", help=_("The language you write this report in."), neutral=True),
        YesNoQuestion(
            "code_of_conduct",
            help=_("The code of conduct of the Global Water Operators’ Partnerships Alliance, or one of your own."),
        ),
        Question("code_of_conduct_url", help=_("Where it can be read, if it is your own."), optional=True),
        YesNoQuestion(
            "formal_agreement",
            help=_("A signed text. Its title and date belong into the partnership’s own entry."),
        ),
    ),
)

MOTIVATIONS = Section(
    "motivations",
    _("Why you take part"),
    _("Tick what holds for each side; say it in your own words where that helps."),
    (
        TermsQuestion(TermList.MENTOR_MOTIVATION, _("Motivations of the mentor")),
        TermsQuestion(TermList.MENTEE_MOTIVATION, _("Motivations of the mentee")),
    ),
)

SUPPORT = Section(
    "support",
    _("Support and cost"),
    _("Who facilitated and supported the partnership, and what it cost."),
    (
        Rows(
            "supporters",
            (
                Question("organisation", help=_("Type its name or acronym and choose it from the list.")),
                Question("role"),
                Question("support", help=_("What it gave."), example=_("Travel of four experts")),
                Question(
                    "description",
                    label=_("Or a description, when it is not named"),
                    help=_("For a supporter that wants to stay unnamed."),
                ),
            ),
            label=_("Facilitator and supporting organisations"),
            one=_("Organisation"),
            add=_("Add another organisation"),
            adds_partners=True,
        ),
        TermsQuestion(TermList.SUPPORT_TYPE, _("Types of support")),
        *cost_questions(
            help=_("Leave it empty when you do not know it: it is never shown as 0."),
            covers=_("Travel and lodging of this year; staff time is not counted"),
        ),
    ),
)

THEMES = Section(
    "themes",
    _("Themes and objectives"),
    _("What the work of this period was about, and what it was to reach."),
    (
        TermsQuestion(TermList.IMPROVEMENT_AREA, _("Themes")),
        Question("other_themes", help=_("What the list above does not name."), lines=3, optional=True),
        Rows(
            "objectives",
            (Question("text", lines=2, advice=200), LANGUAGE),
            one=_("Objective"),
            add=_("Add another objective"),
            help=_("One objective in each."),
            example=_("Bring losses in the northern zone below 30 % by 2026"),
        ),
    ),
)

ACTIVITIES = Section(
    "activities",
    _("Activities"),
    _("What you did together in this period."),
    (
        TermsQuestion(TermList.ACTIVITY, _("Types of activities")),
        Question(
            "activities_description",
            label=_("What was done, in words"),
            help=_("Who visited whom, when, what was worked on; how many people took part."),
            lines=6,
            advice=1200,
        ),
    ),
)

RESULTS = Section(
    "results",
    _("Results"),
    _("What came of it in this period: track by track, then on the whole."),
    (
        ResultsQuestion(
            "results",
            (
                Question(
                    "track_key",
                    label=_("Improvement track"),
                    help=_("A track of the partnership; leave it open for a result of the whole."),
                    choices=tracks_of,
                ),
                Question("text", lines=3, advice=300, example=_("Night flow in the pilot zone is halved.")),
                Question("indicator"),
                Question("unit", help=_("A number needs its unit."), example="%"),
                Question("baseline", help=_("The value before the work began.")),
                Question("baseline_on"),
                Question("latest"),
                Question("latest_on"),
                Question("target"),
                Question("target_on"),
                Question("evidence", help=_("How you know."), example=_("Meter readings of zone 3, June 2024")),
                LANGUAGE,
            ),
            label=_("Results of the improvement tracks"),
            one=_("Result"),
            add=_("Add another result"),
            help=_("A track may have several results, or none in this period: then take its row away."),
        ),
        Question(
            "overall_results", help=_("What has changed in the utilities since the last report."), lines=6, advice=1200
        ),
    ),
)

FACTORS = Section(
    "factors",
    _("What helped, what stood in the way"),
    _("This is what others learn most from."),
    (
        TermsQuestion(TermList.SUCCESS_FACTOR, _("Factors of success")),
        TermsQuestion(TermList.IMPEDING_FACTOR, _("Factors that impeded")),
    ),
)

FILES = Section(
    "files",
    _("Files"),
    _("Presentations, reports of missions, photographs."),
    address="reports:files",
    relations=("attachments",),
)

SOURCES = Section(
    "sources",
    _("Sources and note"),
    _("Where this is known from, so that others can check it."),
    (
        Rows(
            "sources",
            (Question("title"), Question("url", label=_("Address on the web")), Question("accessed_on")),
            one=_("Source"),
            add=_("Add another source"),
            example=_("Mission report of May 2023"),
            optional=True,
        ),
        Question(
            "note",
            help=_("What readers should know about this report: what is uncertain, where sources disagree."),
            lines=3,
            optional=True,
        ),
    ),
)

TRANSLATIONS = Section(
    "translations",
    _("Translations"),
    _("What your texts are in the other languages of the portal: whoever reads in one of them reads them so."),
    address="reports:translations",
    relations=("translations",),
)

QUESTIONNAIRE = Questionnaire(
    ReportVersion,
    "reports",
    (RULES, MOTIVATIONS, SUPPORT, THEMES, ACTIVITIES, RESULTS, FACTORS, FILES, SOURCES, TRANSLATIONS),
)
"""What a draft of a report asks, in the order of the standard form."""
