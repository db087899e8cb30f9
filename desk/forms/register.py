"""Which published WOPs the desk lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vocabularies.forms import Choice
from vocabularies.search import SearchField


class RegisterFilter(forms.Form):
    q = SearchField(label=_("Search"), help_text=_("A reference, an operator, a country, a word."))
    accounts = Choice(
        label=_("Who writes it"),
        choices=[
            ("", _("Anybody or nobody")),
            ("none", _("Nobody writes it")),
            ("some", _("Somebody writes it")),
        ],
        required=False,
    )
    use_required_attribute = False
