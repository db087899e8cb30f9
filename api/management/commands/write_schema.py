import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.renderers import OpenApiYamlRenderer

from api.openapi.compatibility import breaking_changes
from api.openapi.document import document

SNAPSHOT = settings.BASE_DIR / "docs" / "openapi.yaml"


class Command(BaseCommand):
    help = "Write the description of the API to docs/openapi.yaml, unless it breaks what was promised there."

    def handle(self, **options):
        described = document("en")
        if SNAPSHOT.exists():
            before = yaml.safe_load(SNAPSHOT.read_text(encoding="utf-8"))
            broken = breaking_changes(before, described)
            if broken and before["info"]["version"].split(".")[0] == described["info"]["version"].split(".")[0]:
                text = "\n".join(broken)
                raise CommandError(f"This breaks programs; a new version of the API (VERSION) is needed:\n{text}")
        SNAPSHOT.write_bytes(OpenApiYamlRenderer().render(described))
