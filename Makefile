# 两条命令够用：make site 生成网站，make test 跑测试。make help 列出其余。
PYTHON ?= python3
BIN := .venv/bin
PROJECT ?= directories
OUT ?= site

.PHONY: help site serve check test quick lint browser tools golden fuzz soak bench pictures docs search-report search-tables lock clean

help:  ## 列出所有命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

site: .venv/site  ## 生成示例网站到 site/
	$(BIN)/gkdir build $(PROJECT) -o $(OUT)
	@echo "好了。用浏览器打开 $(abspath $(OUT))/index.html"

serve: .venv/site  ## 在本机预览，改动后自动刷新
	$(BIN)/gkdir serve $(PROJECT)

check: .venv/site  ## 只核对示例项目
	$(BIN)/gkdir check $(PROJECT)

# All tests of a file run in one process, because what they share is slow to make (a browser, printed sheets, a built
# package). Slow files start first, so that all processes finish at about the same time.
# There is one process more than cores, because tests wait a fifth of the time for a browser, a server or a lock.
PYTEST := $(BIN)/pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile --no-loadscope-reorder

test: .venv/test browser tools lint  ## 跑全部测试
	$(PYTEST)

quick: .venv/test  ## 边写边跑的测试：不开浏览器、不排版、不打包，不装别的东西
	$(BIN)/ruff check src tests bench scripts
	$(PYTEST) -n $$(getconf _NPROCESSORS_ONLN) -m "not browser and not slow and not hypothesis"

lint: .venv/test  ## 格式、规范、类型
	$(BIN)/ruff format --check src tests bench scripts
	$(BIN)/ruff check src tests bench scripts
	$(BIN)/mypy

golden: .venv/test  ## 重写样例项目的应有输出，再用 git diff 看改了什么
	GKDIR_GOLDEN=write $(BIN)/pytest tests/test_golden.py

docs: .venv/test  ## 重写由程序生成的文档
	$(BIN)/python -m scripts.docs

fuzz: .venv/test  ## 长时间的乱输入测试：每条定律的例子是 make test 的二百倍
	GKDIR_FUZZ=$${GKDIR_FUZZ:-200} $(PYTEST) -m hypothesis

soak: .venv/test  ## 生成时打断两百次（一个进程、几个进程、几台机器）、磁盘写满、文件夹被删、两个同时：网站每次都完整（十来分钟）
	$(BIN)/python -m bench.soak

bench: .venv/test  ## 测速，写到 docs/benchmarks.md：一个县和一百个县，二十分钟（更多的县：python -m bench.nation 100 1000）
	$(BIN)/python -m bench

search-report: .venv/test browser  ## 搜索答得准不准、快不快，写到 docs/search-report.md
	$(BIN)/python -m scripts.search_report

search-tables: .venv/test  ## 重写搜索用的拼音表和繁简表、繁体页面用的词典
	$(BIN)/python -m scripts.search_tables
	$(BIN)/python -m scripts.traditional_tables

pictures: .venv/test browser  ## 给各种页面拍照：README 的一张放到 docs/pictures/，其余放到 build/pictures/
	$(BIN)/python -m scripts.pictures

# $(call have,COMMAND,PACKAGES): if the command is missing, install these Debian packages (as root, such as in a container)
have = command -v $(1) >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update \
  && DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 install -y --no-install-recommends $(2) >/dev/null; }

CHROMIUM := chromium chromium-headless-shell fonts-noto-cjk
browser:  # for tests in a browser: Debian's chromium, best the headless shell, which opens a tab in a fifth of the time
	@$(call have,chromium-headless-shell,$(CHROMIUM)) || command -v chromium >/dev/null \
	  || echo "没有 chromium，浏览器里的测试会跳过。Debian 上：apt-get install $(CHROMIUM)"
	@$(call have,firefox-esr,firefox-esr) || echo "没有 firefox-esr，Firefox 里的测试会跳过。Debian 上：apt-get install firefox-esr"

TOOLS := tests/browser/node_modules
tools:  # axe-core, html-validate and vnu (with Java) check pages, poppler and qpdf read PDFs; without them, tests that need them are skipped
	@$(call have,pdftotext,poppler-utils) || echo "没有 pdftotext，看 PDF 的测试会跳过。Debian 上：apt-get install poppler-utils"
	@$(call have,qpdf,qpdf) || echo "没有 qpdf，检查 PDF 结构的测试会跳过。Debian 上：apt-get install qpdf"
	@$(call have,java,default-jre-headless) || echo "没有 Java，W3C 的 HTML 检查会跳过。Debian 上：apt-get install default-jre-headless"
	@$(call have,npm,nodejs npm) || echo "没有 npm，无障碍和 HTML 的检查会跳过。Debian 上：apt-get install nodejs npm"
	@! command -v npm >/dev/null || [ $(TOOLS)/.package-lock.json -nt tests/browser/package-lock.json ] \
	  || npm --prefix tests/browser ci --silent

.venv/bin/python:
	@$(PYTHON) -m venv .venv || { echo "建不了 .venv。Debian 上请先：apt-get install python3-venv"; rm -rf .venv; exit 1; }

# The sha256 of every installed file is in requirements/; gkdir itself is installed from this folder.
INSTALL := $(BIN)/pip install -q --disable-pip-version-check
ITSELF := $(INSTALL) --no-deps --no-build-isolation -e .

.venv/site: .venv/bin/python pyproject.toml requirements/site.txt
	$(INSTALL) --require-hashes -r requirements/site.txt
	$(ITSELF)
	@touch $@

.venv/test: .venv/bin/python pyproject.toml requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(ITSELF)
	-@$(BIN)/pytest -n0 --collect-only >/dev/null  # compiles program and tests once, instead of in each process of the first run
	@touch $@ .venv/site

LOCK := uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url
lock:  ## 重写 requirements/：每个依赖的版本和校验和（要先装 uv）
	echo hatchling | $(LOCK) pyproject.toml - --extra dev -o requirements/dev.txt
	echo hatchling | $(LOCK) pyproject.toml - --extra desk --extra hant --extra print -c requirements/dev.txt -o requirements/site.txt

clean:  ## 删掉生成的东西
	rm -rf .venv $(TOOLS) build dist $(OUT)/* .mypy_cache .ruff_cache .pytest_cache .hypothesis
