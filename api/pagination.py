"""Pages of a list."""

from django.core.paginator import InvalidPage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination

MOST = 100


class Pages(PageNumberPagination):
    """``?page=2&page_size=50``; an impossible page is a 400 that says what would be possible."""

    page_size = 25
    max_page_size = MOST
    page_size_query_param = "page_size"

    def get_page_size(self, request):
        given = request.query_params.get("page_size")
        if given is None:
            return self.page_size
        if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= MOST:
            raise exceptions.ValidationError({"page_size": [_("Write a number from 1 to %(most)s.") % {"most": MOST}]})
        return int(given)

    def paginate_queryset(self, queryset, request, view=None):
        self.request = request
        paginator = self.django_paginator_class(queryset, self.get_page_size(request))
        try:
            self.page = paginator.page(request.query_params.get("page") or 1)
        except InvalidPage as error:
            said = ngettext("There is %(pages)s page.", "There are %(pages)s pages.", paginator.num_pages) % {
                "pages": paginator.num_pages
            }
            raise exceptions.ValidationError({"page": [said]}) from error
        return list(self.page)
