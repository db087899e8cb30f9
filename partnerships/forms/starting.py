"""The first page of a new WOP: on whose behalf, as what, and how it is called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operators.models import Organisation
from partnerships.models import PartnershipVersion, Role
from partnerships.permissions import CLOSED
from platforms.models import Platform


class StartForm(forms.Form):
    behalf = forms.ChoiceField(label=_("For whom do you enter it?"))
    role = forms.ChoiceField(
        label=_("What are you in this partnership?"),
        choices=[
            (Role.MENTOR.value, _("Mentor: we share what we know")),
            (Role.MENTEE.value, _("Mentee: we learn from the partner")),
            (Role.PEER.value, _("Peer: we learn from each other")),
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
    use_required_attribute = False

    def __init__(self, data, *, user, initial=None):
        super().__init__(data, initial=initial)
        own = Organisation.objects.filter(members__user=user.pk).exclude(state__in=CLOSED).order_by("name", "pk")
        served = Platform.objects.filter(members__user=user.pk).order_by("name", "pk")
        self.things = {f"organisation-{one.pk}": one for one in own} | {f"platform-{one.pk}": one for one in served}
        self.fields["behalf"].choices = [
            *((f"organisation-{one.pk}", one.name) for one in own),
            *(
                (f"platform-{one.pk}", _("%(name)s, for operators without accounts") % {"name": one.name})
                for one in served
            ),
        ]
        if len(self.things) == 1:
            self.fields["behalf"].initial = next(iter(self.things))

    @property
    def chosen(self):
        """What ``start_partnership`` is to be told, besides who asks."""
        thing, title = self.things[self.cleaned_data["behalf"]], self.cleaned_data["title"]
        if isinstance(thing, Platform):
            return {"platform": thing, "title": title}
        return {"organisation": thing, "title": title, "role": self.cleaned_data["role"]}
