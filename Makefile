# dossier: `make run` prints the demo township, `make check` runs every test. `make help` lists the rest.

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
STATEDIR ?= /var/lib
DESTDIR ?=
VERSION := 0.1.0
BUILD ?= .build
CC ?= cc
INSTALL ?= install

# Bottom first, as in engine/MODULES.
MODULES := base data rules intake office spool sheet layout resolve filter font image page text draw compose bindery pdf batch command

PKG_CONFIG ?= pkg-config
PACKAGES := libxml-2.0 sqlite3 yaml-0.1 harfbuzz harfbuzz-subset icu-uc icu-i18n libdeflate fontconfig \
	libjpeg libpng libwebp lcms2 libxxhash libzip xlsxwriter libcrypto libqpdf
PACKAGE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wstrict-prototypes -Wmissing-prototypes
OPTIMISE ?= -O2 -g
CFLAGS_ALL = -std=c17 -D_POSIX_C_SOURCE=200809L -DDOSSIER_VERSION='"$(VERSION)"' -Iengine $(WARNINGS) $(OPTIMISE) \
	-pthread $(PACKAGE_CFLAGS) $(INSTALLED) $(CFLAGS)
# Where an installed dossier looks when it isn't told; in a clone it takes what stands beside it.
INSTALLED = -DDOSSIER_LAYOUTS='"$(SYSCONFDIR)/dossier/layouts"' -DDOSSIER_DATABASE='"$(STATEDIR)/dossier/semester.db"' \
	-DDOSSIER_OUT='"$(STATEDIR)/dossier/out"'
# libharu, libzint, libhyphen and libcups ship no .pc file on Debian 12.
LIBS = $(PACKAGE_LIBS) -lhpdf -lzint -lhyphen -lcups -lm -pthread $(LDFLAGS)

