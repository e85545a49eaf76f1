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

/* The first characters of a text. */
static struct str beginning(struct str text, unsigned characters)
{
    size_t at = 0;
    for (; at < text.len; at++)
        if (((unsigned char)text.at[at] & 0xc0) != 0x80 && characters-- == 0)
            break;
    return str_slice(text, 0, at);
}

static void check_terms(const struct index *index, uint32_t first, uint32_t end)
{
    if (first > end || end > index_term_count(index))
        __builtin_trap();
}

/* A bitmap and the postings beside it name only documents that there are. */
static void use_hot(const struct index *index, struct index_hot *hot)
{
    uint32_t documents = index_document_count(index), least = 0;
    for (size_t block = 0; block < ((size_t)documents + 63) / 64; block++)
        if (hot->bitmap[block] && block * 64 + 63 - (size_t)__builtin_clzll(hot->bitmap[block]) >= documents)
            __builtin_trap();
    struct posting posting;
    for (; index_next_posting(&hot->strong, &posting); least = posting.document + 1)
        if (posting.document < least || posting.document >= documents)
            __builtin_trap();
}

static void use_prefixes(const struct index *index)
{
    for (uint32_t term = 0; term < index_term_count(index); term++)
        for (unsigned characters = 1; characters <= INDEX_HOT_CHARACTERS; characters++) {
            struct str prefix = beginning(index_term(index, term), characters);
            struct index_hot hot;
            uint32_t first, end;
            index_find_prefix(index, prefix, &first, &end);
            check_terms(index, first, end);
            if (index_find_hot(index, prefix, &hot))
                use_hot(index, &hot);
        }
}

static void use_tags(const struct index *index)
{
    uint32_t first, end;
    size_t bytes = 0;
    for (int tag = INDEX_SUBJECT; tag < INDEX_TAGS_END; tag++)
        for (uint32_t term = 0; term < index_term_count(index); term++)
            for (unsigned characters = 0; characters <= 4; characters++) {
                struct str value = index_tag_value(index, term);
                index_find_tag(index, (enum index_tag)tag, beginning(value, characters), &first, &end);
                check_terms(index, first, end);
                if (first < end)
                    bytes += index_tag_value(index, end - 1).len;
            }
    mem_free(mem_alloc(bytes % 64));
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
    mem_free(mem_alloc(count % 64));
    use_prefixes(index);
    use_tags(index);
    struct index_texts *texts = index_texts_new(index);
    struct str text;
    for (uint32_t document = 0; document <= documents; document++)
        if (!index_text(texts, document, &text) && text.len)
            __builtin_trap();
    index_texts_free(texts);
}

static void search(struct catalogue *catalogue, struct segments *segments)
{
    static const char *const texts[] = {"a", "the liver ", "\"the liver\" OR livre -has:code",
                                        "subject:a url:b"};
    struct arena arena = {0};
    struct search_results results;
    struct search_scratch *scratch = search_scratch_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct query query;
        query_parse(&arena, str_from(texts[i]), true, &query, NULL);
        search_run(catalogue, segments, &query, 10, NULL, scratch, &arena, &results);
    }
    search_similar(catalogue, segments, 0, 10, NULL, scratch, &arena, &results);
    search_scratch_free(scratch);
    segments_release(segments);
    arena_free(&arena);
}

static void use(const struct index_parts *parts)
{
    if (parts->catalogue)
        use_catalogue(parts->catalogue);
    if (parts->tree)
        use_topics(parts->tree);
    if (parts->index)
        use_index(parts->index);
    if (parts->catalogue && parts->index)
        search(parts->catalogue, segments_single(parts->index));
}

/* What belongs to itself may be a delta, too. */
static void use_as_delta(const struct index_parts *parts, struct image *image)
{
    struct catalogue *both = parts->catalogue ? catalogue_open_delta(parts->catalogue, image) : NULL;
    size_t articles;
    if (!both)
        return;
    use_catalogue(both);
    catalogue_delta_numbers(both, &articles);
    if (parts->index && index_document_count(parts->index) == articles &&
        catalogue_count(parts->catalogue) == articles)
        search(both, segments_pair(both, parts->index, parts->index));
    catalogue_release(both);
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
        use_as_delta(&parts, image);
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
