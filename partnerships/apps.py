from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from operators import naming


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("partnerships")

    def ready(self):
        naming.hand_in(self.get_model("Involvement").objects)
