/* work.c: the bytes that SQLite has asked for since the program began.
 *
 * A step of its machine may be a function over a cell of many megabytes, so steps alone bound no query: hex(zeroblob(15000000)) is a
 * few of them. What a query asks for altogether is the same on every machine, unlike the time that it takes. */
#include "data/session.h"

static sqlite3_mem_methods usual;
static int64_t bytes;

static void *take(int size) {
    bytes += size;
    return usual.xMalloc(size);
}

static void *resize(void *memory, int size) {
    bytes += size;
    return usual.xRealloc(memory, size);
}

void work_begin(void) {
    if (usual.xMalloc != NULL || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
        return;
    sqlite3_mem_methods counting = usual;
    counting.xMalloc = take;
    counting.xRealloc = resize;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &counting); /* refused, and nothing counted, when SQLite is already in use */
}

int64_t work_bytes(void) {
    return bytes;
}
