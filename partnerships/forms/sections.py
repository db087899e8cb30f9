"""The sections of a partnership about its course, its voices, its files and where all this is known from."""

from django.utils.translation import gettext_lazy as _

from partnerships.drafting.questions import Question, Questionnaire, Rows, Section
from partnerships.forms.basics import BASICS, MONEY, NETWORKS, PARTNERS
from partnerships.forms.plan import ASSESSMENTS, PLAN
from partnerships.forms.work import AGREEMENTS, LANGUAGE, OBJECTIVES, RESULTS, TRACKS
from partnerships.models import PartnershipVersion

COURSE = Section(
    "course",
    _("Milestones and links"),
    _("What happened when, which other partnerships belong to this one, and where more can be read."),
    (
        Rows(
            "milestones",
            (Question("happened_on"), Question("ended_on"), Question("text", lines=2, advice=200), LANGUAGE),
            one=_("Milestone"),
            add=_("Add another milestone"),
            example=_("First visit of the mentor to the plant"),
        ),
        Rows(
            "related",
            (
                Question(
                    "partnership",
                    label=_("Reference of the other partnership"),
                    help=_("It stands on its page and in its address."),
                    example="WOP-0002",
                ),
                Question("relation"),
            ),
            label=_("Earlier or later partnerships of the same partners"),
            one=_("Related partnership"),
            add=_("Add another partnership"),
            optional=True,
        ),
        Rows(
            "sdg_targets",
            (Question("target"),),
            label=_("Goals and targets of the United Nations"),
            one=_("Goal or target"),
            add=_("Add another goal or target"),
            help=_("Only those that the work itself serves."),
            optional=True,
        ),
        Rows(
            "links",
            (
                Question("title", example=_("Report on the first mission")),
                Question("url", label=_("Address on the web")),
            ),
            label=_("Links"),
            one=_("Link"),
            add=_("Add another link"),
            optional=True,
        ),
    ),
)

VOICES = Section(
    "voices",
    _("Quotations"),
    _("What people said, in their own words: only with their consent, or from something that was published."),
    (
        Rows(
            "quotations",
            (
                Question("text", lines=3, advice=400),
                Question("language", help=_("Two letters, as in the address of this page."), example="es"),
                Question("speaker", label=_("Who said it")),
                Question("function", help=_("Then, not now."), example=_("Head of maintenance")),
                Question("organisation", help=_("Type its name and choose it from the list.")),
                Question("has_consent", label=_("The speaker agreed to be quoted")),
                Question("source_title", label=_("Or: published in")),
                Question("source_url", label=_("Address of the publication")),
            ),
            one=_("Quotation"),
            add=_("Add another quotation"),
            optional=True,
        ),
    ),
)

FILES = Section(
    "files",
    _("Files"),
    _("Presentations, agreements, photographs."),
    address="partnerships:files",
    relations=("attachments",),
)

SOURCES = Section(
    "sources",
    _("Sources and note"),
    _("Where all this is known from, so that others can check it."),
    (
        Rows(
            "sources",
            (Question("title"), Question("url", label=_("Address on the web")), Question("accessed_on")),
            one=_("Source"),
            add=_("Add another source"),
            example=_("Mission report of May 2023"),
        ),
        Question(
            "note",
            help=_("What readers should know about this entry: what is uncertain, where sources disagree."),
            lines=3,
            optional=True,
        ),
    ),
)

TRANSLATIONS = Section(
    "translations",
    _("Translations"),
    _("What your texts are in the other languages of the portal: whoever reads in one of them reads them so."),
    address="partnerships:translations",
    relations=("translations",),
)

QUESTIONNAIRE = Questionnaire(
    PartnershipVersion,
    "partnerships",
    (
        BASICS,
        PARTNERS,
        NETWORKS,
        MONEY,
        AGREEMENTS,
        OBJECTIVES,
        TRACKS,
        PLAN,
        RESULTS,
        ASSESSMENTS,
        COURSE,
        VOICES,
        FILES,
        SOURCES,
        TRANSLATIONS,
    ),
)
"""What a draft of a partnership asks, in reading order."""
