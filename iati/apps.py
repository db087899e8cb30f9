from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from directory.downloads import Download, hand_in


class IatiConfig(AppConfig):
    name = "iati"

    def ready(self):
        hand_in(Download("api:partnerships-iati", _("IATI"), "application/xml", has_labels=False))
