"""How allauth speaks: in the language of the person, in the name of the portal."""

from types import SimpleNamespace

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """A mail in the language of its reader, whoever's page caused it; without an account, in that of the page."""
        user = context.get("user")
        with override(user.language if user else get_language()):
            portal = SimpleNamespace(name=_("WOP Portal"), domain=settings.PORTAL_URL)
            super().send_mail(template_prefix, email, context | {"current_site": portal})
