"""What is said to whoever chooses nothing, or what is not on offer: which list is meant, by every door alike."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _


def _choose_from(name):
    return _("Choose one from the list “%(list)s”.") % {"list": name}


choose_from = lazy(_choose_from, str)
"""In the language of whoever reads it; ``name``: what the list is called."""


def list_of(field):
    """What the list is called from which the values of a model field come."""
    return field.related_model._meta.verbose_name_plural if field.related_model else field.verbose_name
