"""Support looks at what was sent to whom, and why something was not."""

from django.contrib import admin

from notices.message_types import PRIVATE
from notices.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    list_display = ("created_at", "kind", "address", "state", "attempts", "next_try_at", "sent_at")
    list_filter = ("state", "kind", "in_digest")
    search_fields = ("address", "subject", "key")
    date_hierarchy = "created_at"
    exclude = ("data",)  # may hold a link that works once

    def get_queryset(self, request):
        """Who was entered as a contact is nobody's business here, unless the mail did not arrive."""
        return super().get_queryset(request).exclude(kind__in=PRIVATE, state=OutgoingMail.State.SENT)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
