"""What Django starts of the glue: the portal itself, and its support area under /admin/."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    name = "wopportal"
    default = True


class SupportConfig(admin.AdminConfig):
    default_site = "wopportal.support.SupportSite"
    default = False
