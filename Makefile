# okrbook: CSV exports of goals and check-ins -> one board-ready workbook.
#
#   make            the program, at build/okrbook
#   make setup      the packages that building and the demo need      make setup-tests   those that the tests need besides
#   make demo       a finished workbook out of samples/                make test          every test
#   make help       all the other targets
#
# SANITIZE=address,undefined builds into a folder of its own; WERROR=1 makes warnings errors; V=1 shows commands.

.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1) # a -j on the command line wins
endif

CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
PREFIX ?= /usr/local
DESTDIR ?=
SANITIZE ?=
COVER ?=
CFLAGS ?= -O2 -g
comma := ,

MODE := $(notdir $(CC))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))$(if $(COVER),-cover)
OUT := build/$(MODE)
Q := $(if $(V),,@)

# Asked for when the first recipe needs them, so that `make setup demo` works where the packages are still missing.
PKGS := xlsxwriter libpcre2-8 jansson libutf8proc minizip nettle
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -lcsv -lm)$(PKG_LIBS)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-Wcast-qual -Wvla -Wundef -Wformat=2 -Wnull-dereference -Wimplicit-fallthrough -Wswitch-enum
OKB_CFLAGS := -std=c11 -D_DEFAULT_SOURCE -D_FILE_OFFSET_BITS=64 -fno-common -Iinclude $(WARNINGS) $(if $(WERROR),-Werror)
SAN_FLAGS := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -DOKB_SANITIZED)
COVER_FLAGS := $(if $(COVER),-O0 --coverage -fprofile-abs-path)
COMPILE = $(CC) $(OKB_CFLAGS) $(PKG_CFLAGS) $(SAN_FLAGS) $(CFLAGS) $(COVER_FLAGS)

# ---- packages -------------------------------------------------------------------------------------------------

BUILD_PACKAGES := gcc libc6-dev make pkg-config libxlsxwriter-dev libcsv-dev libpcre2-dev libutf8proc-dev \
	libjansson-dev libminizip-dev nettle-dev
# In order: unit tests, compilers and checkers, independent readers of the workbook, fonts for its pictures, the rest.
TEST_PACKAGES := libcmocka-dev clang libclang-rt-dev clang-format clang-tidy cppcheck valgrind shellcheck strace \
	python3 python3-openpyxl libreoffice-calc-nogui gnumeric libxml2-utils poppler-utils unzip \
	fonts-dejavu-core fonts-liberation fonts-crosextra-carlito bash man-db groff-base systemd zsh fish

SETUP_GOALS := $(filter setup setup-tests,$(MAKECMDGOALS))

.PHONY: setup setup-tests
setup:
	$(Q)sh tests/tools/setup.sh $(BUILD_PACKAGES)
# One package manager at a time.
setup-tests: | $(filter setup,$(SETUP_GOALS))
	$(Q)sh tests/tools/setup.sh $(TEST_PACKAGES)

# ---- rooms ----------------------------------------------------------------------------------------------------

ROOMS := base plan os read normalize judge score review write
SRC_pipeline := $(wildcard src/*.c)
SRC_cli := $(wildcard src/cli/*.c)
TABLES := $(sort $(wildcard src/tables/*.csv))
$(foreach room,$(ROOMS),$(eval SRC_$(room) := $(wildcard src/$(room)/*.c)))
LIBS_IN_ORDER := $(foreach room,pipeline write review score judge normalize read os plan base,$(OUT)/lib/$(room).a) \
	$(OUT)/lib/tables.a
HEADERS := $(wildcard include/okrbook/*.h)

.PHONY: all
all: build/okrbook

define room_rules
OBJ_$(1) := $$(patsubst src/%.c,$(OUT)/obj/%.o,$$(SRC_$(1)))
$(OUT)/lib/$(1).a: $$(OBJ_$(1)) | $(OUT)/lib
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$^
endef
$(foreach room,$(ROOMS) pipeline cli,$(eval $(call room_rules,$(room))))

$(OUT)/okrbook: $(OUT)/lib/cli.a $(LIBS_IN_ORDER)
	@echo "  link   $@"
	$(Q)$(CC) $(SAN_FLAGS) $(CFLAGS) $(COVER_FLAGS) $(LDFLAGS) -o $@ $(OBJ_cli) $(LIBS_IN_ORDER) $(PKG_LIBS)

build/okrbook: $(OUT)/okrbook
	$(Q)cp -f $< $@

$(OUT)/obj/%.o: src/%.c $(OUT)/flags | $(OUT)/obj
	@mkdir -p $(@D)
	@echo "  cc     $<"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# The editable tables, compiled in byte for byte.
$(OUT)/obj/tables.c: $(TABLES) Makefile | $(OUT)/obj
	@echo "  table  $@"
	$(Q){ echo '#include "okrbook/tables.h"'; \
	  i=0; for t in $(TABLES); do \
	    printf 'static const unsigned char table_%d[] = {' $$i; od -An -v -tx1 $$t | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'; \
	    echo '0};'; i=$$((i + 1)); done; \
	  echo 'const okb_builtin okb_builtins[] = {'; \
	  i=0; for t in $(TABLES); do printf '{"%s", table_%d, sizeof table_%d - 1},\n' $${t##*/} $$i $$i; i=$$((i + 1)); done; \
	  echo '{0, 0, 0}};'; } > $@
