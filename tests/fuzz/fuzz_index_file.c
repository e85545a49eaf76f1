/*
 * Feeds any bytes to what reads an index file. The first byte chooses: the bytes as a whole file, or as sections with sound
 * checksums, each with a byte for its name and two for its size. For libFuzzer: clang -g -O1
 * -fsanitize=fuzzer,address,undefined with this file and src/{base,article,library,index,search}.
 */
#include <string.h>

#include "lectern/index_file.h"
#include "lectern/mem.h"
#include "lectern/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    "library",  "texts",    "articles", "missing",  "files",    "problems", "subjects", "keywords", "ids",
    "urls",     "titles",   "unmet",    "aliases",  "artfiles", "artfile",  "artsubjs", "artsubj",  "artkeys",
    "artkey",   "artlinks", "artlink",  "referenc", "refsrcs",  "refsrc",   "tgtrefs",  "tgtref",   "topics",
    "topictxt", "topicart", "words",    "terms",    "termtext", "lists",    "postings", "docs",     "stems",
    "frames",   "frame",    "hots",     "hotbits",  "hotlists", "overlay",  "otexts",   "onumbers", "oadded",
    "osuccess", "ogone",    "ofiles",   "oproblem", "otaken",   "osubject", "onewsubj", "oled",     "odled",
    "otargets", "otgtrefs", "otgtref",  "oabsent",  "oids",     "ourls",    "otitles",
};

static void use_catalogue(const struct catalogue *catalogue)
{
    size_t count, bytes = 0;
    struct arena arena = {0};
    for (uint32_t i = 0; i <= catalogue_count(catalogue) + catalogue_missing(catalogue); i++) {
        bytes += catalogue_title(catalogue, i).len + catalogue_date(catalogue, i).len;
        catalogue_find_id(catalogue, catalogue_id(catalogue, i));
        catalogue_find_url(catalogue, catalogue_url(catalogue, i));
        for (size_t l = 0; l < catalogue_count_links(catalogue, i); l++)
            bytes += catalogue_title(catalogue, catalogue_link_of(catalogue, i, l).target).len;
        catalogue_backlinks(catalogue, i, &arena, &count);
        arena_reset(&arena);
        for (size_t s = 0; s < catalogue_count_subjects(catalogue, i); s++)
            bytes += catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, i, s)).len;
    }
    for (uint32_t i = 0; i <= catalogue_file_count(catalogue); i++)
        bytes += catalogue_file(catalogue, i).path.len;
    for (size_t i = 0; i <= catalogue_problem_count(catalogue); i++)
        bytes += catalogue_problem(catalogue, i).message.len;
    arena_free(&arena);
    mem_free(mem_alloc(bytes % 64));
}

/* Every topic is met once, in the way in which the tree pane goes. */
static void use_topics(const struct topic_tree *tree)
{
    uint32_t met = 1, number = tree->topics[0].first_child;
    while (number != TOPIC_NONE) {
        if (++met > tree->count)
            __builtin_trap();
        if (tree->topics[number].first_child != TOPIC_NONE) {
            number = tree->topics[number].first_child;
            continue;
        }
        while (number != 0 && tree->topics[number].next == TOPIC_NONE)
            number = tree->topics[number].parent;
        number = number == 0 ? TOPIC_NONE : tree->topics[number].next;
    }
}

/* Read in order and by leaps, postings rise and stay below the number of documents. */
static void use_index(struct index *index)
{
    uint32_t positions[8], documents = index_document_count(index);
    size_t count;
    for (uint32_t term = 0; term <= index_term_count(index); term++) {
        struct posting_reader reader = index_postings(index, term);
        struct posting posting;
        uint32_t least = 0;
        while (term % 2 ? index_next_posting(&reader, &posting)
                        : index_seek_posting(&reader, least + term % 5, &posting)) {
            if (posting.document < least || posting.document >= documents)
                __builtin_trap();
            least = posting.document + 1;
            if (index_positions(&reader, positions, 8))
                index_position_field(index, posting.document, positions[0]);
        }
        index_find_stem(index, index_term(index, term), &count);
    }
    struct index_hot hot;
    struct posting posting;
    for (uint32_t term = 0; term < index_term_count(index); term++)
        if (index_find_hot(index, str_slice(index_term(index, term), 0, 1), &hot))
            while (index_next_posting(&hot.strong, &posting))
                count += hot.bitmap[posting.document / 64];
    mem_free(mem_alloc(count % 64));
    struct index_texts *texts = index_texts_new(index);
    struct str text;
    for (uint32_t document = 0; document <= documents; document++)
        if (!index_text(texts, document, &text) && text.len)
            __builtin_trap();
    index_texts_free(texts);
}

static void use(const struct index_parts *parts)
{
    struct arena arena = {0};
    struct search_results results;
    if (parts->catalogue)
        use_catalogue(parts->catalogue);
    if (parts->tree)
        use_topics(parts->tree);
    if (parts->index)
        use_index(parts->index);
    if (parts->catalogue && parts->index) {
        static const char *const texts[] = {"a", "the liver ", "\"the liver\" OR livre -has:code"};
        struct segments *segments = segments_single(parts->index);
        struct search_scratch *scratch = search_scratch_new();
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            struct query query;
            query_parse(&arena, str_from(texts[i]), true, &query, NULL);
            search_run(parts->catalogue, segments, &query, 10, NULL, scratch, &arena, &results);
        }
        search_scratch_free(scratch);
        segments_release(segments);
    }
    arena_free(&arena);
}

static struct image *sections(const uint8_t *data, size_t size)
{
    struct image *image = image_new();
    while (size >= 3) {
        size_t len = (size_t)data[1] | (size_t)data[2] << 8;
        const char *name = names[data[0] % (sizeof names / sizeof *names)];
        data += 3;
        size -= 3;
        len = len < size ? len : size;
        void *block = mem_alloc(len);
        memcpy(block, data, len);
        image_take(image, name, block, len);
        data += len;
        size -= len;
    }
    return image;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct index_parts parts = {0};
    struct err err;
    if (size == 0)
        return 0;
    if (data[0] % 2) {
        struct image *image = sections(data + 1, size - 1);
        parts = (struct index_parts){
            .catalogue = catalogue_open(image), .tree = topics_open(image), .index = index_open(image)};
        use(&parts);
        /* What belongs to itself may be a delta, too. */
        struct catalogue *both = parts.catalogue ? catalogue_open_delta(parts.catalogue, image) : NULL;
        if (both)
            use_catalogue(both);
        catalogue_release(both);
        image_release(image);
        index_parts_free(&parts);
        return 0;
    }
    uint64_t *bytes = mem_calloc(size / 8 + 1, sizeof *bytes);
    memcpy(bytes, data + 1, size - 1);
    if (index_file_open_bytes((struct str){(const char *)bytes, size - 1}, STR("/r\0\0"), &parts, &err) ==
        0) {
        use(&parts);
        index_file_intact(&parts, NULL, &err);
        index_parts_free(&parts);
    }
    mem_free(bytes);
    return 0;
}
