# Bare `make` lists the targets. Every target sets up .venv first, once (elsewhere: VENV=..., OUT=...).
PYTHON := python3
VENV := .venv
PY := $(VENV)/bin/python
EXTRAS := cluster figures polars report survey
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONINSPECT
ifeq ($(origin LANGUAGE),environment)  # a desktop's, such as ru_RU:ru
LANGUAGE :=
endif
# What somebody types is text: neither make nor the shell runs what stands in a name of a file.
TYPED := RESPONSES CODEBOOK OUT LANGUAGE RECORD ONLY PARAMS
$(foreach name,$(TYPED),$(eval override $(name) := $$(value $(name))))
quoted = '$(subst ','\'',$(1))'
.DEFAULT_GOAL := help
.PHONY: help install reports verify survey data test check bench spark lab lint clean lock audit

help:  ## list the targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1 # \2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'#' '{printf "%-16s%s\n", $$1, $$2}'

reports: install  ## run the notebooks, write reports/ (LANGUAGE=ru|kk|all ONLY=06-zhakyanova-prospects PARAMS="level=0.9" OUT=elsewhere)
	@"$(PY)" -m analysis reports $(if $(LANGUAGE),--language $(call quoted,$(LANGUAGE))) $(foreach s,$(ONLY),--only $(call quoted,$(s))) $(if $(PARAMS),--param $(PARAMS)) \
	  $(if $(OUT),--output $(call quoted,$(OUT)))

verify: install  ## compare reports/ with the published list, file by file (OUT=elsewhere RECORD=checked.txt)
	@"$(PY)" -m analysis verify $(if $(OUT),$(call quoted,$(OUT))) $(if $(RECORD),--record $(call quoted,$(RECORD)))

survey: install  ## write up a survey of your own (RESPONSES=answers.csv CODEBOOK=codebook.csv LANGUAGE=kk OUT=mine PARAMS="by=gender")
	@"$(PY)" -m analysis survey $(call quoted,$(RESPONSES)) $(if $(CODEBOOK),--codebook $(call quoted,$(CODEBOOK))) $(if $(LANGUAGE),--language $(call quoted,$(LANGUAGE))) \
	  $(if $(OUT),--output $(call quoted,$(OUT))) $(if $(PARAMS),--set $(PARAMS))

data: install  ## write data/processed/ from data/raw/
	@"$(PY)" -m analysis data

test: install  ## unit tests, docstring examples, data checks, notebooks against their stored outputs (what takes minutes is in check)
	@"$(PY)" -m analysis test

check: install  ## all that CI runs: computed files, lint, data checks, reports in all languages, every test
	@"$(PY)" -m analysis check

bench: install  ## measure the report beside papermill, nbclient and others (ROUNDS=5 ROWS="papermill floor"), and surveys of 10^3 to 10^7 (ROWS=survey); leave the machine alone
	@$(if $(filter-out survey,$(or $(ROWS),all)),"$(PY)" benchmarks/speed.py $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(ROWS),--rows $(filter-out survey,$(ROWS))) $(if $(ONLY),--only $(foreach s,$(ONLY),$(call quoted,$(s)))))
	@$(if $(filter survey,$(or $(ROWS),survey)),"$(PY)" benchmarks/survey.py)

spark: install  ## add PySpark (400 MB) to .venv, for surveys on a cluster; needs Java 17
	@UV_SYSTEM_CERTS=1 "$(PY)" -m uv pip install --quiet --python "$(PY)" --require-hashes -r requirements-spark.lock || \
	  "$(PY)" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock

lab: install  ## open JupyterLab on the notebooks
	@"$(PY)" -m analysis lab

lint: install  ## check the style of code and notebooks
	@"$(PY)" -m analysis lint

clean:  ## remove data/processed/ and reports/
	@rm -rf data/processed reports

lock: install  ## compile requirements.lock anew from pyproject.toml, list licences.csv
	@UV_SYSTEM_CERTS=1 "$(PY)" -m uv pip compile --quiet --universal --python-version 3.11.0 --generate-hashes \
	  --no-emit-index-url --no-header $(foreach e,$(EXTRAS),--extra $(e)) --group build --group test pyproject.toml --output-file requirements.lock
	@sed -n 's/^spark = \["\(.*\)"\].*/\1/p' pyproject.toml | UV_SYSTEM_CERTS=1 "$(PY)" -m uv pip compile --quiet --universal \
	  --python-version 3.11.0 --generate-hashes --no-emit-index-url --no-header - --output-file requirements-spark.lock
	@"$(PY)" -m analysis.report.site.supply

audit: install  ## look the locked versions up among known vulnerabilities (needs the JSON of PyPI)
	@UV_SYSTEM_CERTS=1 "$(PY)" -m uv tool run pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict

# `make PY=python reports` uses the environment that is active, such as one of conda, as it is.
install:
ifeq ($(origin PY),command line)
	@"$(PY)" install.py --check
else
	@COMPENDIUM_VENV="$(VENV)" $(PYTHON) install.py
endif
