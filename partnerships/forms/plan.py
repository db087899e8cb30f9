"""The sections of a partnership about what is planned in its tracks, by whom and when, and how it is assessed."""

from django.utils.translation import gettext_lazy as _

from partnerships.drafting.questions import Question, Rows, Section
from partnerships.forms.work import LANGUAGE

PLAN = Section(
    "plan",
    _("Targets, teams and work plan"),
    _(
        "What is to be reached in each improvement track, who works on it, and what they do when. What came of it so "
        "far is asked for under “Results”."
    ),
    (
        Rows(
            "targets",
            (
                Question(
                    "track",
                    label=_("Improvement track"),
                    help=_("Leave it open for a target of the partnership as a whole."),
                ),
                Question("indicator", help=_("Where one of the list fits, so that targets can be compared.")),
                Question(
                    "text",
                    label=_("Or in your own words"),
                    help=_("What is to be reached, or what the indicator does not say: where, for whom."),
                    example=_("300 more households connected to the sewers"),
                    lines=2,
                    advice=200,
                ),
                Question("value", help=_("The value to be reached and not the change: 30, not “15 less”.")),
                Question("unit", help=_("A number needs its unit."), example="%"),
                Question("due_on", help=_("When it is to be reached.")),
                LANGUAGE,
            ),
            one=_("Target"),
            add=_("Add another target"),
            help=_("One target in each, as agreed: what has become of it does not change it."),
        ),
        Rows(
            "teams",
            (
                Question(
                    "track",
                    label=_("Improvement track"),
                    help=_("Leave it open for a team of the partnership as a whole."),
                ),
                Question("involvement", label=_("Partner"), help=_("Whose function it is.")),
                Question(
                    "function",
                    help=_("What somebody is there, never a name: people change, and the entry is public."),
                    example=_("Head of leak detection"),
                ),
                Question("people", help=_("Leave it empty when you do not know it."), example="3"),
            ),
            label=_("Teams"),
            one=_("Function"),
            add=_("Add another function"),
            help=_("One function in each, on both sides."),
            optional=True,
        ),
        Rows(
            "work_plan",
            (
                Question(
                    "track",
                    label=_("Improvement track"),
                    help=_("Leave it open for work on the partnership as a whole."),
                ),
                Question(
                    "text",
                    help=_("One visit, training, study or piece of work."),
                    example=_("Second visit: step tests in zone 3, training at work for six technicians"),
                    lines=2,
                    advice=200,
                ),
                Question("involvement", label=_("Who does it"), help=_("Where it is one of those involved.")),
                Question(
                    "who",
                    label=_("Or who, in words"),
                    help=_("Where it is several, or somebody beside the partners; no names of persons."),
                    example=_("Both teams"),
                ),
                Question("starts_on", help=_("Planned, or as it was.")),
                Question("ends_on", help=_("Leave it empty when it is done in one go.")),
                Question("state", help=_("Leave it open when it is not known.")),
                LANGUAGE,
            ),
            label=_("Work plan"),
            one=_("Piece of work"),
            add=_("Add another piece of work"),
            help=_("What is agreed to be done. Say here what has become of it; what happened besides is a milestone."),
            optional=True,
        ),
    ),
)

ASSESSMENTS = Section(
    "assessments",
    _("Assessments"),
    _("When the partners looked at how far they are, what they found, and how the work went on from there."),
    (
        Rows(
            "assessments",
            (
                Question("held_on"),
                Question(
                    "text",
                    help=_("What works, what does not, and by what you know it."),
                    example=_("Metering keeps to the plan; repairs wait for parts."),
                    lines=3,
                    advice=400,
                ),
                Question(
                    "changes",
                    help=_("Of targets, teams, the work plan or the agreement. Leave it empty when nothing changed."),
                    example=_("Parts are ordered twice a year; the third visit moves to March."),
                    lines=3,
                    advice=400,
                ),
                LANGUAGE,
            ),
            one=_("Assessment"),
            add=_("Add another assessment"),
            help=_("Joint reviews of the partners and those of others. What was reached stands under “Results”."),
            optional=True,
        ),
    ),
)
