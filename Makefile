# dossier: `make run` prints the demo township, `make check` runs every test. `make help` lists the rest.

PREFIX ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0
BUILD ?= .build
CC ?= cc
MODULES := base data layout resolve filter font image page text draw compose bindery pdf batch command

PACKAGES := libxml-2.0 sqlite3 yaml-0.1 harfbuzz harfbuzz-subset icu-uc icu-i18n libdeflate fontconfig libqrencode libjpeg libpng libxxhash
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wstrict-prototypes -Wmissing-prototypes
OPTIMISE ?= -O2 -g
CFLAGS_ALL = -std=c17 -D_POSIX_C_SOURCE=200809L -DDOSSIER_VERSION='"$(VERSION)"' -Iengine $(WARNINGS) $(OPTIMISE) -pthread \
	$(shell pkg-config --cflags $(PACKAGES)) $(CFLAGS)
# libharu ships no .pc file on Debian 12.
LIBS = $(shell pkg-config --libs $(PACKAGES)) -lhpdf -lz -lm -pthread $(LDFLAGS)

SOURCES := $(foreach m,$(MODULES),$(wildcard engine/$(m)/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MAIN := $(BUILD)/engine/command/main.o
LIBRARY := $(BUILD)/libdossier.a
GENERATOR_SOURCES := $(wildcard fixtures/generator/*.c)
GENERATOR_OBJECTS := $(GENERATOR_SOURCES:%.c=$(BUILD)/%.o)

.PHONY: all
all: engine/dossier fixtures/township

engine/dossier: $(MAIN) $(LIBRARY)
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(LIBRARY): $(filter-out $(MAIN),$(OBJECTS))
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(dir $@)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

fixtures/township: $(GENERATOR_OBJECTS)
	$(CC) $(OPTIMISE) -o $@ $^ $(shell pkg-config --libs sqlite3 libjpeg) -lm

-include $(OBJECTS:.o=.d) $(GENERATOR_OBJECTS:.o=.d)

.PHONY: clean
clean:
	rm -rf $(BUILD) engine/dossier fixtures/township
