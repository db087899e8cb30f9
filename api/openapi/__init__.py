"""The description of the API in OpenAPI: made from the views, described in words, compared with the one before."""
