"""``manage.py check_services``: whether everything answers that the settings name."""

import uuid

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partnerships.uploads.scanner import scan


def database():
    """DATABASE_URL"""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError("it lacks tables of this version: run manage.py migrate")


def remembered():
    """REDIS_URL"""
    key = f"check-{uuid.uuid4()}"
    cache.set(key, "kept", 60)
    if cache.get(key) != "kept":
        raise LookupError("it keeps nothing")
    cache.delete(key)


def files():
    """S3_BUCKET, S3_ENDPOINT_URL or WOP_VAR_DIR"""
    name = default_storage.save(f"check-{uuid.uuid4()}.txt", ContentFile(b"written"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"written":
                raise LookupError("what is read is not what was written")
    finally:
        default_storage.delete(name)


def mail():
    """EMAIL_HOST, EMAIL_PORT, EMAIL_TLS, EMAIL_USER, EMAIL_PASSWORD"""
    server = get_connection()
    server.open()
    server.close()


def scanner():
    """UPLOAD_SCANNER"""
    scan(b"Words without a virus.\n")


SERVICES = {"database": database, "cache": remembered, "files": files, "mail": mail, "virus scanner": scanner}


class Command(BaseCommand):
    help = "Try the database, the cache, the place of files, the mail server and the virus scanner."
    requires_system_checks = ()

    def handle(self, **options):
        failed = [name for name, service in SERVICES.items() if not self._answers(name, service)]
        if failed:
            raise SystemExit(1)

    def _answers(self, name, service):
        try:
            service()
        except Exception as error:  # whatever their libraries raise: it is told, and the next one tried
            said = " ".join(str(getattr(error, "message", error)).split()) or type(error).__name__
            self.stderr.write(f"{name}: does not answer as it should ({said}). Look at {service.__doc__}.")
            return False
        self.stdout.write(f"{name}: well{self._unless_set(name)}")
        return True

    def _unless_set(self, name):
        """Where nothing is set there is nothing that could fail."""
        unset = {
            "cache": not settings.REDIS_URL and " (each process for itself)",
            "virus scanner": not settings.UPLOAD_SCANNER and " (none is set)",
        }
        return unset.get(name) or ""
