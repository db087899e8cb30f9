"""The tables beside the entries: organisations, platforms, programmes, terms and countries that they speak of."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from exports.columns import Column, columns_of
from exports.flat_table import BETWEEN
from exports.tables import Table, in_order
from notices.rendering import absolute
from operators.models import Figure, FormerName, Organisation
from partnerships.models import PartnershipVersion
from platforms.models import Platform, Programme
from reports.models import ReportVersion
from reviews.cloning import row_models
from reviews.rows import relation_to
from reviews.schema import Cell
from vocabularies.models import Country, Term

CHUNK = 500
SPOKEN_OF = (Organisation, Platform, Programme, Country)
LINKS = {
    model: [
        (relation_to(kind), field.attname, field.related_model)
        for kind in row_models(model)
        for field in kind._meta.concrete_fields
        if field.related_model in SPOKEN_OF
    ]
    for model in (PartnershipVersion, ReportVersion)
}
"""{kind of version: (relation, column, model) of every link that leads out of its rows}."""


class Spoken:
    """What entries speak of, by primary key; the rows themselves are read when everything is known."""

    def __init__(self):
        self.keys = defaultdict(set)

    def note(self, entries):
        for entry in entries:
            for version in (entry.version, *entry.reports):
                for relation, column, model in LINKS[type(version)]:
                    self.keys[model] |= {getattr(row, column) for row in getattr(version, relation).all()} - {None}

    def organisations(self):
        """Those that are public, the donors of programmes among them."""
        donors = Programme.objects.filter(pk__in=self.keys[Programme]).exclude(donor=None)
        wanted = sorted(self.keys[Organisation] | set(donors.values_list("donor", flat=True)))
        public = Organisation.objects.published().select_related("country")
        public = public.prefetch_related("services", "languages", "former_names", "figures__indicator")
        for start in range(0, len(wanted), CHUNK):
            for organisation in public.filter(pk__in=wanted[start : start + CHUNK]).order_by("key"):
                self.keys[Country].add(organisation.country_id)
                yield organisation

    def figures(self):
        for organisation in self.organisations():
            yield from organisation.figures.all()

    def former_names(self):
        for organisation in self.organisations():
            yield from organisation.former_names.all()

    def platforms(self):
        """Also those above them."""
        platforms = Platform.objects.select_related("parent").prefetch_related("areas", "countries").order_by("key")
        every = {platform.pk: platform for platform in platforms}
        found = {pk for wanted in self.keys[Platform] for pk in _line(every, wanted)}
        return [platform for pk, platform in every.items() if pk in found]

    def programmes(self):
        return Programme.objects.filter(pk__in=self.keys[Programme]).select_related("donor").order_by("key")

    def terms(self):
        """All of them: they explain the codes."""
        return Term.objects.select_related("parent").order_by("list", "position", "code")

    def countries(self):
        """Complete once the organisations were read."""
        wanted = self.keys[Country] - {None}
        return Country.objects.filter(pk__in=wanted).select_related("area").order_by("code")


def _line(every, pk):
    while pk is not None:
        yield pk
        pk = every[pk].parent_id


def _codes(name, relation, meaning, attribute, codes):
    def read(thing):
        return BETWEEN.join(str(getattr(row, attribute)) for row in getattr(thing, relation).all())

    return Column(name, Cell.CODE, meaning, read, codes=codes)


def _page(name):
    return Column("url", Cell.ADDRESS, _("Its page"), lambda thing: absolute(f"directory:{name}", thing.slug))


OPERATOR = Column(
    "is_operator",
    Cell.YES_NO,
    _("Whether it runs or owns water services; the others work beside operators"),
    lambda organisation: organisation.is_operator,
)
SERVICES = "water, sanitation, electricity"


def _table(name, model, things, *worked_out):
    return Table(name, model._meta.verbose_name_plural, in_order([*columns_of(model), *worked_out]), things)


ORGANISATIONS = _table(
    "organisations",
    Organisation,
    Spoken.organisations,
    OPERATOR,
    _codes("services", "services", _("Services that it provides"), "service", SERVICES),
    _codes("languages", "languages", _("Working languages, the first one first"), "language", "ISO 639"),
    _page("operator"),
)
BESIDE_TABLES = [
    ORGANISATIONS,
    _table("figures", Figure, Spoken.figures),
    _table("former_names", FormerName, Spoken.former_names),
    _table(
        "platforms",
        Platform,
        Spoken.platforms,
        _codes("areas", "areas", _("Regions covered"), "code", "UN M49"),
        _codes("countries", "countries", _("Countries covered besides"), "code", "countries.code"),
        _page("platform"),
    ),
    _table("programmes", Programme, Spoken.programmes),
    _table("terms", Term, Spoken.terms),
    _table("countries", Country, Spoken.countries),
]
"""Tables that are filled from a Spoken, in this order: the countries of organisations are known after these."""
