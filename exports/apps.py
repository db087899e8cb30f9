from django.apps import AppConfig
from django.utils.module_loading import import_string

from api.examples import ADDRESSES
from directory.downloads import Download, hand_in


class ExportsConfig(AppConfig):
    name = "exports"

    def ready(self):
        """What lies below learns of the formats: the lists offer each, the API shows how those of text begin."""
        for form in import_string("exports.formats.FORMATS").values():
            hand_in(Download(f"api:{form.view_name}", form.link, form.media_type.partition(";")[0]))
            if form.parts:
                ADDRESSES[form.operation] = f"/api/v1/partnerships.{form.code}?country=LC"
