// SPDX-License-Identifier: Apache-2.0
// bang.tsx - the mark of a figure that does not fit; spoken in words.

export function Bang() {
  return (
    <>
      <span class="bang" aria-hidden="true">
        !
      </span>
      <span class="sr">does not fit: </span>
    </>
  );
}
