#include "count.h"

#include <inttypes.h>

void count_add(struct buf *out, uint64_t count)
{
    if (count >= 1000) {
        count_add(out, count / 1000);
        buf_printf(out, ",%03" PRIu64, count % 1000);
    } else {
        buf_printf(out, "%" PRIu64, count);
    }
}