$(OUT)/obj/tables.o: $(OUT)/obj/tables.c
	$(Q)$(COMPILE) -c -o $@ $<
$(OUT)/lib/tables.a: $(OUT)/obj/tables.o | $(OUT)/lib
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# A changed compiler or flag rebuilds everything; nothing else does.
# In `make setup demo` all compiling waits for the packages.
$(OUT)/flags: force | $(OUT)/obj $(SETUP_GOALS)
	@echo '$(COMPILE)' | cmp -s - $@ || echo '$(COMPILE)' > $@
.PHONY: force
force:

$(OUT)/obj $(OUT)/lib $(OUT)/tests:
	@mkdir -p $@

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

# ---- tests ----------------------------------------------------------------------------------------------------

# tests/unit/test_<room>_<what>.c is linked with that room and the rooms below the stages, so a stage's tests
# prove that it stands alone. Tests of the pipeline get everything.
UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
below := read os plan base
unit_room = $(word 2,$(subst _, ,$(1)))
unit_libs = $(if $(filter pipeline,$(call unit_room,$(1))),$(LIBS_IN_ORDER),$(patsubst %,$(OUT)/lib/%.a,\
	$(filter-out $(below),$(call unit_room,$(1))) $(below) tables))

define unit_rule
$(OUT)/tests/$(1): tests/unit/$(1).c $(call unit_libs,$(1)) | $(OUT)/tests
	@echo "  test   $(1)"
	$$(Q)$$(COMPILE) -Wno-missing-prototypes -Itests/unit -MMD -MP -o $$@ $$< $(call unit_libs,$(1)) $$(LDFLAGS) $$(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT),$(eval $(call unit_rule,$(t))))

# make unit ROOM=judge builds and runs the tests of one room.
UNIT_WANTED = $(foreach t,$(if $(ROOM),$(filter test_$(ROOM)_%,$(UNIT)),$(UNIT)),$(OUT)/tests/$(t))
.PHONY: unit cases bless everything
unit: $(UNIT_WANTED)
	$(Q)tests/tools/run_unit.sh $^
# make cases CASE=usage runs one area, CASE=usage/help one case; make bless CASE=... rewrites what they expect.
cases: build/okrbook
	$(Q)BUILD=$(OUT) tests/tools/run_cases.sh $(CASE)
bless: build/okrbook
	$(Q)BUILD=$(OUT) tests/tools/bless.sh $(CASE)
# Preload libraries that let one call fail.
FAULT_LIBS := $(patsubst tests/fault/%.c,$(OUT)/fault/%.so,$(wildcard tests/fault/fail*.c))
$(OUT)/fault/%.so: tests/fault/%.c $(OUT)/flags
	@mkdir -p $(@D)
	@echo "  fault  $@"
	$(Q)$(CC) -std=c11 $(WARNINGS) $(if $(WERROR),-Werror) $(CFLAGS) -fPIC -shared -o $@ $< -ldl

# tests/fuzz/fuzz_<room>[_<what>].c is linked as that room's unit tests are.
FUZZ := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60
FUZZ_MODE := CC=clang SANITIZE=fuzzer-no-link$(comma)address$(comma)undefined
define fuzz_rule
$(OUT)/fuzz/$(1): tests/fuzz/$(1).c $(call unit_libs,$(1))
	@mkdir -p $$(@D)
	@echo "  fuzz   $(1)"
	$$(Q)$$(COMPILE) -fsanitize=fuzzer -o $$@ $$< $(call unit_libs,$(1)) $$(LDFLAGS) $$(PKG_LIBS)
endef
$(foreach t,$(FUZZ),$(eval $(call fuzz_rule,$(t))))
.PHONY: fuzz-targets fuzz
fuzz-targets: $(patsubst %,$(OUT)/fuzz/%,$(FUZZ))
# FUZZ_SECONDS=600 for each target; the short form is part of make test.
fuzz:
	@$(MAKE) --no-print-directory $(FUZZ_MODE) fuzz-targets
	$(Q)tests/fuzz/run.sh $(FUZZ_SECONDS)

