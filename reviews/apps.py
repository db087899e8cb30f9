from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("reviews")

    def ready(self):
        """Place every field type, and refuse to start with a column of a type that nobody has placed."""
        autodiscover_modules("field_types")
        schema_of = import_string("reviews.schema.schema_of")
        for model in self.apps.get_models():
            if getattr(model, "identity_field", ""):
                schema_of(model)
