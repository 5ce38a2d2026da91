/* SPDX-License-Identifier: Apache-2.0 */
#include "language/fold.h"
#include "language/language.h"

/* From U+00C0 on; '.' stands for what is no letter or has no such form. */
// clang-format off
static const char letters[] =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll."
    ".llnnnnnn.nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz."
    "...............e................oo.............uu..............."
    ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
    "................";
// clang-format on

uint8_t fold_latin(uint32_t code_point)
{
    char c = letters[code_point - 0xC0];
    return c == '.' ? 0 : (uint8_t)c;
}

uint32_t ds_language_fold(ds_str s, size_t *i)
{
    return fold_next(s, i);
}
