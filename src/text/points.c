/* SPDX-License-Identifier: Apache-2.0 */
/* points.c - classes of code points: ASCII by table, the rest by ICU's properties. */
#include "text/internal.h"

#include <unicode/uchar.h>

#define SP DS_CP_SPACE
#define LE DS_CP_LETTER
#define DI DS_CP_DIGIT
#define PU DS_CP_PUNCT
#define SY DS_CP_SYMBOL
// clang-format off
const uint8_t ds_ascii_class[128] = {
    SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,  SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,SP,
 /*      !  "  #  $  %  &  '  (  )  *  +  ,  -  .  /   0  1  2  3  4  5  6  7  8  9  :  ;  <  =  >  ? */
    SP,PU,PU,SY,SY,SY,SY,PU,PU,PU,SY,SY,PU,PU,PU,PU,  DI,DI,DI,DI,DI,DI,DI,DI,DI,DI,PU,PU,SY,SY,SY,PU,
 /*  @  A                                           O   P                                [  \  ]  ^  _ */
    SY,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,  LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,PU,SY,PU,SY,PU,
 /*  `  a                                           o   p                                {  |  }  ~ DEL */
    PU,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,  LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,LE,PU,SY,PU,SY,SP,
};
// clang-format on

ds_cp_class ds_cp_classify_wide(uint32_t c)
{
    if (c == 0x00AD || c == 0x200B || c == 0x2060 || c == 0xFEFF)
        return DS_CP_IGNORE;
    switch (u_charType((UChar32)c)) {
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR:
        return DS_CP_SPACE;
    case U_FORMAT_CHAR:
        return DS_CP_IGNORE;
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_LETTER_NUMBER:
        return DS_CP_LETTER;
    case U_DECIMAL_DIGIT_NUMBER:
        return DS_CP_DIGIT;
    case U_OTHER_NUMBER:
        return DS_CP_NUMBER;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
        return DS_CP_PUNCT;
    default:
        return DS_CP_SYMBOL;
    }
}

bool ds_cp_upper_wide(uint32_t c)
{
    return u_isupper((UChar32)c) || u_istitle((UChar32)c);
}

bool ds_cp_lower_wide(uint32_t c)
{
    return (bool)u_islower((UChar32)c);
}
