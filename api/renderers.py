"""What answers may be asked for. DRF loads these while it loads itself: nothing here may import a view."""

from rest_framework.renderers import JSONRenderer

MEDIA_TYPE = "application/problem+json"


class ProblemRenderer(JSONRenderer):
    media_type = MEDIA_TYPE
