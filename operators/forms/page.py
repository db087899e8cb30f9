"""The page of an organisation: what its managers change at once."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from operators.forms.formsets import FormWithRows, rows_of
from operators.models import Service
from vocabularies.clean_text import Words
from vocabularies.forms import Choice, Choices, LanguagesField, NumberField, UnitInput
from vocabularies.models import ImprovementArea, Indicator
from vocabularies.web_addresses import Link


class TermRow(forms.Form):
    """A row about a term. ``terms`` are those to choose from, fetched once for all rows of the page."""

    term_field = ""

    def __init__(self, *args, terms=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.terms = {term.code: term for term in terms}
        choices = [("", _("Choose one")), *((term.code, str(term)) for term in terms)]
        self.fields[self.term_field].choices = choices


class FigureForm(TermRow):
    term_field = "indicator"

    indicator = Choice(of=Indicator._meta.verbose_name_plural, label=_("Figure"))
    services = Choices(
        label=_("Services counted"), choices=Service, required=False, widget=forms.CheckboxSelectMultiple
    )
    value = NumberField(label=_("Value"), beside="unit")
    unit = forms.CharField(
        label=_("Unit"),
        max_length=40,
        required=False,
        help_text=_("Empty: the usual unit of this figure."),
        widget=UnitInput(["value"]),
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1800,
        max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write the year with four digits.")),
        help_text=_("Empty: not known."),
    )
    source = forms.CharField(label=_("Source"), max_length=500, required=False, help_text=_("A report or an address."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean(self):
        data = super().clean()
        indicator = self.terms.get(data.get("indicator"))
        if indicator and not data.get("unit"):
            data["unit"] = indicator.unit
            if not indicator.unit and "unit" not in self.errors:
                self.add_error("unit", _("Give the unit, for example persons or m³/day."))
        return data


class AreaForm(TermRow):
    term_field = "area"

    area = Choice(of=ImprovementArea._meta.verbose_name_plural, label=_("Improvement area"))
    description = Words(label=_("In your words"), required=False, max_length=2000, lines=2)


class AreaRows(rows_of(AreaForm)):
    """Needs or strengths: every improvement area once."""

    def clean(self):
        seen = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            area = data.get("area")
            if area in seen:
                form.add_error("area", _("This improvement area is listed above already."))
            seen.add(area or "-")


class PageFieldsForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    website = Link(label=_("Website"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    services = Choices(label=_("Services"), choices=Service, required=False, widget=forms.CheckboxSelectMultiple)
    languages = LanguagesField(
        label=_("Working languages"),
        required=False,
        help_text=_("In which you can work with another operator; the one you use most first: French, Wolof, English."),
    )
    about = Words(label=_("About"), required=False, max_length=4000, lines=6)
    about_language = Choice(label=_("Language of this text"), choices=settings.LANGUAGES)
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, up to 2 MB. It goes live when you save."),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)


class PageForm(FormWithRows):
    form_class = PageFieldsForm
    row_classes = {"figures": rows_of(FigureForm), "needs": AreaRows, "strengths": AreaRows}

    @classmethod
    def initial_of(cls, page, revision):
        """What the form shows of a page, as ``operators.services.pages.page_of`` gives it."""
        figures = [
            row | {"services": [code for code in row["services"].split(";") if code], "value": Decimal(row["value"])}
            for row in page["figures"]
        ]
        return page | {"figures": figures, "revision": revision, "logo": None}

    @cached_property
    def _terms(self):
        """Terms are retired, never deleted: one that stands on the page already stays possible."""
        areas = self._offered(ImprovementArea, "area", "needs", "strengths")
        return {"figures": self._offered(Indicator, "indicator", "figures"), "needs": areas, "strengths": areas}

    def _offered(self, model, field, *names):
        used = {row[field] for name in names for row in self.initial.get(name, [])}
        return list(model.objects.filter(Q(is_active=True) | Q(code__in=used)))

    def row_options(self, name):
        return {"terms": self._terms[name]}

    def parts(self):
        """What ``save_page`` takes."""
        data = self.cleaned()
        logo = data.pop("logo")
        data["logo"] = "" if data.pop("remove_logo") else logo
        data["figures"] = [row | {"services": ";".join(row["services"])} for row in data["figures"]]
        return data
