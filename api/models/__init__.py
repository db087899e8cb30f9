from api.models.requests import RememberedRequest
from api.models.tokens import ApiToken, Scope

__all__ = ["ApiToken", "RememberedRequest", "Scope"]
