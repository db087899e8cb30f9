"""Addresses of pages elsewhere: of the web, and nothing before the host that looks like one."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

NO_ADDRESS = _("Write a web address, for example https://gwopa.org/.")
_is_address = URLValidator(schemes=["http", "https"], message=NO_ADDRESS)


def web_address(value):
    """Raise ValidationError unless ``value`` is an address of http or https that names no user."""
    _is_address(value)
    if "@" in urlsplit(value).netloc:
        raise ValidationError(_("Leave out what stands before the @: no address here names a user."), code="names_user")


class Link(forms.URLField):
    default_validators = [web_address]
    default_error_messages = {"invalid": NO_ADDRESS}

    def __init__(self, **options):
        super().__init__(**{"assume_scheme": "https"} | options)

    def widget_attrs(self, widget):
        return {"placeholder": "https://"}


class LinkField(models.URLField):
    default_validators = [web_address]

    def formfield(self, **options):
        return super().formfield(**{"form_class": Link} | options)
