# Everything on one machine; nothing to install by hand but make and Python 3.13.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE
export SAM_CLI_TELEMETRY := 0
export PATH := $(CURDIR)/.venv/sam/bin:$(PATH)
DEV := $(CURDIR)/.venv/dev/bin
PYTEST := $(DEV)/python -m pytest

# the stack and whoever speaks to it import the layers from their sources
export PYTHONPATH := layers/retailhub:layers/console

.PHONY: help demo day console shop screenshots up down status test quick e2e browser lint types imports template build bench invoke-proof lock clean setup

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## creates the virtual environments in .venv (every other target does so by itself)
	@tests/local/setup

demo: setup ## the main job: shops and systems in step, on this machine; exits 1 when a count is wrong
	@$(DEV)/python -m tests.local.demo

day: setup ## a day of the shop's admin: rules, points, unique phones, an opening file, reports; exits 1 when a figure is wrong
	@$(DEV)/python -m tests.local.admin_day_told

console: up ## the console from its sources over the local stack, for whoever works on its screens
	@$(DEV)/python -m tests.local.console_dev

shop: setup ## fills the running local stack with an invented shop, to look at in the console
	@$(DEV)/python -m tests.local.filled_shop

screenshots: browser ## renews the README's pictures of the console from the running local stack
	@$(DEV)/python -m tests.local.screenshots

up: setup ## starts the local stack in the background and writes .local/stack.json
	@$(DEV)/python -m tests.local.stack up

down: setup ## ends the local stack
	@$(DEV)/python -m tests.local.stack down

status: setup ## tells whether the local stack runs
	@$(DEV)/python -m tests.local.stack status

test: lint types imports template browser ## every check and every test
	@$(DEV)/python -m tests.local.suite

quick: lint types imports ## the checks, and the tests that need no local stack
	@$(PYTEST) tests -m "not e2e and not slow"

e2e: browser ## the tests on the local stack only, those in a browser on a second one
	@$(PYTEST) tests -m "e2e and not console"
	@RETAILHUB_STACK=console $(PYTEST) tests -m console

browser: setup
	@$(DEV)/python -m tests.local.browser

lint: setup
	@$(DEV)/ruff check .

types: setup
	@$(DEV)/mypy layers/retailhub/retailhub layers/console/console functions tests

imports: setup
	@$(DEV)/lint-imports

template: setup
	@sam validate --lint

build: setup ## builds what `sam deploy` uploads
	@sam build

bench: setup ## the figures: operations per event, cold start, backfill, throughput
	@$(DEV)/python -m tests.bench

invoke-proof: build ## proves `sam local invoke` with one event of each kind of function
	@$(DEV)/python -m tests.local.invoke_proof

lock: ## renews the lock files
	@tests/local/lock

clean: down ## removes what was built and the local stack's leftovers; keeps .venv
	@rm -rf .local .aws-sam .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
