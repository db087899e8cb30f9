"""The sections of a partnership that say what it is, who takes part and what it costs."""

from django.utils.translation import gettext_lazy as _

from partnerships.drafting.questions import Question, Rows, Section

BASICS = Section(
    "basics",
    _("The basics"),
    _("How the partnership is called, what it is about and how far it is."),
    (
        Question(
            "title",
            help=_("Short: the partners, mentor first, or the name that everybody uses."),
            example=_("SICSM – WASCO"),
            required=True,
        ),
        Question(
            "language",
            help=_("The language you write this entry in. Single answers may be in another one."),
            neutral=True,
        ),
        Question(
            "summary",
            help=_("For somebody who has never heard of it: who helps whom, on what, and what came of it so far."),
            example=_(
                "The utility of Martinique helps that of Saint Lucia to find and repair leaks in Castries. Four visits "
                "have taken place; two pressure zones are now measured."
            ),
            advice=800,
            lines=6,
            required=True,
        ),
        Question(
            "place",
            help=_("City, plant or service area, as far as it is narrower than the countries of the partners."),
            example=_("Northern supply zone of Castries"),
            optional=True,
        ),
        Question(
            "status",
            help=_("As the partners see it today. It is never worked out from the dates."),
            neutral=True,
        ),
        Question("starts_on", help=_("When the work began or is to begin.")),
        Question("ends_on", help=_("When it ended or is to end. Leave it empty when no end is agreed.")),
        Question(
            "duration_months",
            help=_("As it was agreed or told: two years are 24. It is never worked out from the dates."),
            example="18",
            optional=True,
        ),
        Question(
            "lifecycle_step",
            label=_("Step reached"),
            help=_("The last of the seven usual steps that you have reached."),
        ),
        Question(
            "lifecycle_evidence",
            label=_("What shows that this step is reached"),
            help=_("A document, an event, a decision."),
            example=_("Work plan signed by both directors in March 2024"),
            lines=3,
            optional=True,
        ),
        Question(
            "decision",
            help=_(
                "At the end of the formal partnership: closed, continued as it was, or expanded to more work or "
                "partners. Leave it empty before."
            ),
            optional=True,
        ),
        Question("decided_on", optional=True),
        Question(
            "decision_reason",
            help=_("In a sentence or two."),
            example=_("Losses are where they were to be; both boards want to go on with billing."),
            lines=3,
            advice=300,
            optional=True,
        ),
    ),
)

PARTNERS = Section(
    "partners",
    _("Partners"),
    _(
        "Everybody who takes part: at least one mentor and one mentee, or two peers or partners; then funders, "
        "facilitators and others. Naming an organisation does not let its people edit this draft."
    ),
    (
        Rows(
            "involvements",
            (
                Question(
                    "organisation",
                    help=_("Type its name or acronym and choose it from the list. An organisation may have two roles."),
                ),
                Question(
                    "role",
                    help=_(
                        "What it does in this partnership. Peers learn from each other; partners are those of whom the "
                        "source does not say who helps whom."
                    ),
                ),
                Question("role_other", label=_("Which other role"), help=_("Only when you chose “Other”.")),
                Question(
                    "description",
                    label=_("Or a description, when it is not named"),
                    help=_("For a partner that wants to stay unnamed or was never named."),
                    example=_("Utility of a town in the highlands"),
                ),
                Question("country", help=_("Of the partner that is not named.")),
                Question("name_used", label=_("Name it used then"), help=_("Only when it is called otherwise today.")),
                Question(
                    "contribution",
                    help=_("What it brings: staff time, equipment, rooms, money, knowledge."),
                    advice=400,
                    lines=3,
                ),
            ),
            label=_("Partners"),
            one=_("Partner"),
            add=_("Add another partner"),
            required=True,
            adds_partners=True,
        ),
    ),
)


def cost_questions(*, help, covers):
    """The Questions of a TotalCost: ``help`` for the amount, ``covers`` an example of what it covers."""
    return (
        Question("cost_amount", help=help, example="49500"),
        Question(
            "cost_currency",
            help=_("Its name or the three letters of ISO 4217, for example USD or XCD."),
            optional=True,
        ),
        Question("cost_kind", help=_("What was spent, what was planned, or what is still sought."), optional=True),
        Question("cost_covers", label=_("What the amount covers"), example=covers, optional=True),
        Question(
            "cost_usd_rate",
            help=_("Only if you want a value in US dollars beside it: a rate that you can cite."),
            optional=True,
        ),
        Question("cost_usd_rate_on", optional=True),
        Question("cost_usd_rate_source", example=_("Central bank, monthly average"), optional=True),
    )


MONEY = Section(
    "money",
    _("Cost and contributions"),
    _("What the partnership costs and who bears it. Leave a cost that you do not know empty: it is never shown as 0."),
    (
        *cost_questions(
            help=_("Of the whole partnership, all partners and years together."),
            covers=_("Travel and lodging; staff time is not counted"),
        ),
        Rows(
            "payments",
            (
                Question("involvement", label=_("Partner"), help=_("Partners come from the section before.")),
                Question("amount"),
                Question("currency", example="EUR"),
                Question("share", label=_("Share in per cent"), help=_("Of the total cost, 0 to 100.")),
                Question(
                    "in_kind",
                    label=_("In kind"),
                    help=_("What was given and has no price."),
                    example=_("Two leak detectors on loan"),
                ),
                Question("note"),
            ),
            label=_("Who contributes what"),
            one=_("Contribution"),
            add=_("Add another contribution"),
            help=_(
                "One partner may have several. Shares are shown as you give them, with their sum; nobody corrects them."
            ),
            optional=True,
            total_of="share",
        ),
    ),
)

NETWORKS = Section(
    "networks",
    _("Platforms and programmes"),
    _("Who brought the partners together, and under which programme the partnership is funded."),
    (
        Rows(
            "named_platforms",
            (Question("platform"),),
            label=_("WOP platforms"),
            one=_("Platform"),
            add=_("Add another platform"),
            help=_("The first one reviews this entry. Without any, the platform of the mentee's country does."),
        ),
        Rows(
            "named_programmes",
            (Question("programme"),),
            label=_("Programmes"),
            one=_("Programme"),
            add=_("Add another programme"),
            optional=True,
        ),
    ),
)
