/* shard.c: which documents are of this shard. */
#include "batch/shard.h"

#include "base/hash.h"

static bool is_mine(struct press *press, const struct printing *printing, const struct plan *plan,
                    const struct planned *planned) {
    const struct job *job = press->run.job;
    const struct str school = plan_school(&press->run, printing, plan, planned);
    const struct str key = school.n > 0 ? school : planned->path;
    return hash_bytes(key.p, key.n).low % (uint64_t)job->shards == (uint64_t)job->shard - 1;
}

void shard_choose(struct press *press) {
    if (press->run.job->shards == 0) {
        return;
    }
    press->chosen = 0;
    for (size_t i = 0; i < press->count; i++) {
        struct plan *plan = &press->plans[i];
        plan->chosen = 0;
        for (size_t d = 0; d < plan->count; d++) {
            struct planned *planned = &plan->items[d];
            planned->chosen = planned->chosen && is_mine(press, &press->printings[i], plan, planned);
            plan->chosen += planned->chosen;
        }
        press->chosen += plan->chosen;
    }
}

static bool is_noted(const struct manifest *manifest, const struct printing *printing) {
    for (size_t i = 0; i < manifest->notice_count; i++) {
        if (str_eq(manifest->notices[i].folder, printing->folder) &&
            str_eq(manifest->notices[i].layout, printing->layout->name)) {
            return true;
        }
    }
    return false;
}

void shard_note_layouts(struct press *press) {
    struct manifest *manifest = &press->manifest;
    for (size_t i = 0; i < press->count && press->run.job->shards > 0; i++) {
        if (!is_noted(manifest, &press->printings[i])) {
            *manifest_add_notice(manifest) =
                (struct notice){.layout = press->printings[i].layout->name, .folder = press->printings[i].folder};
        }
    }
}
