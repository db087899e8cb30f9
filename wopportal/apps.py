"""What Django starts of the glue: the portal itself, and its support area under /admin/."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import import_string

from wopportal.checks import check_deployment


class PortalConfig(AppConfig):
    name = "wopportal"
    default = True

    def ready(self):
        register(check_deployment, Tags.security, deploy=True)
        connection_created.connect(import_string("wopportal.answers.watch"))
        pre_migrate.connect(import_string("wopportal.answers.migrating"))
        post_migrate.connect(import_string("wopportal.answers.migrated"))


class SupportConfig(admin.AdminConfig):
    default_site = "wopportal.admin_site.SupportSite"
    default = False
