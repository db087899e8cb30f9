"""The lists of terms, the countries of the world and their areas: what the codes of entries mean."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from api.serializers.vocabularies import Area, Country, Term
from api.views.read_only import reading_list, reading_one
from directory.filters.others import CountryFilter, TermFilter
from vocabularies.models import Area as AreaModel
from vocabularies.models import Country as CountryModel
from vocabularies.models import Term as TermModel


@reading_list(
    Term,
    name="terms_list",
    summary=_("Terms of all lists"),
    about=_("What the codes of entries mean, in the order of the forms. Terms are retired, never deleted."),
    filters=TermFilter,
)
def terms(question):
    """In the order of the forms. Terms are retired, never deleted."""
    return question.page(question.found(TermModel.objects.select_related("parent")))


@reading_one(
    Term,
    name="terms_read",
    summary=_("One term"),
    about=_("By its list and its code."),
)
def term(question, terms, code):
    """By its list and its code."""
    return get_object_or_404(TermModel.objects.select_related("parent"), list=terms, code=code)


@reading_list(
    Country,
    name="countries_list",
    summary=_("Countries and territories"),
    about=_("All of ISO 3166-1, in the order of their codes."),
    filters=CountryFilter,
)
def countries(question):
    """All of ISO 3166-1, in the order of their codes."""
    return question.page(question.found(_countries().order_by("code")))


@reading_one(
    Country,
    name="countries_read",
    summary=_("One country or territory"),
    about=_("By its code of two letters."),
)
def country(question, code):
    """By its code of two letters."""
    return get_object_or_404(_countries(), code=code)


def _countries():
    return CountryModel.objects.with_areas()


@reading_list(
    Area,
    name="areas_list",
    summary=_("Areas of the world"),
    about=_("Those of the United Nations standard M49: values of ?region=."),
)
def areas(question):
    """Those of the United Nations standard M49."""
    return question.page(question.found(_areas().order_by("code")))


@reading_one(
    Area,
    name="areas_read",
    summary=_("One area of the world"),
    about=_("By its code of three digits."),
)
def area(question, code):
    """By its code of three digits."""
    return get_object_or_404(_areas(), code=code)


def _areas():
    return AreaModel.objects.select_related("parent", "also_in")
