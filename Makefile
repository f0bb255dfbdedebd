# Every target sets itself up: a bare python3, make and the network are enough.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test oracle check format bench bench-metrics bench-pilotage bench-dashboards bench-collector bench-peers attaque kills kills-collector fuzz fuzz-collector screenshots lock

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	$(BIN)/dnma demo

test: setup
	$(BIN)/pytest -n 2 --dist worksteal

# A hundred random scenarios against each oracle, five in a lake (some minutes).
oracle: setup
	DNMA_EXEMPLES=100 $(BIN)/pytest tests/functional/test_oracle.py tests/functional/test_pics.py tests/functional/test_moments.py

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy marking_plan ingest metrics dashboards bench dnma tests docs/exemples
	$(BIN)/lint-imports
	$(BIN)/dnma plan check
	$(BIN)/dnma plan doc --verifier

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m bench.bench_ingest

# Publications of a region of 4,500 schools, 1 to 4 weeks (about ten minutes).
bench-metrics: setup
	$(BIN)/python -m bench.bench_metrics

# Schools to support and a constant perimeter, on synthetic published rows of two regional school years.
bench-pilotage: setup
	$(BIN)/python -m bench.bench_pilotage

# Boards of a synthetic region of 4,500 schools and 62 weeks, made first (ten minutes), then fifty people at once.
bench-dashboards: setup
	$(BIN)/python -m bench.bench_dashboards

# Batches and single events durable before the answer, beside an empty 204 of the same server (two minutes).
bench-collector: setup
	$(BIN)/python -m bench.bench_collector

# Every published sum of a simulated region given to a linear programme; other sizes: `python -m bench.attaque ECOLES SEMAINES`.
attaque: setup
	$(BIN)/python -m bench.attaque

# Tools that others would take, in an environment of their own; one that can't be installed is skipped. GoAccess comes from the system.
bench-peers: setup
	test -d .venv-peers || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet chdb || true
	$(BIN)/python -m bench.bench_peers

# Two hundred ingestions killed at a random instant (about ten minutes).
kills: setup
	$(BIN)/python -m bench.kills 200

# Three hundred collectors killed at a random instant under load (about twenty minutes).
kills-collector: setup
	$(BIN)/python -m bench.collecte.coupures 300

# A hundred thousand bodies of callbacks, then a thousand rights that each try a dozen addresses (about ten minutes).
fuzz: setup
	DNMA_CORPS=100000 $(BIN)/pytest tests/dashboards/test_acces_garde.py -k no_body
	DNMA_PORTEES=1000 $(BIN)/pytest tests/functional/test_acces_portee.py -k outside

# Hostile senders, ten times as many of everything: bombs, slow connections, requests drawn from the OpenAPI document (some minutes).
fuzz-collector: setup
	DNMA_HOSTILE=10 $(BIN)/pytest tests/ingest/collecte/servi

screenshots: setup
	$(BIN)/python -m bench.screenshots docs/images

# The last line drops what names the indexes of the machine that made the lock.
lock: setup
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --output-file requirements.lock pyproject.toml
	sed -i '/^--/d' requirements.lock
