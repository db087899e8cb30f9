"""The sections of a partnership about what was agreed, what is done and what came of it."""

from django.utils.translation import gettext_lazy as _

from partnerships.drafting.questions import Question, Rows, Section

LANGUAGE = Question("language", help=_("Only when it differs from the language of the entry."))

AGREEMENTS = Section(
    "agreements",
    _("Agreements and phases"),
    _("What the partners signed, and the stretches of time into which the work falls."),
    (
        Rows(
            "phases",
            (
                Question("title", example=_("First phase: diagnosis")),
                Question("description", lines=3, advice=400),
                Question("starts_on"),
                Question("ends_on"),
                LANGUAGE,
            ),
            one=_("Phase"),
            add=_("Add another phase"),
            help=_("Only when there are several. Save the page before an agreement or a track refers to a new one."),
            optional=True,
        ),
        Rows(
            "phase_partners",
            (Question("phase"), Question("involvement", label=_("Partner"))),
            label=_("Who takes part in which phase"),
            one=_("Partner in a phase"),
            add=_("Add another partner to a phase"),
            help=_("Only when not everybody takes part in every phase. Save the page before you choose a new phase."),
            optional=True,
        ),
        Rows(
            "agreements",
            (
                Question("title", example=_("Memorandum of understanding")),
                Question("signed_on"),
                Question("place", label=_("Signed in")),
                Question(
                    "signatories",
                    help=_("Offices rather than persons; bodies that are not among the partners."),
                    example=_("Both directors-general"),
                ),
                Question("url", label=_("Address on the web"), help=_("Where the text is public.")),
                Question("phase"),
            ),
            one=_("Agreement"),
            add=_("Add another agreement"),
        ),
        Rows(
            "signatures",
            (Question("agreement"), Question("involvement", label=_("Partner"))),
            label=_("Which partners signed"),
            one=_("Signature"),
            add=_("Add another signature"),
            help=_("Partners come from the section “Partners”. Save the page before you choose a new agreement."),
            optional=True,
        ),
    ),
)

OBJECTIVES = Section(
    "objectives",
    _("Objectives and approach"),
    _("What the partners want to reach, and how they work together."),
    (
        Rows(
            "objectives",
            (Question("text", lines=2, advice=200), LANGUAGE),
            one=_("Objective"),
            add=_("Add another objective"),
            help=_("One objective in each."),
            example=_("Bring losses in the northern zone below 30 % by 2026"),
        ),
        Question(
            "approach",
            help=_("How the partners work: visits, training at work, remote advice, joint diagnosis, who leads what."),
            example=_(
                "Two visits a year in each direction; a call every month; each track has one lead on either side."
            ),
            advice=800,
            lines=6,
        ),
    ),
)

TRACKS = Section(
    "tracks",
    _("Improvement tracks"),
    _("The lines of work. An area alone is enough to begin with."),
    (
        Rows(
            "tracks",
            (
                Question("area"),
                Question(
                    "title",
                    help=_("How you call it. Needed where the area is “Other”."),
                    example=_("District metering in the north"),
                ),
                Question("description", lines=3, advice=400),
                Question("state", help=_("Leave it open when it is not known.")),
                Question("phase"),
                LANGUAGE,
            ),
            one=_("Improvement track"),
            add=_("Add another track"),
        ),
    ),
)

RESULTS = Section(
    "results",
    _("Results"),
    _("What came of it so far: in words, or as an indicator with the value before and the latest one."),
    (
        Rows(
            "results",
            (
                Question(
                    "track",
                    label=_("Improvement track"),
                    help=_("Leave it open for a result of the partnership as a whole."),
                ),
                Question("text", lines=3, advice=300, example=_("Night flow in the pilot zone is halved.")),
                Question("indicator"),
                Question("unit", help=_("A number needs its unit."), example="%"),
                Question("baseline", help=_("The value before the work began.")),
                Question("baseline_on"),
                Question("latest"),
                Question("latest_on"),
                Question("evidence", help=_("How you know."), example=_("Meter readings of zone 3, June 2024")),
                LANGUAGE,
            ),
            one=_("Result"),
            add=_("Add another result"),
        ),
    ),
)
