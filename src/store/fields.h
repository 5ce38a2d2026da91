/* SPDX-License-Identifier: Apache-2.0 */
/* fields.h - how a line of a descriptor table is written. */
#ifndef DS_STORE_FIELDS_H
#define DS_STORE_FIELDS_H

#include "store/internal.h"

#define F_PLAIN(S, column, field, type)                                                            \
    {                                                                                              \
        column, type, offsetof(S, field), DS_NO_AUX, NULL                                          \
    }
#define F_STR(S, column, field) F_PLAIN(S, column, field, DS_F_STR)
#define F_BOOL(S, column, field) F_PLAIN(S, column, field, DS_F_BOOL)
#define F_U32(S, column, field) F_PLAIN(S, column, field, DS_F_U32)
#define F_INDEX(S, column, field) F_PLAIN(S, column, field, DS_F_INDEX)
#define F_DAY(S, column, field) F_PLAIN(S, column, field, DS_F_DAY)
#define F_SPAN(S, column, field) F_PLAIN(S, column, field, DS_F_SPAN)
#define F_DAYS(S, column, field) F_PLAIN(S, column, field, DS_F_DAYS)
#define F_ENUM(S, column, field, names)                                                            \
    {                                                                                              \
        column, DS_F_ENUM, offsetof(S, field), DS_NO_AUX, names                                    \
    }
#define F_FRAC(S, column, field, has)                                                              \
    {                                                                                              \
        column, DS_F_FRAC, offsetof(S, field), offsetof(S, has), NULL                              \
    }
#define F_WHOLE_FRAC(S, column, field) F_PLAIN(S, column, field, DS_F_FRAC)
#define F_LIST(S, column, field, length, shape)                                                    \
    {                                                                                              \
        column, DS_F_LIST, offsetof(S, field), offsetof(S, length), shape                          \
    }
#define F_STRS(S, column, field) F_LIST(S, column, field.at, field.len, &ds_list_strs)
#define LIST_OF(S, fields)                                                                         \
    {                                                                                              \
        fields, DS_LEN(fields), sizeof(S), 0                                                       \
    }

#endif
