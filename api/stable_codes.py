"""The stable codes by which programs name things, and the primary keys behind them: the one place that knows both."""

from reviews.schema import code_of
from vocabularies.models import Term


def codes_of(wanted):
    """{model: {primary key: code}} for {model: primary keys}; one query for each model."""
    return {model: dict(_pairs(model).filter(pk__in=keys)) for model, keys in wanted.items() if keys}


def keys_of(wanted):
    """{model: {code: primary key}} for {model: codes}; what there is not is left out. One query for each model."""
    return {
        model: {code: key for key, code in _pairs(model).filter(**{f"{code_of(model)}__in": codes})}
        for model, codes in wanted.items()
        if codes
    }


def term_keys(terms, codes):
    """{code: primary key} of those of the list ``terms``."""
    return dict(Term.objects.of(terms).filter(code__in=codes).values_list("code", "pk"))


def _pairs(model):
    return model._base_manager.order_by().values_list("pk", code_of(model))