# All that a compiler has to do for one mode, in a folder of its own.
everything: $(OUT)/okrbook $(patsubst %,$(OUT)/tests/%,$(UNIT)) $(FAULT_LIBS)

# A step is NAME=COMMAND and prints TAP; tests/tools/run_tests.sh adds them up. The long ones stand first.
SANITIZED := build/gcc-address-undefined
QUICK_STEPS = "layers=tests/tools/check_layers.sh $(OUT)/lib" \
	"headers=tests/tools/check_headers.sh $(COMPILE)" \
	"options=tests/tools/check_options.py build/okrbook" \
	"settings=tests/tools/check_settings.py" \
	"rules=tests/tools/rules_doc.py" \
	"unit=tests/tools/run_unit.sh $(patsubst %,$(OUT)/tests/%,$(UNIT))" \
	"cases=tests/tools/run_cases.sh"
STEPS = "san-cases=BUILD=$(SANITIZED) tests/tools/run_cases.sh" \
	$(if $(wildcard tests/workbook/run.sh),"workbook=tests/workbook/run.sh build/okrbook") \
	"valgrind=tests/tools/check_valgrind.sh build/okrbook" \
	"fault=tests/fault/run.sh $(OUT) smoke" \
	"san-unit=tests/tools/run_unit.sh $(patsubst %,$(SANITIZED)/tests/%,$(UNIT))" \
	$(if $(wildcard tests/fuzz/run.sh),"fuzz=tests/fuzz/run.sh smoke") \
	"repeat=tests/tools/check_repeat.sh build/okrbook" \
	"corpus=tests/tools/check_corpus.sh build/okrbook" \
	"oracle=tests/tools/oracle_test.sh build/okrbook" \
	"install=tests/tools/check_install.sh" \
	"docs=tests/tools/check_docs.py build/okrbook" \
	"style=tests/tools/check_style.sh" $(QUICK_STEPS)

.PHONY: test test-quick
test: build/okrbook everything
	@$(MAKE) --no-print-directory CC=gcc SANITIZE=address,undefined WERROR=1 everything
	@$(MAKE) --no-print-directory CC=clang WERROR=1 everything
	@$(MAKE) --no-print-directory $(FUZZ_MODE) fuzz-targets
	@tests/tools/run_tests.sh build/test $(STEPS)
# A developer's round: under a minute.
test-quick: build/okrbook everything
	@tests/tools/run_tests.sh build/test $(QUICK_STEPS)

# ---- single checks --------------------------------------------------------------------------------------------

C_FILES := $(wildcard src/*.[ch] src/*/*.[ch] include/okrbook/*.h tests/*/*.[ch])

# make torture FOLDER=... gives the program every file of a folder of hostile ones.
.PHONY: torture
torture: build/okrbook
	$(Q)tests/tools/torture.sh build/okrbook $(FOLDER)

# make corpus CORPUS=FILE also judges labelled statements of your own.
.PHONY: corpus
corpus: build/okrbook
	$(Q)for file in tests/corpus/*.csv $(CORPUS); do echo "== $$file"; build/okrbook judge --corpus $$file || exit 1; done

.PHONY: check-layers check-headers repeat valgrind fault bench bench-judge format format-check tidy cppcheck cover
check-layers: build/okrbook
	$(Q)tests/tools/check_layers.sh $(OUT)/lib
check-headers:
	$(Q)tests/tools/check_headers.sh $(COMPILE)
repeat: build/okrbook
	$(Q)tests/tools/check_repeat.sh build/okrbook
valgrind: build/okrbook
	$(Q)tests/tools/check_valgrind.sh build/okrbook
# Every call fails once, and from then on; the quick form is part of make test.
fault: build/okrbook everything
	$(Q)tests/fault/run.sh $(OUT) full
# BENCH=SML also runs a million goals.
BENCH ?= SM
bench: build/okrbook $(OUT)/bench/gen $(OUT)/bench/floor $(OUT)/bench/measure
	$(Q)tests/bench/bench.sh $(OUT)/bench $(BENCH)
$(OUT)/bench/%: tests/bench/%.c $(OUT)/flags
	@mkdir -p $(@D)
	@echo "  bench  $@"
	$(Q)$(COMPILE) -o $@ $(filter %.c,$^) $(PKG_LIBS)
$(OUT)/bench/floor: tests/bench/cells.c tests/bench/cells.h
# What one statement costs; STATEMENTS=FILE judges others.
STATEMENTS ?= tests/corpus/field.csv
bench-judge: $(OUT)/bench/judge
	$(Q)$< $(STATEMENTS)
$(OUT)/bench/judge: tests/bench/judge.c $(OUT)/flags $(foreach room,judge read os plan base tables,$(OUT)/lib/$(room).a)
	@mkdir -p $(@D)
	@echo "  bench  $@"
	$(Q)$(COMPILE) -o $@ $(filter %.c %.a,$^) $(PKG_LIBS)
format:
	$(Q)clang-format -i $(C_FILES)
format-check:
	$(Q)clang-format --dry-run -Werror $(C_FILES)
# What the compilers' own warnings cover better is left out.
tidy:
	$(Q)clang-tidy --quiet --warnings-as-errors='*' \
	  --checks='-*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-bugprone-narrowing-conversions,-bugprone-macro-parentheses,-clang-analyzer-valist.*,-clang-analyzer-optin.performance.*,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling' \
	  $(wildcard src/*.c src/*/*.c) -- $(OKB_CFLAGS) $(PKG_CFLAGS)
