"""Support looks at where deliveries go and why they fail; nobody sees a secret or the whole address here."""

from django.contrib import admin

from webhooks.models import Delivery, Webhook


class LookedAt(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Webhook)
class WebhookAdmin(LookedAt):
    fields = ("platform", "host", "events", "note", "state", "given_up", "created_by", "created_at")
    list_display = ("host", "platform", "state", "given_up", "created_at")
    list_filter = ("state", "platform")
    list_select_related = ("platform",)
    search_fields = ("url", "note", "platform__name")


@admin.register(Delivery)
class DeliveryAdmin(LookedAt):
    list_display = ("occurred_at", "webhook", "event", "about", "state", "attempts", "answer_code", "problem")
    list_filter = ("state", "event", "problem")
    list_select_related = ("webhook",)
    search_fields = ("about",)
    date_hierarchy = "occurred_at"
    exclude = ("answer_text",)  # words of somebody else's system
