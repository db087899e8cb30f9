"""Why a member of a secretariat may not decide on an entry, in words. The rule is ``ReviewableQuerySet.part_paths``."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operators.models import Organisation
from reviews.querysets import Part

WORDS = {
    Part.SUBMITTED: gettext_lazy("You submitted it yourself."),
    Part.ENTERED: gettext_lazy("You entered it yourself."),
    Part.RECORDED: gettext_lazy("You have had a part in it."),
}


def conflicts_of(entries, user):
    """{(model, pk): reason} for those of ``entries`` on which ``user`` may not decide; a fixed number of queries."""
    parts, through = {}, {}
    for model in {type(entry) for entry in entries}:
        asked = model.objects.filter(pk__in=[entry.pk for entry in entries if type(entry) is model])
        found = dict(asked.order_by().with_part_of(user).exclude(part="").values_list("pk", "part"))
        parts |= {(model, pk): part for pk, part in found.items()}
        if Part.MEMBER in found.values():
            through |= {(model, pk): own for pk, own in asked.organisations_of(user).items()}
    names = dict(Organisation.objects.filter(pk__in=through.values()).values_list("pk", "name")) if through else {}
    return {name: _membership(names[through[name]]) if name in through else str(WORDS[parts[name]]) for name in parts}


def _membership(organisation):
    return _("You belong to %(organisation)s, which takes part in it.") % {"organisation": organisation}
