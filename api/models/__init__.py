from api.models.exports import ExportJob
from api.models.requests import RememberedRequest
from api.models.tokens import ApiToken, Scope

__all__ = ["ApiToken", "ExportJob", "RememberedRequest", "Scope"]
