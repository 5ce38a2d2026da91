/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

ds_status ds_fail(ds_err *err, ds_status code, const char *what, size_t at)
{
    if (err)
        *err = (ds_err){code, what, at};
    return code;
}
