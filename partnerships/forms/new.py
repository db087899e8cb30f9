"""The first page of a new WOP: on whose behalf, as what, and how it is called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.autosave import autosaved_data
from operators.models import Organisation
from partnerships.drafting.fields import named
from partnerships.models import PartnershipVersion, Role
from partnerships.permissions import CLOSED
from platforms.models import Platform
from vocabularies.forms import Choice
from vocabularies.localised import active_language


def language_field():
    """Asked once, where an entry is begun: by default it is written in the language of the page."""
    return Choice(
        of=PartnershipVersion._meta.get_field("language").verbose_name,
        label=_("In which language do you write it?"),
        choices=PartnershipVersion._meta.get_field("language").choices,
        required=False,
        help_text=_("The language of the entry, whoever reads it. You can change it later."),
    )


def words_for(request):
    """``autosaved_data``; words that were kept are offered in the language of the page on which they are offered: the
    one that is kept with them was preset by the page before."""
    words = autosaved_data(request)
    if request.method == "POST" or words is None:
        return words
    words = words.copy()
    words["language"] = active_language()
    return words


class StartForm(forms.Form):
    behalf = Choice(label=_("For whom do you enter it?"))
    role = Choice(
        label=_("What are you in this partnership?"),
        choices=[
            (Role.MENTOR.value, _("Mentor: we share what we know")),
            (Role.MENTEE.value, _("Mentee: we learn from the partner")),
            (Role.PEER.value, _("Peer: we learn from each other")),
            (Role.PARTNER.value, _("Partner: who helps whom is not settled")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=PartnershipVersion._meta.get_field("title").max_length,
        required=False,
        help_text=_("The partners, mentor first. You can change it later. Example: SICSM – WASCO"),
    )
    language = language_field()
    use_required_attribute = False

    def __init__(self, data, *, user, initial=None):
        super().__init__(data, initial={"language": active_language()} | (initial or {}))
        own = Organisation.objects.filter(members__user=user.pk).exclude(state__in=CLOSED).order_by("name", "pk")
        served = Platform.objects.filter(members__user=user.pk).order_by("name", "pk")
        self.things = {f"organisation-{one.pk}": one for one in own} | {f"platform-{one.pk}": one for one in served}
        self.fields["behalf"].choices = [
            *((f"organisation-{one.pk}", one.name) for one in own),
            *(
                (f"platform-{one.pk}", _("%(name)s, for operators without accounts") % {"name": named(one)})
                for one in served
            ),
        ]
        if len(self.things) == 1:
            self.fields["behalf"].initial = next(iter(self.things))

    @property
    def chosen(self):
        """What ``start_partnership`` is to be told, besides who asks."""
        thing = self.things[self.cleaned_data["behalf"]]
        words = {name: self.cleaned_data[name] for name in ("title", "language")}
        if isinstance(thing, Platform):
            return words | {"platform": thing}
        return words | {"organisation": thing, "role": self.cleaned_data["role"]}
