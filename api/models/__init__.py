from api.models.exports import MOST_BEGUN, ExportJob
from api.models.requests import RememberedRequest
from api.models.tokens import ApiToken, Scope

__all__ = ["MOST_BEGUN", "ApiToken", "ExportJob", "RememberedRequest", "Scope"]
