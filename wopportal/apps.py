"""What Django starts of the glue: the portal itself, and its support area under /admin/."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.checks import Tags, register

from wopportal.checks import check_deployment


class PortalConfig(AppConfig):
    name = "wopportal"
    default = True

    def ready(self):
        register(check_deployment, Tags.security, deploy=True)


class SupportConfig(admin.AdminConfig):
    default_site = "wopportal.admin_site.SupportSite"
    default = False