SOURCES := $(foreach m,$(MODULES),$(wildcard engine/$(m)/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/checks.o $(BUILD)/schema.o $(BUILD)/assess.o $(BUILD)/award.o $(BUILD)/pieces.o
# The checks of the records, embedded; scope.sql and judged.sql make the tables that the others share.
CHECKS := $(addprefix engine/rules/checks/,scope.sql judged.sql)
CHECKS += $(filter-out $(CHECKS),$(sort $(wildcard engine/rules/checks/*.sql)))
MAIN := $(BUILD)/engine/command/main.o
LIBRARY := $(BUILD)/libdossier.a
GENERATOR_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard fixtures/generator/*.c))
TEST_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/*_test.c))
BENCH_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))

# The programs of an ordinary build stand where people look for them, those of others (make asan) in their build folder.
ifeq ($(BUILD),.build)
DOSSIER := engine/dossier
TOWNSHIP := fixtures/township
else
DOSSIER := $(BUILD)/dossier
TOWNSHIP := $(BUILD)/township
$(TOWNSHIP): | $(BUILD)/schema.sql
endif
DEMO := fixtures/demo.db

# --- build

.DEFAULT_GOAL := all

# One short line a file; make V=1 shows the commands, make -s nothing.
ifneq (,$(findstring s,$(firstword -$(MAKEFLAGS))))
COMPILE = @
LINK = @
else ifndef V
COMPILE = @echo "  cc    $<" &&
LINK = @echo "  link  $@" &&
endif

.PHONY: all
all: $(DOSSIER) $(TOWNSHIP) ## build the engine and the generator of demo townships

$(DOSSIER): $(MAIN) $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

# q appends without looking at names: two modules may each have a dump.o.
$(LIBRARY): $(filter-out $(MAIN),$(OBJECTS))
	@rm -f $@
	@$(AR) qcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(dir $@)
	$(COMPILE) $(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/checks.o: $(BUILD)/checks.c
	$(COMPILE) $(CC) $(CFLAGS_ALL) -c -o $@ $<

$(BUILD)/checks.c: $(CHECKS) Makefile
	@mkdir -p $(dir $@)
	@{ echo '#include "rules/internal.h"'; echo 'const unsigned char rules_embedded[] = {'; \
		cat $(CHECKS) | od -An -v -tu1 | sed 's/  */,/g; s/^,//; s/$$/,/'; echo '};'; \
		echo 'const size_t rules_embedded_count = sizeof rules_embedded;'; } >$@

$(BUILD)/schema.o: $(BUILD)/schema.c
	$(COMPILE) $(CC) $(CFLAGS_ALL) -c -o $@ $<

# The schema, and what leads older ones to it. To embed another file: a line here and in engine/office/embedded.h.
embed = echo 'const unsigned char $1[] = {'; od -An -v -tu1 $2 | sed 's/  */,/g; s/^,//; s/$$/,/'; \
	echo '};'; echo 'const size_t $1_count = sizeof $1;';

# The assessment of a school year: what computes, what commits, and what the input's hash is taken over.
ASSESSMENT := $(sort $(wildcard engine/rules/assess/*.sql))
$(BUILD)/assess.o: $(BUILD)/assess.c
	$(COMPILE) $(CC) $(CFLAGS_ALL) -c -o $@ $<
$(BUILD)/assess.c: $(ASSESSMENT) Makefile
	@mkdir -p $(dir $@)
	@{ echo '#include "rules/assess.h"'; $(call embed,assess_computing,$(filter-out %-commit.sql %-inputs.sql,$(ASSESSMENT))) \
		$(call embed,assess_committing,$(filter %-commit.sql,$(ASSESSMENT))) $(call embed,assess_inputs,$(filter %-inputs.sql,$(ASSESSMENT))) } >$@

# The acts of awards.
AWARD_SCRIPTS := 1-scene 2-choose 2-propose 2-issuers 3-plan 4-apply
$(BUILD)/award.o: $(BUILD)/award.c
	$(COMPILE) $(CC) $(CFLAGS_ALL) -c -o $@ $<
$(BUILD)/award.c: $(AWARD_SCRIPTS:%=engine/office/award/%.sql) Makefile
	@mkdir -p $(dir $@)
	@{ echo '#include "office/award_step.h"'; $(foreach s,$(AWARD_SCRIPTS),$(call embed,award_$(lastword $(subst -, ,$s)),engine/office/award/$s.sql)) } >$@

# The schema of what stands beside a document that an archive room takes over: it goes along.
$(BUILD)/pieces.o: $(BUILD)/pieces.c
	$(COMPILE) $(CC) $(CFLAGS_ALL) -c -o $@ $<
$(BUILD)/pieces.c: engine/batch/piece.rng Makefile
	@mkdir -p $(dir $@)
	@{ echo '#include "batch/piece.h"'; $(call embed,pieces_schema,engine/batch/piece.rng) } >$@

LISTS := $(sort $(wildcard engine/office/lists/*.csv))
$(BUILD)/lists.txt: $(LISTS)
	@mkdir -p $(dir $@)
	@for list in $(LISTS); do echo "== $$(basename $$list .csv)"; cat $$list; done >$@

OFFICE_SQL := term_way term_plan term_apply term_tell retire_plan
$(BUILD)/schema.c: fixtures/schema.sql engine/office/upgrade.sql engine/office/init.sql $(OFFICE_SQL:%=engine/office/%.sql) \
		$(BUILD)/lists.txt Makefile
	@mkdir -p $(dir $@)
	@{ echo '#include "office/embedded.h"'; $(call embed,office_schema,fixtures/schema.sql) \
		$(call embed,office_upgrades,engine/office/upgrade.sql) \
		$(call embed,office_begin,engine/office/init.sql) $(call embed,office_lists,$(BUILD)/lists.txt) \
		$(foreach s,$(OFFICE_SQL),$(call embed,office_$(s),engine/office/$(s).sql)) } >$@

# The demo's assessment is computed by the engine's SQL.
$(TOWNSHIP): $(GENERATOR_OBJECTS) $(BUILD)/assess.o
	$(LINK) $(CC) $(CFLAGS_ALL) -o $@ $^ $(shell $(PKG_CONFIG) --libs sqlite3 libjpeg libcrypto) -lm $(LDFLAGS)

# The generator looks for the schema beside itself.
$(BUILD)/schema.sql: fixtures/schema.sql
	@mkdir -p $(dir $@)
	@cp $< $@

# What a module's test programs share stands beside them in files that don't end in _test.c.
shared_objects = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %_test.c,$(wildcard $(dir $1)*.c)))

.SECONDEXPANSION:
$(TEST_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $$(call shared_objects,$$*) $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) -o $@ $^ -lcmocka -lz $(LIBS)

$(BENCH_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# --- run

# Each step is a make of its own: only after the first are compiler and libraries sure to be there.
.PHONY: run
run: ## print the demo township into out/: install what is missing, build, make the demo database, print
	@$(MAKE) --no-print-directory deps-run
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory fixtures
	$(DOSSIER) make

.PHONY: fixtures
fixtures: $(DEMO) ## make fixtures/demo.db and its photos, when missing or older than their generator

$(DEMO): $(TOWNSHIP) fixtures/schema.sql
	$(TOWNSHIP) --preset demo --schema fixtures/schema.sql $@

.PHONY: specimen
specimen: all ## print the specimen book of typesetting into out/specimen/
	@DOSSIER=$(abspath $(DOSSIER)) tests/specimen/print

# --- check

.PHONY: check
check: ## install what is missing, build, run every test
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory all tests fixtures
	@BUILD=$(BUILD) DOSSIER=$(abspath $(DOSSIER)) TOWNSHIP=$(abspath $(TOWNSHIP)) tests/run -j2

.PHONY: tests
tests: $(TEST_PROGRAMS) ## build the test programs and the demo that they read; tests/run [NAME…] runs them
ifeq ($(BUILD),.build)
tests: $(DEMO)
endif

.PHONY: check-fonts
check-fonts: all fixtures ## every glyph of the shipped faces coded, inflated, drawn by four readers, not a sample as in check (minutes)
	@$(MAKE) --no-print-directory $(BUILD)/tests/font/subset_test
	CHECK_FONTS=1 $(BUILD)/tests/font/subset_test
	CHECK_FONTS=1 TEST_CPU_S=1800 tests/run readers

.PHONY: manual
manual: all $(BUILD)/tests/layout/manual_test ## write the tables of layouts/README.md and layouts/layout.schema.json anew
	@DOSSIER_ACCEPT=1 $(BUILD)/tests/layout/manual_test >/dev/null 2>&1
	@$(DOSSIER) help schema >layouts/layout.schema.json

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer \
	-Wno-maybe-uninitialized # gcc is often wrong about it here

ASAN_MAKE = $(MAKE) --no-print-directory BUILD=.build-asan OPTIMISE="-O1 -g $(SANITIZE)"

# They recompute what the demo's papers say, by code that the other tests run under sanitizers too, and would take longer than all of those.
VALUE_TESTS := coverage figures marks papers truth

.PHONY: asan asan-build
asan: asan-build ## the tests but those of the papers' figures under AddressSanitizer and UndefinedBehaviorSanitizer
	@BUILD=.build-asan DOSSIER=$(abspath .build-asan/dossier) TOWNSHIP=$(abspath .build-asan/township) \
		TEST_CPU_S=600 tests/run -j2 $(VALUE_TESTS:%=--without=%)

asan-build:
	+@$(ASAN_MAKE) all tests

# .build-fuzz keeps the inputs that were found to reach something new.
FUZZ_TARGETS := layout rich picture svg font database csv sheet workbook
FUZZ_MAKE = $(MAKE) --no-print-directory BUILD=.build-fuzz CC=clang CFLAGS= \
	OPTIMISE="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"

.PHONY: fuzz fuzz-build
fuzz: fuzz-build ## each fuzz target of tests/fuzz for FUZZ_S=20 seconds
	@FUZZ_S=$(or $(FUZZ_S),20) tests/fuzz/run

fuzz-build:
	+@$(FUZZ_MAKE) $(FUZZ_TARGETS:%=.build-fuzz/tests/fuzz/%)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY)
	$(LINK) $(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LIBS)

.PHONY: valgrind
valgrind: all tests ## the tests under valgrind
	@DOSSIER=$(abspath $(DOSSIER)) TOWNSHIP=$(abspath $(TOWNSHIP)) TEST_CPU_S=1800 \
		WRAPPER="valgrind -q --error-exitcode=99 --leak-check=full" tests/run -j2

.PHONY: bench
bench: all fixtures $(BENCH_PROGRAMS) ## pages a CPU-second, memory, start from cold
	@DOSSIER=$(abspath $(DOSSIER)) TOWNSHIP=$(abspath $(TOWNSHIP)) BUILD=$(BUILD) tests/bench/run

C_FILES = $(shell find engine fixtures tests -name '*.[ch]')
# Of the tests those in Python are none of the shell's.
SCRIPTS = tests/run .ci/run engine/install/deb engine/install/print-papers engine/install/mail-report engine/install/print-shards \
	engine/install/postinst engine/install/prerm engine/install/postrm tests/install/package tests/install/chroot \
	$(wildcard tests/bench/run tests/fuzz/run tests/fuzz/*.sh) \
	$(shell find tests -name '*.test' -o -path 'tests/structure/check-*' | xargs grep -lE '^\#!.*(bash|/sh)')
CLANG_CFLAGS = $(filter-out -O2 -g,$(CFLAGS_ALL))

.PHONY: lint lint-format lint-dialect lint-clang lint-cppcheck lint-shell lint-man
lint: lint-format lint-dialect lint-clang lint-cppcheck lint-shell lint-man ## formatting, clang's warnings as errors, cppcheck, shellcheck, mandoc

# Version 15 knows braces around every body; Debian's plain one is 14.
CLANG_FORMAT := clang-format-15
# libclang as Python loads it doesn't know where its own stddef.h is.
DIALECT_FLAGS = $(CLANG_CFLAGS) -I$(firstword $(wildcard /usr/lib/llvm-15/lib/clang/*/include))

lint-format:
	$(CLANG_FORMAT) --dry-run -Werror $(C_FILES)

lint-dialect:
	printf '%s\n' $(filter %.c,$(C_FILES)) | xargs -P2 -n40 tests/structure/dialect $(DIALECT_FLAGS) --

lint-clang:
	printf '%s\n' $(filter %.c,$(C_FILES)) | xargs -P2 -n8 clang $(CLANG_CFLAGS) -Werror -fsyntax-only

lint-cppcheck:
	cppcheck --quiet --std=c11 --error-exitcode=1 --enable=warning,portability --inline-suppr \
		--suppress=missingIncludeSystem -Iengine -j2 engine

lint-shell:
	shellcheck -x -S warning $(SCRIPTS)

lint-man:
	mandoc -T lint -W warning $(MAN_PAGES)

.PHONY: format
format: ## all C files as the house writes them, in place
	tests/structure/dialect --mend $(DIALECT_FLAGS) -- $(filter %.c,$(C_FILES))
	$(CLANG_FORMAT) -i $(C_FILES)

# --- packages of Debian 12

RUN_PACKAGES := gcc libc6-dev make pkg-config libhpdf-dev libxml2-dev libsqlite3-dev libyaml-dev libharfbuzz-dev \
	libicu-dev libdeflate-dev libfontconfig-dev libzint-dev libjpeg62-turbo-dev libpng-dev libwebp-dev liblcms2-dev libxxhash-dev libzip-dev libxlsxwriter-dev libssl-dev libqpdf-dev \
	libcups2-dev libhyphen-dev hyphen-en-us fonts-noto-cjk fonts-lxgw-wenkai
CHECK_PACKAGES := libcmocka-dev zlib1g-dev sqlite3 valgrind qpdf poppler-utils libxml2-utils mupdf-tools zbar-tools strace unicode-data \
	jq fontconfig python3 python3-fonttools node-ajv node-yaml libjs-pdf chromium chromium-driver
# A print server of the tests' own, with its backends and filters.
CHECK_PACKAGES += cups cups-client cups-ipp-utils
# Opens and saves the collection workbooks, as every second school does; a minute to install without what it recommends.
CHECK_PACKAGES += libreoffice-calc-nogui
# Preflight, which says whether a PDF is PDF/A-1b; the two behind it are what it looks for and Debian doesn't name.
CHECK_PACKAGES += libpdfbox2-java libactivation-java libjaxb-api-java default-jre-headless
# Debian's, or whatever else runs JavaScript here.
CHECK_PACKAGES += $(shell command -v node >/dev/null || echo nodejs)
LINT_PACKAGES := clang libclang-rt-14-dev clang-format-15 python3-clang-15 libclang-common-15-dev cppcheck shellcheck mandoc

# dpkg-shlibdeps and dpkg-buildflags; lintian and systemd-analyze look at what was packed, debootstrap makes a Debian to try it in.
DEB_PACKAGES := dpkg-dev xz-utils lintian systemd mandoc debootstrap

# install-missing PACKAGES: installs by apt-get those that aren't there, and says which.
define install-missing
@missing=$$(for package in $(1); do \
	dpkg-query -W -f '$${db:Status-Status}\n' $$package 2>/dev/null | grep -qx installed || echo $$package; done); \
[ -z "$$missing" ] && exit 0; \
sudo=$$([ "$$(id -u)" -eq 0 ] || echo sudo); \
echo "installing by $$sudo apt-get:" $$missing; \
$$sudo apt-get -q update && \
$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $$missing
endef

.PHONY: deps deps-run deps-lint deps-deb
deps: ## install what building and testing need, only what is missing
	$(call install-missing,$(RUN_PACKAGES) $(CHECK_PACKAGES))

deps-run: # what building and printing need
	$(call install-missing,$(RUN_PACKAGES))

deps-lint: # what lint and fuzzing need
	$(call install-missing,$(LINT_PACKAGES))

deps-deb: # what packing and its checks need
	$(call install-missing,$(RUN_PACKAGES) $(DEB_PACKAGES))

# --- install

# Layouts are the site's own: those in $(SYSCONFDIR) are never overwritten; share/dossier/layouts has them as shipped.
SHARE = $(DESTDIR)$(PREFIX)/share/dossier/layouts
CONFIG = $(DESTDIR)$(SYSCONFDIR)/dossier/layouts
MAN = $(DESTDIR)$(PREFIX)/share/man
COMPLETIONS = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
MAN_PAGES = engine/command/dossier.1 engine/install/dossier-office.7

.PHONY: install
install: $(DOSSIER) ## PREFIX=/usr/local, DESTDIR; layouts go to /etc/dossier/layouts, where they may be changed
	$(INSTALL) -D -m 755 $(DOSSIER) $(DESTDIR)$(PREFIX)/bin/dossier
	$(INSTALL) -d $(SHARE) $(CONFIG)
	$(INSTALL) -m 644 layouts/*.yaml layouts/layout.schema.json $(SHARE)
	$(INSTALL) -m 644 engine/batch/manifest.rng engine/batch/piece.rng $(DESTDIR)$(PREFIX)/share/dossier
	$(INSTALL) -m 644 layouts/layout.schema.json $(CONFIG)
	for file in layouts/*.yaml; do \
		[ -e $(CONFIG)/$${file##*/} ] || $(INSTALL) -m 644 $$file $(CONFIG); done
	$(INSTALL) -d -m 700 $(DESTDIR)$(STATEDIR)/dossier
	$(INSTALL) -D -m 644 engine/command/dossier.1 $(MAN)/man1/dossier.1
	$(INSTALL) -D -m 644 engine/install/dossier-office.7 $(MAN)/man7/dossier-office.7
	$(INSTALL) -d $(MAN)/man5 $(COMPLETIONS)
	$(DOSSIER) help man >$(MAN)/man5/dossier-layout.5
	$(DOSSIER) help completion >$(COMPLETIONS)/dossier

.PHONY: uninstall
uninstall: ## takes away what install put there; layouts that were changed, and what was printed, stay
	for file in $(SHARE)/*.yaml; do \
		cmp -s $$file $(CONFIG)/$${file##*/} && rm -f $(CONFIG)/$${file##*/}; done; true
	rm -rf $(DESTDIR)$(PREFIX)/share/dossier $(CONFIG)/layout.schema.json
	rm -f $(DESTDIR)$(PREFIX)/bin/dossier $(MAN)/man1/dossier.1 $(MAN)/man5/dossier-layout.5 \
		$(MAN)/man7/dossier-office.7 $(COMPLETIONS)/dossier
	-rmdir --ignore-fail-on-non-empty $(CONFIG) $(dir $(CONFIG)) $(DESTDIR)$(STATEDIR)/dossier

# --- a package for Debian

# Built as Debian builds: hardened, and with nothing of the folder that it is built in.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1790000000)
DEB_FLAGS = DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --get
DEB_MAKE = $(MAKE) --no-print-directory BUILD=.build-deb PREFIX=/usr SYSCONFDIR=/etc STATEDIR=/var/lib \
	OPTIMISE="$$($(DEB_FLAGS) CFLAGS) $$($(DEB_FLAGS) CPPFLAGS)" LDFLAGS="$$($(DEB_FLAGS) LDFLAGS)"
DEB_STAGE = $(abspath .build-stage)
DEB = .build-deb/dossier_$(VERSION)_$(shell dpkg --print-architecture 2>/dev/null).deb

.PHONY: deb deb-build check-package check-deb
deb: deps-deb ## a package of Debian 12, with user, service, timer, man pages: .build-deb/dossier_*.deb
	+@$(MAKE) --no-print-directory deb-build
	@rm -rf $(DEB_STAGE)
	+@$(DEB_MAKE) -s install DESTDIR=$(DEB_STAGE)
	@STAGE=$(DEB_STAGE) SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH) engine/install/deb $(VERSION) $(DEB)
	@echo $(DEB)

deb-build:
	+@$(DEB_MAKE) .build-deb/dossier

check-package: deb ## the package held against lintian, its service against systemd-analyze, its man pages against mandoc; packed again
	@VERSION=$(VERSION) SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH) tests/install/package $(DEB) $(DEB_STAGE)

check-deb: deb fixtures ## install, upgrade, run, remove and purge the package in a fresh Debian 12 (debootstrap, as root; minutes)
	DEB=$(abspath $(DEB)) DEB_STAGE=$(DEB_STAGE) SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH) VERSION=$(VERSION) tests/install/chroot

.PHONY: check-cluster
check-cluster: all ## print-shards on a Slurm of two nodes started here, one of which is killed (as root; minutes)
	$(call install-missing,slurmctld slurmd slurm-client munge)
	DOSSIER=$(abspath $(DOSSIER)) TOWNSHIP=$(abspath $(TOWNSHIP)) tests/install/cluster

.PHONY: clean
clean: ## what make built; fixtures and out/ stay
	rm -rf .build .build-asan .build-deb .build-stage .build-fuzz $(BUILD) engine/dossier fixtures/township

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12
