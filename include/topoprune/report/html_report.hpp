// SPDX-License-Identifier: MIT
#pragma once

#include "../core/class_partition.hpp"
#include "../core/compiled.hpp"
#include "../core/stored_view.hpp"
#include "../homology/signed_measure.hpp"
#include "../io/class_names.hpp"
#include "../io/images.hpp"
#include "../pipeline/pruning.hpp"
#include "../transport/transport.hpp"
#include "detail/html_text.hpp"

#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topoprune {

/// The signed measure of one class and, if the loss moves it, how its positive atoms move onto its negative
/// ones.
struct measure_picture {
    std::int64_t label = 0;
    signed_measure measure;
    std::optional<transport_result> transport{};
};

/// What a report tells of a run.
struct report_input {
    /// The name of the data; any text.
    std::string title;
    /// n labels, the ones the run was given.
    stored_view<std::span<const std::int64_t>> labels;
    const pruning& result;
    /// Names and values of the settings, shown as a table in this order; any text.
    std::vector<std::pair<std::string, std::string>> settings{};
    /// Empty if there is none to show; the page says so, and why.
    std::optional<measure_picture> picture{};
    /// Why there is no picture, as it follows a colon; any text.
    std::string no_picture_because = "none was made";
    /// The most memory that the program held, in megabytes; 0 = not measured.
    double peak_megabytes = 0;
    /// One image for each of the n samples, in their order; null if there are none to show.
    const image_stack* images = nullptr;
    /// What the classes are called.
    class_names names{};
};

namespace detail {

TOPOPRUNE_DECLARE void check_report_input(const report_input& input, const class_partition& classes);

/// `has_images`: the page shows images, and so has the look of them.
TOPOPRUNE_DECLARE [[nodiscard]] std::string report_head(std::string_view title, bool has_images);

[[nodiscard]] inline std::string key_figure(std::string_view name, std::string_view value) {
    return joined("<div><dt>", name, "</dt><dd>", value, "</dd></div>\n");
}

/// The title, the result in one sentence, the links and the key figures.
TOPOPRUNE_DECLARE [[nodiscard]] std::string report_summary(std::string_view title, const pruning& result,
                                                           bool has_images);

TOPOPRUNE_DECLARE [[nodiscard]] std::string notes_section(const std::vector<std::string>& notes);

TOPOPRUNE_DECLARE [[nodiscard]] std::string
settings_section(const std::vector<std::pair<std::string, std::string>>& settings);

} // namespace detail

/// Writes a run of a pruner as one HTML page that needs nothing else: no network, no fonts, no scripts beside
/// its own. It shows the embedding, the classes before and after, the distributions of the scores, the strata
/// of each class, the signed measure of one class, notes, settings, and where the time went. Text, tables and
/// charts are static; a script draws the embedding and the times.
///
/// With images it also shows samples of the first 20 classes, ten in a row: the kept ones of the highest and
/// of the lowest density, and an even sample of the pruned and of the filtered ones; and beside the pointer
/// over the embedding, the image of the nearest of an even sample of at most 2,000 of its points. Images are
/// reduced by averaging to at most 48 x 48 pixels among the samples, and to 32 x 32 beside the pointer.
///
/// The page is the same to the byte for the same input, under any locale, but for one line, the element
/// `measured`, which holds the times and the memory. Samples without a finite place in the embedding or
/// without a finite score are left out of the pictures; of an embedding with more than two columns the first
/// two are drawn. Throws std::invalid_argument if the parts do not belong together.
///
/// Cost: O(n log n); the page takes about 9 bytes a sample, at most 2 MB of them (200,000 points are drawn),
/// plus some 200 bytes a class and 20 bytes a stratum. Images add four thirds of the bytes of the pixels that
/// are shown, and 300 bytes for each of at most 1,000 samples: at most 4.3 MB beside the pointer and 9.7 MB
/// among the samples, for color images of 48 x 48 pixels and more; 2.1 MB and 0.6 MB for ten classes of
/// MNIST.
TOPOPRUNE_DECLARE void write_html_report(std::ostream& out, const report_input& input);

} // namespace topoprune

#if !defined(TOPOPRUNE_COMPILED)
#include "html_report.ipp"
#endif
