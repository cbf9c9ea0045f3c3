# Bare `make` lists the recipes.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help demo test test-vllm gate torture sweep scripts lint bench bench-write bench-retrieval bench-matrix \
        bench-lint bench-mutations bench-recall bench-folding bench-desk bench-model bench-scan bench-live bench-ui \
        bench-soak bench-eval bench-policy baselines schemas clean

help: ## list the recipes
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

$(VENV)/core: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the core and the page …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev: $(VENV)/core
	@scripts/system-packages chromium fonts-noto-cjk postgresql
	@echo "Installing what the tests need …"
	@$(PIP) torch==2.13.0
	@$(PIP) --editable '.[dev,local,ray,postgres,otel]'
	@touch $@

demo: $(VENV)/core ## write one campaign's matrix on the embedded default and say how long each stage took
	@$(BIN)/python -m eval.demo

scripts: $(VENV)/core ## every call script and every message after a call: whole, lawful, sayable
	@$(BIN)/python -m eval.script_sweep

lint: $(VENV)/dev ## ruff, mypy strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(VENV)/dev lint ## everything that .ci/run runs: lint and all tests, with ten kills
	@TEST_KILLS=10 TEST_POSTGRES=1 $(BIN)/python -m pytest -q -n 2 --dist loadgroup --durations=20

# VLLM_PYTHON names the Python of an environment with vLLM; without it, one is made in .venv-vllm.
test-vllm: $(VENV)/dev ## the model path against a real vLLM on the CPU, with a tiny model
	@test -n "$$VLLM_PYTHON" || scripts/vllm-environment
	@$(BIN)/python -m pytest -q -m vllm -s tests/vllm

gate: $(VENV)/core ## every suite against its committed baseline: 0 passed, 1 regressed, 3 not enough evidence
	@$(BIN)/python -m assistant.cli eval gate --junit out/gate

# SUITES names some; every suite that there is unless named. What changed is for who reads the difference to accept.
baselines: $(VENV)/core ## run suites and keep them as what later runs are held against
	@for suite in $(or $(SUITES),$(basename $(notdir $(wildcard eval/suites/*.yaml)))); do \
	  $(BIN)/python -m assistant.cli eval run --anew $$suite && $(BIN)/python -m assistant.cli eval baseline $$suite || exit 1; done

torture: $(VENV)/dev ## the full counts of kills, locks, full disks and requests that schemathesis makes
	@TEST_KILLS=200 TEST_LOCKS=50 TEST_FULL=20 TEST_EXAMPLES=100 $(BIN)/python -m pytest -q -m "kills or fuzz"

sweep: $(VENV)/core ## the phrase writer over the whole pack: every cell written, checked, compared
	@$(BIN)/python -m eval.sweep

bench: bench-write bench-retrieval bench-matrix bench-lint bench-recall ## all benchmarks

bench-write: $(VENV)/core ## 480 variants with retrieval, binding and checks; the share of each stage
	@$(BIN)/python benchmarks/write.py

bench-retrieval: $(VENV)/core ## search at 100, 1,000, 10,000 entries against exact numpy; recall on the questions
	@$(BIN)/python benchmarks/retrieval.py
	@$(BIN)/python -m eval.retrieval

bench-matrix: $(VENV)/core ## the concurrent matrix against an endpoint of 1 s, LangChain's abatch beside it
	@$(BIN)/python benchmarks/matrix_stub.py

bench-lint: bench-mutations ## how fast texts are checked, and which faults are found
	@$(BIN)/python -m benchmarks.lint

bench-mutations: $(VENV)/core ## thousands of faults made on purpose, and the texts of strangers: which are found
	@$(BIN)/python -m benchmarks.mutations

bench-folding: $(VENV)/core ## how much of a matrix a checker reads, folded against plain
	@$(BIN)/python -m benchmarks.folding

# DRAFTS says how many ("10000 1000000"), DATABASES which (sqlite,postgresql).
bench-desk: $(VENV)/dev ## decisions and reads by 50 clients over real HTTP on both databases; exports of 10,000 rows
	@$(BIN)/python -m benchmarks.desk $(DRAFTS) $(if $(DATABASES),--databases $(DATABASES))
	@$(BIN)/python -m benchmarks.desk_export

bench-recall: $(VENV)/core ## ten thousand texts under a change of the knowledge: which are touched, how fast
	@$(BIN)/python -m benchmarks.recall

bench-model: $(VENV)/dev ## what the desk costs a real vLLM with a tiny model, and how much of its prompts is cached
	@test -n "$$VLLM_PYTHON" || scripts/vllm-environment
	@$(BIN)/python -m benchmarks.model

# EVENTS says how many (1000000). BERKA names a folder with the Berka transactions, RULE_ENGINE one that `pip install --target` put rule-engine into.
bench-scan: $(VENV)/core ## all triggers over a million events: against SQL by hand and a rule engine a row at a time
	@$(BIN)/python -m benchmarks.scan $(EVENTS) $(if $(BERKA),--berka $(BERKA)) $(if $(RULE_ENGINE),--rule-engine $(RULE_ENGINE))

bench-live: $(VENV)/core ## events posted to a real server, one by one and by the hundred: from POST to the stored action
	@$(BIN)/python -m benchmarks.live

bench-ui: $(VENV)/dev ## what people wait for at the pages, one at a browser and forty-nine at tabs, over 10,000 drafts
	@$(BIN)/python -m benchmarks.ui

# MINUTES says how long (30).
bench-soak: $(VENV)/dev ## a day's work at the pages in short, and what it leaves in memory
	@$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),30)

# DEEPEVAL names the Python of an environment that has deepeval; without it, one is made in .venv-deepeval.
bench-eval: $(VENV)/dev ## the harness beside a bare loop and DeepEval; how often intervals and the gate are right
	@test -n "$$DEEPEVAL" || test -x .venv-deepeval/bin/deepeval || { $(PYTHON) -m venv .venv-deepeval && \
	  .venv-deepeval/bin/python -m pip install --quiet --disable-pip-version-check deepeval; }
	@$(BIN)/python -m benchmarks.harness --deepeval "$${DEEPEVAL:-.venv-deepeval/bin/python}"
	@$(BIN)/python -m benchmarks.eval_statistics
	@$(BIN)/python -m benchmarks.gate

# HILLSTROM names the experiment's file.
bench-policy: $(VENV)/core ## what other policies would have earned, where the truth is known: the Hillstrom experiment
	@$(BIN)/python -m benchmarks.policy_hillstrom $(HILLSTROM)

schemas: $(VENV)/core ## write the JSON Schemas of the pack's files anew
	@$(BIN)/python -m assistant.packs.schemas knowledge/schemas

clean: ## remove the environment and everything that was made
	rm -rf $(VENV) .venv-vllm .venv-deepeval .copydesk out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
