"""An organisation that is not in the register yet, added in place on the page that names it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from operators.duplicates import PossibleDuplicates
from operators.models import OrganisationKind
from operators.models.organisation import ORGANISATION_KINDS
from operators.services import add_partner
from partnerships.drafting.bound import rearranged
from partnerships.drafting.fields import label_of
from partnerships.permissions import nameable_organisations
from vocabularies.forms import Choice
from vocabularies.models import Country

PREFIX = "partner"


class PartnerForm(forms.Form):
    """Name, kind, place; ``similar`` are those of the register that may be the same."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("In the language of the organisation."),
        validators=[plain_name],
        error_messages={"required": _("Give the full name.")},
    )
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False, validators=[plain_name])
    kind = Choice(of=ORGANISATION_KINDS, label=_("Kind of organisation"), choices=OrganisationKind)
    country = Choice(
        of=Country._meta.verbose_name_plural,
        label=_("Country or territory"),
        required=False,
        help_text=_("May stay empty for a donor, a development bank or a body of the United Nations."),
    )
    city = forms.CharField(label=_("City"), max_length=100, required=False, help_text=_("Where its main office is."))
    use_required_attribute = False

    def __init__(self, section_form):
        super().__init__(section_form.data, prefix=PREFIX)
        self.section_form = section_form
        self.similar = []
        self.fields["country"].choices = section_form.offer.countries

    def clean_country(self):
        return Country.objects.filter(pk=self.cleaned_data["country"]).first()

    @property
    def is_begun(self):
        """Somebody has typed here: the form stands open."""
        return bool(self.data) and any(self.data.get(self.add_prefix(name)) for name in ("name", "acronym", "city"))


def asked_for(data):
    """What a button of the form asks for: "add", "anyway", the primary key of one to take instead, or None."""
    for name in data:
        if name in (f"{PREFIX}-add", f"{PREFIX}-anyway") or name.startswith(f"{PREFIX}-use-"):
            return name.removeprefix(f"{PREFIX}-").removeprefix("use-")
    return None


def added(form, wish, relation, by):
    """What is typed on the page, with a row that names the organisation; None while ``form`` has something to say."""
    data = form.data
    if wish not in ("add", "anyway"):
        chosen = nameable_organisations(by, form.section_form.version).select_related("country").filter(pk=wish).first()
        return _with_row(data, relation, chosen) if chosen else None
    form.full_clean()
    if not form.is_valid():
        return None
    try:
        return _with_row(data, relation, add_partner(by=by, is_new=wish == "anyway", **form.cleaned_data))
    except PossibleDuplicates as error:
        form.similar = error.found
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _with_row(data, relation, organisation):
    """Rows without a word make room for the new one; the form for adding is empty again."""
    row = {"key": [""], "organisation": [label_of(organisation)]}
    copy = rearranged(data, relation, lambda rows: [one for one in rows if any("".join(one[k]) for k in one)] + [row])
    for name in [name for name in copy if name.startswith(f"{PREFIX}-")]:
        del copy[name]
    return copy
