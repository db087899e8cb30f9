"""One row per partnership: what most readers of a table look for."""

from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from exports.about import licence
from exports.columns import Column, columns_of
from exports.tables import PARTNERSHIPS
from partnerships.mentor_mentee import end_of
from partnerships.models import LEFT_ROLES, MAIN_ROLES, RIGHT_ROLES, PartnershipVersion, Role
from reviews.models import NonAnswer
from reviews.schema import Cell, schema_of
from reviews.schema.types import LongText

BETWEEN = "; "
COST_QUESTIONS = {"cost", "cost_amount"}
OF_THE_ENTRY = {column.name: column for column in PARTNERSHIPS.columns}


def _joined(values):
    return BETWEEN.join(str(value) for value in dict.fromkeys(values) if value)


def _side(name, title, roles):
    """Names, keys and countries of one side."""

    def column(suffix, kind, meaning, read, codes=""):
        def values(version):
            return _joined(read(row) for row in version.involvements.all() if row.role in roles)

        return Column(f"{name}{suffix}", kind, format_lazy("{}: {}", title, meaning), values, codes=codes)

    return [
        column("s", Cell.TEXT, _("names"), lambda row: end_of(row).full_name or end_of(row).name),
        column("_keys", Cell.KEY, _("keys"), lambda row: getattr(row.organisation, "key", ""), "organisations.key"),
        column("_countries", Cell.CODE, _("countries"), lambda row: getattr(row.place, "code", ""), "countries.code"),
    ]


def _others(version):
    beside = [row for row in version.involvements.all() if row.role not in MAIN_ROLES]
    return _joined(f"{row} ({row.role_label})" for row in beside)


def _linked(name, relation, link, title, code, codes):
    """The codes or keys of what rows lead to, and how it is called."""

    def column(name, kind, meaning, read, codes=""):
        def values(version):
            found = [getattr(row, link) for row in getattr(version, relation).all()]
            return _joined(read(one) for one in found if one is not None)

        return Column(name, kind, format_lazy("{}: {}", title, meaning), values, codes=codes)

    kind = Cell.KEY if code == "key" else Cell.CODE
    return [
        column(name, kind, _("codes"), lambda one: getattr(one, code), codes),
        column(f"{name}_labels", Cell.TEXT, _("names"), str),
    ]


def _cost_reason(version):
    reasons = [row.reason for row in version.unanswered.all() if row.question in COST_QUESTIONS]
    return reasons[0] if reasons and version.cost_amount is None else ""


def _cost_in_dollars(version):
    return None if version.cost_in_usd is None else version.cost_in_usd.quantize(Decimal("0.01"))


COST = [
    Column(
        "cost_known",
        Cell.YES_NO,
        _("Whether the total cost is known. Where it is not, cost_amount is empty and not 0."),
        lambda version: version.cost_amount is not None,
    ),
    Column(
        "cost_reason",
        Cell.CODE,
        _("Why the cost is not known, where the authors said so"),
        _cost_reason,
        codes=NonAnswer.choices,
    ),
    *(OF_THE_ENTRY[name] for name in ("cost_amount", "cost_currency", "cost_kind", "cost_kind_label", "cost_covers")),
    Column(
        "cost_usd",
        Cell.NUMBER,
        _("Total cost in US dollars: only where it is in dollars or a rate was entered with its date and source"),
        _cost_in_dollars,
        "USD",
    ),
    *(OF_THE_ENTRY[name] for name in ("cost_usd_rate", "cost_usd_rate_on", "cost_usd_rate_source")),
]
AT_THE_END = ("summary", "report_count", "confirmation", "confirmation_label", "published_at", "updated_at")
SIGNED = Column("signed_on", Cell.DATE, _("Date of the first dated agreement"), lambda version: version.signed_on or "")
FLAT = [
    *(OF_THE_ENTRY[name] for name in ("reference", "url", "number", "title", "language", "status", "status_label")),
    *(OF_THE_ENTRY[name] for name in ("lifecycle_step", "lifecycle_step_label", "decision", "decision_label")),
    *(OF_THE_ENTRY[name] for name in ("decided_on", "place")),
    *_side("mentor", _("Mentors"), LEFT_ROLES),
    *_side("mentee", _("Mentees"), RIGHT_ROLES),
    *_side("peer", _("Peers, who learn from each other"), (Role.PEER,)),
    *_side("partner", _("Partners of whom nobody says who mentors whom"), (Role.PARTNER,)),
    Column("others", Cell.TEXT, _("Everybody else who takes part, with their role"), _others),
    *_linked("platforms", "named_platforms", "platform", _("WOP platforms"), "key", "platforms.key"),
    *_linked("programmes", "named_programmes", "programme", _("Programmes"), "key", "programmes.key"),
    *_linked("areas", "tracks", "area", _("Improvement areas"), "code", "terms.code (improvement_area)"),
    *_linked("sdg", "sdg_targets", "target", _("SDG goals and targets"), "code", "terms.code (sdg)"),
    *(OF_THE_ENTRY[name] for name in ("starts_on", "ends_on", "duration_months")),
    SIGNED,
    *COST,
    *(OF_THE_ENTRY[name] for name in AT_THE_END),
]
"""Columns that are read from a version."""


def _not_named(columns):
    """What an entry says shortly and nobody has put into ``columns``: a new question is not forgotten here."""
    long = {name for name, kind in schema_of(PartnershipVersion).fields.items() if isinstance(kind, LongText)}
    named = {column.name for column in columns}
    return [column for column in columns_of(PartnershipVersion) if column.name not in long | named]


FLAT[-len(AT_THE_END) : -len(AT_THE_END)] = _not_named(FLAT)
OF_EXPORT = [
    Column("licence", Cell.TEXT, _("Licence of the data"), lambda selection: licence()),
    Column("exported_at", Cell.MOMENT, _("Moment of this export"), lambda selection: selection.at),
]
"""Columns that say the same in every row."""
