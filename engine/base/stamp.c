/* stamp.c: see stamp.h. The linker writes a hash of what it links into each program and library (build-id, a note in the ELF file), which
 * lies in memory: https://sourceware.org/binutils/docs/ld/Options.html. */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "base/stamp.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

enum { DEEPEST = 8, READ_MOST = 1 << 20 };

static bool add_status(struct hash_stream *stream, const char *path, struct stat *status) {
    const bool there = stat(path, status) == 0;
    const int64_t facts[] = {there,
                             there ? (int64_t)status->st_ino : 0,
                             there ? (int64_t)status->st_size : 0,
                             there ? status->st_mtim.tv_sec : 0,
                             there ? status->st_mtim.tv_nsec : 0,
                             there ? status->st_ctim.tv_sec : 0,
                             there ? status->st_ctim.tv_nsec : 0};
    hash_add(stream, path, strlen(path) + 1);
    hash_add(stream, facts, sizeof facts);
    return there;
}

void stamp_file(struct hash_stream *stream, const char *path) {
    struct stat status;
    add_status(stream, path, &status);
}

/* False: there are folders in it that lie too deep. */
static bool add_folder(struct hash_stream *stream, struct arena *arena, const char *path, int depth) {
    struct str *names = NULL;
    size_t count = 0;
    struct stat status;
    bool whole = true;
    folder_list(arena, path, STR_NONE, &names, &count); /* one that isn't there has no names */
    hash_add(stream, &count, sizeof count);
    for (size_t i = 0; i < count; i++) {
        const char *inside = str_c(arena, str_printf(arena, "%s/%.*s", path, STR_ARG(names[i])));
        if (add_status(stream, inside, &status) && S_ISDIR(status.st_mode)) {
            whole = depth < DEEPEST && add_folder(stream, arena, inside, depth + 1) && whole;
        }
    }
    return whole;
}

bool stamp_folder(struct hash_stream *stream, const char *path) {
    struct arena *arena = arena_create();
    hash_add(stream, path, strlen(path) + 1);
    const bool whole = add_folder(stream, arena, path, 0);
    arena_destroy(arena);
    return whole;
}

void stamp_file_bytes(struct hash_stream *stream, const char *path) {
    struct arena *arena = arena_create();
    struct str bytes = STR_NONE;
    if (file_read(arena, path, READ_MOST, &bytes) != 0) {
        stamp_file(stream, path);
    }
    hash_add(stream, &bytes.n, sizeof bytes.n);
    hash_add(stream, bytes.p, bytes.n);
    arena_destroy(arena);
}

void stamp_bytes(struct hash_stream *stream, const char *path) {
    struct arena *arena = arena_create();
    struct str *names = NULL;
    size_t count = 0;
    folder_list(arena, path, STR_NONE, &names, &count);
    for (size_t i = 0; i < count; i++) {
        hash_add(stream, names[i].p, names[i].n + 1);
        stamp_file_bytes(stream, str_c(arena, str_printf(arena, "%s/%.*s", path, STR_ARG(names[i]))));
    }
    arena_destroy(arena);
}

/* --- the program -------------------------------------------------------------------------------------------------- */

/* The kernel's own piece is no part of the program. */
static bool is_kernels(const char *name) {
    return strstr(name, "linux-vdso") != NULL || strstr(name, "linux-gate") != NULL;
}

static void add_notes(struct hash_stream *stream, const char *at, size_t size) {
    while (size >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) head;
        memcpy(&head, at, sizeof head);
        const size_t name = (head.n_namesz + 3U) & ~(size_t)3, text = (head.n_descsz + 3U) & ~(size_t)3;
        if (name > size || text > size || sizeof head + name + text > size) {
            return;
        }
        if (head.n_type == NT_GNU_BUILD_ID) {
            hash_add(stream, at + sizeof head + name, head.n_descsz);
        }
        at += sizeof head + name + text;
        size -= sizeof head + name + text;
    }
}

static int add_object(struct dl_phdr_info *object, size_t size, void *stream) {
    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum && !is_kernels(object->dlpi_name); i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type == PT_NOTE) {
            add_notes(stream, (const char *)(object->dlpi_addr + part->p_vaddr), part->p_memsz);
        }
    }
    return 0;
}

void stamp_program(struct hash_stream *stream) {
    dl_iterate_phdr(add_object, stream);
}
