// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/compiled.hpp"
#include "../../io/images.hpp"
#include "drawn_points.hpp"
#include "even_sample.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace topoprune::detail {

/// Most drawn points that have their picture in the page, most pixels along a side of it, and most bytes of
/// all of them together: 2,000 gray pictures of 32 x 32 pixels, or 1,024 in color.
inline constexpr std::int64_t most_thumbnails = 2000;
inline constexpr std::int64_t most_thumbnail_pixels = 32;
inline constexpr std::int64_t most_thumbnail_bytes = std::int64_t{3} << 20;

/// The element in which the script shows the picture at the pointer; one sheet of the pictures of an even
/// sample of the drawn points; and their places (three base64 digits each) among these points, which stand in
/// the order of embedding_data().
TOPOPRUNE_DECLARE [[nodiscard]] std::string embedding_pictures(const drawn_points& points,
                                                               const even_sample& pruned,
                                                               const even_sample& kept,
                                                               const image_stack& images);

/// Shows the picture at the pointer: that of the nearest point with one, within 24 pixels. Ends the function
/// drawEmbedding of the page's script and uses its variables.
inline constexpr std::string_view embedding_pictures_script = R"js(
  const pictures = read('picture-data'), box = element('embedding-picture');
  const [frame, caption] = box.children;
  const zoom = Math.max(1, Math.floor(96 / Math.max(pictures.width, pictures.height)));
  const wide = zoom * pictures.width, high = zoom * pictures.height;
  frame.style.width = wide + 'px';
  frame.style.height = high + 'px';
  frame.style.backgroundSize = wide * pictures.columns + 'px auto';
  canvas.addEventListener('pointermove', event => {
    let nearest = -1, least = 576;
    for (let k = 0; 3 * k < pictures.points.length; ++k) {
      const i = number(pictures.points, 3 * k, 3);
      if (!(i < firstKept ? shown.pruned : shown.kept).checked) continue;
      if (chosen >= 0 && classOf[i] !== chosen) continue;
      const dx = left + scale * x[i] - event.offsetX;
      const dy = top + scale * (data.height - y[i]) - event.offsetY;
      if (dx * dx + dy * dy <= least) { least = dx * dx + dy * dy; nearest = k; }
    }
    box.hidden = nearest < 0;
    if (box.hidden) return;
    const i = number(pictures.points, 3 * nearest, 3);
    frame.style.backgroundPosition = -wide * (nearest % pictures.columns) + 'px ' +
      -high * Math.floor(nearest / pictures.columns) + 'px';
    caption.textContent = 'sample ' + grouped(number(data.rows, 5 * i, 5)) +
      ', class ' + data.classes[classOf[i]][0] + (i < firstKept ? ', pruned' : ', kept');
    const beside = (at, size, room) => (at + 16 + size > room ? at - 16 - size : at + 16) + 'px';
    box.style.left = beside(event.clientX, box.offsetWidth, document.documentElement.clientWidth);
    box.style.top = beside(event.clientY, box.offsetHeight, innerHeight);
  });
  canvas.addEventListener('pointerleave', () => { box.hidden = true; });
)js";

inline constexpr std::string_view embedding_pictures_style = R"css(
#embedding-picture {
  position: fixed; padding: 8px; background: var(--panel); border: 1px solid var(--rule);
  border-radius: 6px; pointer-events: none; font-variant-numeric: tabular-nums;
}
#embedding-picture[hidden] { display: none; }
#embedding-picture div { image-rendering: pixelated; background-repeat: no-repeat; }
)css";

} // namespace topoprune::detail

#if !defined(TOPOPRUNE_COMPILED)
#include "embedding_pictures.ipp"
#endif
