# Everything a newcomer types. Each command installs what it needs first and can be interrupted and repeated.
.DEFAULT_GOAL := help
.PHONY: help run quick test test-all check fmt messages schema

PORT ?= 8000
export PORT

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

run: ## the portal with the real register and demo accounts on this machine (PORT=8123 for another port)
	@bash scripts/run

quick: ## style, the tests of the house and those nearest to what you change: a minute
	@bash scripts/quick

test: ## checks, then the suite on SQLite and on PostgreSQL, browser included: about twelve minutes on two cores
	@bash scripts/test

test-all: ## the same with all of the bulk that make test samples: before a piece of work is called done
	@bash scripts/test all

check: ## style, types, import contracts, missing migrations, deployment settings, templates
	@bash scripts/check

fmt: ## lay out the Python code and mend what can be mended
	@bash scripts/fmt

messages: ## collect the texts to translate into locale/
	@bash scripts/messages

schema: ## write the examples and the description of the API (docs/openapi.yaml)
	@bash scripts/schema
