/* SPDX-License-Identifier: Apache-2.0 */
#include "text/test_text.h"

/* Expected: the quoted stretches, marks included, with | between them. */
static const struct {
    const char *text, *want;
} cases[] = {
    // clang-format off
    {"She said \"it sank\" and \"we swam\".", "\"it sank\"|\"we swam\""},
    {"\xE2\x80\x9CIt sank,\xE2\x80\x9D she said.", "\xE2\x80\x9CIt sank,\xE2\x80\x9D"},
    {"They call it 'old iron,' but 'nothing is lost,' he said.", "'old iron,'|'nothing is lost,'"},
    {"The rowers' boat isn't 'the rowers' best' boat.", "'the rowers' best'"},
    {"The '90s, rock 'n' roll and Norway 's fjords.", ""},
    {"The mast is 5\" thick and 6\" long.", ""},
    {"\xE2\x80\x9CIt sank. It never came up", "\xE2\x80\x9CIt sank. It never came up"},
    {"\"It sank.\n\"It came up,\" he said.", "\"It sank.|\"It came up,\""},
    {"He said it was \"over. Nobody", ""},
    {"\xE2\x80\x9COne \xE2\x80\x98two\xE2\x80\x99 three\xE2\x80\x9D four", "\xE2\x80\x9COne \xE2\x80\x98two\xE2\x80\x99 three\xE2\x80\x9D"},
    {"``It sank,'' she said.", "``It sank,''"},
    {"\xC2\xABIt sank\xC2\xBB she said.", "\xC2\xABIt sank\xC2\xBB"},
    {"he says 'it is calm.'Divers agree", "'it is calm.'"},
    {"\"We will wait, \"Holm said.", "\"We will wait, \""},
    {"\"It sank.\nIt came up, \"he said.", "\"It sank.\nIt came up, \""},
    {"\"It sank.\nIt lay there.\nIt came up,\" he said. \"It did.\"", "\"It sank.\nIt lay there.\nIt came up,\"|\"It did.\""},
    {"\"It sank.\nIt lay there.\nIt came up,\" he said.", "\"It sank.\nIt lay there.\nIt came up,\""},
    {"He said \"it sank.\nIt came up.\"", "\"it sank.\nIt came up.\""},
    {"\xE2\x80\x9CIt sank.\nIt came up,\xE2\x80\x9D he said.", "\xE2\x80\x9CIt sank.\nIt came up,\xE2\x80\x9D"},
    // clang-format on
};

static void test_quotes(void **state)
{
    (void)state;
    ds_arena *a = ds_arena_new(0, TEST_BUDGET);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ds_doc doc;
        assert_int_equal(read_text(a, cases[i].text, DS_PART_BODY, &doc, NULL), DS_OK);
        ds_buf b = ds_buf_new(a);
        for (size_t k = 0, n = 0; k < doc.toks_len; k++) {
            uint16_t q = doc.toks[k].quote;
            if (q == 0 || (k > 0 && doc.toks[k - 1].quote == q))
                continue;
            size_t last = k;
            while (last + 1 < doc.toks_len && doc.toks[last + 1].quote == q)
                last++;
            assert_int_equal(q, ++n);
            ds_buf_puts(&b, n > 1 ? "|" : "");
            ds_buf_put(&b, ds_str_cut(doc.text, doc.toks[k].span.beg, doc.toks[last].span.end));
        }
        assert_string_equal(ds_buf_str(&b).at, cases[i].want);
        ds_arena_reset(a);
    }
    ds_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quotes)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