cppcheck:
	$(Q)cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
	  --suppress=uninitvar:src/os/jobs.c -Iinclude src
# Lines reached by the unit tests and the cases, room by room.
cover:
	$(Q)tests/tools/cover.sh

# ---- demo -----------------------------------------------------------------------------------------------------

# The command of samples/README.md.
DEMO_ORG := Fennimoor Instruments
DEMO_AS_OF := 2026-08-28
.PHONY: demo pictures
demo: build/okrbook
	$(Q)tests/tools/demo.sh build/okrbook build/demo "$(DEMO_ORG)" $(DEMO_AS_OF)
# Each sheet of that workbook as it prints, in build/pictures.
pictures: build/okrbook
	$(Q)tests/tools/pictures.sh build/okrbook build/pictures "$(DEMO_ORG)" $(DEMO_AS_OF)

# ---- installing -----------------------------------------------------------------------------------------------

bindir := $(DESTDIR)$(PREFIX)/bin
sharedir := $(DESTDIR)$(PREFIX)/share
docdir := $(sharedir)/doc/okrbook
# PREFIX/lib/systemd/system is on systemd's path for /usr and /usr/local.
unitdir := $(DESTDIR)$(PREFIX)/lib/systemd/system
INSTALLED := $(bindir)/okrbook $(sharedir)/man/man1/okrbook.1 \
	$(sharedir)/bash-completion/completions/okrbook $(sharedir)/zsh/site-functions/_okrbook \
	$(sharedir)/fish/vendor_completions.d/okrbook.fish \
	$(unitdir)/okrbook.service $(unitdir)/okrbook.timer \
	$(docdir)/okrbook.cron $(docdir)/LICENSE $(docdir)/README.md $(docdir)/CHANGELOG.md $(docdir)/operations.md

.PHONY: install uninstall deb
install: build/okrbook
	$(Q)install -d $(sort $(dir $(INSTALLED)))
	$(Q)install -m 755 build/okrbook $(bindir)/okrbook
	$(Q)install -m 644 docs/okrbook.1 $(sharedir)/man/man1/okrbook.1
	$(Q)install -m 644 docs/install/okrbook.bash $(sharedir)/bash-completion/completions/okrbook
	$(Q)install -m 644 docs/install/okrbook.zsh $(sharedir)/zsh/site-functions/_okrbook
	$(Q)install -m 644 docs/install/okrbook.fish $(sharedir)/fish/vendor_completions.d/okrbook.fish
	$(Q)sed 's,@PREFIX@,$(PREFIX),' docs/install/okrbook.service > $(unitdir)/okrbook.service
	$(Q)chmod 644 $(unitdir)/okrbook.service
	$(Q)install -m 644 docs/install/okrbook.timer $(unitdir)/okrbook.timer
	$(Q)install -m 644 docs/install/okrbook.cron LICENSE README.md docs/CHANGELOG.md docs/operations.md $(docdir)
# Exactly what install put there, and the one folder that is okrbook's own; of a staging folder the empty ones too.
uninstall:
	$(Q)rm -f $(INSTALLED)
	$(Q)if [ -n "$(DESTDIR)" ]; then rmdir -p --ignore-fail-on-non-empty $(sort $(dir $(INSTALLED))) 2>/dev/null || :; \
	  elif [ -d $(docdir) ]; then rmdir $(docdir); fi
deb: build/okrbook
	+$(Q)tests/tools/deb.sh build/deb

# ---- the rest -------------------------------------------------------------------------------------------------

.PHONY: help clean
help:
	@sed -n 's/^#   make/  make/p' Makefile
	@echo '  make unit [ROOM=judge] · cases [CASE=usage/help] · test-quick · check-layers · check-headers · repeat · valgrind'
	@echo '  make fault · fuzz · torture FOLDER=... · bench [BENCH=SML] · bench-judge · cover · format · format-check · tidy · cppcheck'
	@echo '  make pictures · install [PREFIX=/usr DESTDIR=...] · uninstall · deb · clean'
clean:
	rm -rf build
