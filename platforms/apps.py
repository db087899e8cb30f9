from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from reviews import reviewing


class PlatformsConfig(AppConfig):
    name = "platforms"
    verbose_name = _("platforms and programmes")

    def ready(self):
        reviewing.hand_in(self.get_model("Platform").objects)
