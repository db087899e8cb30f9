"""What identifies an organisation: asked at registration, and again when it is to change."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.names import plain_name
from operators.models import OPERATOR_KINDS, Organisation, OrganisationKind, Service
from operators.models.organisation import ORGANISATION_KINDS
from vocabularies.clean_text import Words
from vocabularies.forms import Choice, Choices, PartialDateInput, Thing
from vocabularies.models import Country
from vocabularies.web_addresses import Link


def kind_choices():
    """The kinds in two groups: operators, and the bodies beside them."""
    groups = {True: [], False: []}
    for code, label in OrganisationKind.choices:
        groups[code in OPERATOR_KINDS].append((code, label))
    return [("", _("Choose one")), (_("Operators"), groups[True]), (_("Bodies beside operators"), groups[False])]


class CountryField(Thing):
    """A country or territory, in the order of the reader's language."""

    def __init__(self, **options):
        lists = Country._meta.verbose_name_plural
        super().__init__(Country.objects.none(), of=lists, empty_label=_("Choose one"), **options)

    def __deepcopy__(self, memo):
        # Every form has its own copy: this is where it learns the language of the request.
        field = super().__deepcopy__(memo)
        field.queryset = Country.objects.by_name()
        return field


class IdentityForm(forms.Form):
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As the organisation writes it, for example Water and Sewerage Company Inc."),
        validators=[plain_name],
    )
    acronym = forms.CharField(
        label=_("Acronym"),
        max_length=40,
        required=False,
        help_text=_("For example WASCO."),
        validators=[plain_name],
    )
    kind = Choice(of=ORGANISATION_KINDS, label=_("Kind"), choices=kind_choices)
    country = CountryField(
        label=_("Country or territory"), help_text=_("Territories have their own: Martinique, Aruba.")
    )


class RegistrationForm(IdentityForm):
    city = forms.CharField(label=_("City"), max_length=100, required=False, help_text=_("Where its main office is."))
    website = Link(label=_("Website"), max_length=200, required=False)
    services = Choices(label=_("Services"), choices=Service, required=False, widget=forms.CheckboxSelectMultiple)
    about = Words(
        label=_("About"),
        required=False,
        max_length=4000,
        lines=5,
        help_text=_("Whom it serves and where, in a few sentences."),
    )
    about_language = Choice(
        label=_("Language of this text"), choices=settings.LANGUAGES, help_text=_("In which you wrote about it.")
    )
    source = forms.CharField(
        label=_("Sources"),
        required=False,
        max_length=Organisation._meta.get_field("source").max_length,
        help_text=_("Where others can check this: an address on the web, or the title of a document."),
    )


class ChangeForm(IdentityForm):
    former_until = PartialDateInput(label=_("The old name was used until"))
    reason = Words(
        label=_("Why it changes"),
        max_length=2000,
        lines=4,
        help_text=_("For example the law or decision that renamed it, with a link."),
    )
