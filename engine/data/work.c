/* work.c: the memory that SQLite has asked for since the program began, and the memory it holds.
 *
 * A step of SQLite's machine may be a function over a cell of many megabytes, so steps alone bound no query:
 * hex(zeroblob(15000000)) takes few. The memory a query asks for altogether is the same on every machine, unlike its
 * time. SQLite's own count is kept behind a lock and takes several calls for each allocation; this one replaces it. */
#include "data/session.h"

static sqlite3_mem_methods usual;
static int64_t asked, held;
static bool counts;

static void *take(int size) {
    void *memory = usual.xMalloc(size);
    asked += size;
    held += memory == NULL ? 0 : usual.xSize(memory);
    return memory;
}

static void *resize(void *memory, int size) {
    const int before = usual.xSize(memory);
    void *resized = usual.xRealloc(memory, size);
    asked += size;
    held += resized == NULL ? 0 : usual.xSize(resized) - before;
    return resized;
}

static void give_back(void *memory) {
    held -= usual.xSize(memory);
    usual.xFree(memory);
}

void work_begin(void) {
    if (usual.xMalloc != NULL || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK) {
        return;
    }
    sqlite3_mem_methods counting = usual;
    counting.xMalloc = take;
    counting.xRealloc = resize;
    counting.xFree = give_back;
    /* Refused when SQLite is already in use: then its own count stands, and nothing is known about memory asked for. */
    counts = sqlite3_config(SQLITE_CONFIG_MALLOC, &counting) == SQLITE_OK &&
             sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

int64_t work_asked(void) {
    return asked;
}

int64_t work_held(void) {
    return counts ? held : sqlite3_memory_used();
}
