"""The section of a partnership about what is planned in its improvement tracks, and by whom."""

from django.utils.translation import gettext_lazy as _

from partnerships.drafting.questions import Question, Rows, Section
from partnerships.forms.work import LANGUAGE

PLAN = Section(
    "plan",
    _("Targets and teams"),
    _(
        "What is to be reached in each improvement track, and who works on it. What came of it so far is asked for "
        "under “Results”."
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
            ),
            label=_("Teams"),
            one=_("Function"),
            add=_("Add another function"),
            help=_("One function in each, on both sides."),
            optional=True,
        ),
    ),
)
