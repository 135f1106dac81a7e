// SPDX-License-Identifier: MIT
#pragma once

#include "local_frames.hpp"

#include <algorithm>
#include <limits>

namespace topoprune::detail {

TOPOPRUNE_DEFINE float unrounded_rows::surplus_of(const product_form& form, std::int64_t sample) {
    const double half = form.halves[static_cast<std::size_t>(sample)];
    const double surplus = half - 0.5 * form.rows.row(sample).cast<double>().squaredNorm();
    // Less is the rounding of rows and halves.
    return surplus > 0x1p-22 * half + 0x1p-126 ? static_cast<float>(surplus) : 0.0F;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE local_frame frame_of(const unrounded_rows& source, sample_range samples) {
    constexpr std::int64_t tried = 4;
    const std::int64_t middle = samples.size() / 2;
    Eigen::RowVectorXd from(source.columns()), row(source.columns());
    std::vector<double> squares(static_cast<std::size_t>(samples.size())), sorted, nearest;
    double median = std::numeric_limits<double>::infinity();
    for (std::int64_t t = 0; t < std::min(tried, samples.size()); ++t) {
        source.write(samples.begin + (2 * t + 1) * samples.size() / (2 * tried), from);
        for (std::int64_t i = 0; i < samples.size(); ++i) {
            source.write(samples.begin + i, row);
            squares[static_cast<std::size_t>(i)] = (row - from).squaredNorm();
        }
        sorted = squares;
        std::nth_element(sorted.begin(), sorted.begin() + middle, sorted.end());
        if (sorted[static_cast<std::size_t>(middle)] < median) {
            median = sorted[static_cast<std::size_t>(middle)];
            nearest = squares;
        }
    }
    local_frame frame{.center = Eigen::RowVectorXd::Zero(source.columns()), .radius = std::sqrt(median)};
    std::int64_t within = 0;
    for (std::int64_t i = 0; i < samples.size(); ++i)
        if (nearest[static_cast<std::size_t>(i)] <= median) {
            source.write(samples.begin + i, row);
            frame.center += row;
            ++within;
        }
    frame.center /= static_cast<double>(within);
    // Where half of the samples are equal, the farthest gives the scale.
    const double reach = median > 0 ? median : *std::max_element(nearest.begin(), nearest.end());
    if (reach > 0)
        frame.scale = std::exp2(-std::ilogb(std::sqrt(reach)));
    return frame;
}

TOPOPRUNE_DEFINE_OUT_OF_LINE void framed_rows::assign(const unrounded_rows& source, sample_range samples,
                                                      const local_frame& frame) {
    constexpr double unit_roundoff = 1.01 * 0x1p-24;
    const std::int64_t d = source.columns();
    const auto terms = static_cast<double>(d + 4);
    const double stretch = std::sqrt(terms * unit_roundoff / (1 - 2 * terms * unit_roundoff));
    const double kept = 1 - 16 * unit_roundoff, lost = terms * double{std::numeric_limits<float>::min()};
    constexpr double farthest = 0x1p50;
    const double* center = frame.center.data();
    rows.resize(samples.size(), d + 1);
    halves.resize(static_cast<std::size_t>(samples.size()));
    Eigen::RowVectorXd row(d);
    for (std::int64_t i = 0; i < samples.size(); ++i) {
        source.write(samples.begin + i, row);
        float* framed = rows.row(i).data();
        for (std::int64_t c = 0; c < d; ++c)
            framed[c] =
                static_cast<float>(std::clamp((row[c] - center[c]) * frame.scale, -farthest, farthest));
        const double square = rows.row(i).head(d).cast<double>().squaredNorm();
        framed[d] = static_cast<float>(stretch * std::sqrt(square));
        const double surplus = source.surplus(samples.begin + i) * frame.scale * frame.scale;
        const double half = 0.5 * square + std::min(surplus, farthest * farthest);
        halves[static_cast<std::size_t>(i)] = static_cast<float>(kept * half - lost);
    }
}

/// sqrt(raw), rounded down.
inline float root_of(double raw) {
    const double root = std::sqrt(std::max(raw, 0.0)) * (1 - 0x1p-22);
    return root < double{std::numeric_limits<float>::min()} ? 0.0F : static_cast<float>(root);
}

/// What a bound in the frame is below if its root is below the threshold.
inline float limit_of(float threshold, const local_frame& frame) {
    const double scaled = double{threshold} * frame.scale;
    const double limit = scaled * scaled * (1 + 0x1p-20) + 2 * double{std::numeric_limits<float>::min()};
    return limit < double{std::numeric_limits<float>::max()} ? static_cast<float>(limit)
                                                             : std::numeric_limits<float>::infinity();
}

inline std::vector<float> limits_of(sample_range samples, const local_frame& frame,
                                    const candidate_lists& lists) {
    std::vector<float> limits;
    for (std::int64_t i = samples.begin; i < samples.end; ++i)
        limits.push_back(limit_of(lists.thresholds()[i], frame));
    return limits;
}

TOPOPRUNE_DEFINE framed_products::framed_products(const unrounded_rows& source, const execution& where)
    : source_(source), block_(block_size(source.samples(), most_columns)),
      frames_(static_cast<std::size_t>((source.samples() + block_ - 1) / block_)) {
    where.parallel_for(std::ssize(frames_), [&](std::int64_t b) {
        const sample_range samples{b * block_, std::min(source.samples(), (b + 1) * block_)};
        frames_[static_cast<std::size_t>(b)] = frame_of(source, samples);
    });
}

TOPOPRUNE_DEFINE_OUT_OF_LINE double framed_products::raw(std::int64_t i, std::int64_t j,
                                                         row_pair& room) const {
    room.first.resize(source_.columns());
    room.second.resize(source_.columns());
    source_.write(i, room.first);
    source_.write(j, room.second);
    return 0.5 * (room.first - room.second).squaredNorm() + source_.surplus(i) + source_.surplus(j);
}

TOPOPRUNE_DEFINE void framed_products::offer(sample_range rows, sample_range columns,
                                             candidate_lists& lists) const {
    const local_frame& of_rows = frames_[static_cast<std::size_t>(rows.begin / block_)];
    const local_frame& of_columns = frames_[static_cast<std::size_t>(columns.begin / block_)];
    const local_frame& frame = of_columns.radius < of_rows.radius ? of_columns : of_rows;
    const std::int64_t d = source_.columns();
    framed_rows left, right;
    row_pair room;
    left.assign(source_, rows, frame);
    std::vector<float> left_limits = limits_of(rows, frame, lists), right_limits;
    const bool meet = rows.begin == columns.begin;
    if (!meet) {
        right.assign(source_, columns, frame);
        right_limits = limits_of(columns, frame, lists);
    }
    const framed_rows& others = meet ? left : right;
    std::vector<float>& other_limits = meet ? left_limits : right_limits;
    matrix<float> tile;
    for (std::int64_t i = rows.begin; i < rows.end; i += tile_rows) {
        const sample_range some{i, std::min(i + tile_rows, rows.end)};
        const std::int64_t first = i - rows.begin;
        multiply_rows(left.rows.middleRows(first, some.size()), others.rows, tile);
        scan_tile(tile, some, columns, left.halves.data() + first, others.halves.data(),
                  left_limits.data() + first, other_limits.data(),
                  [&](std::int64_t row, std::int64_t column, float bound) {
                      const double error = double{left.rows(row - rows.begin, d)} *
                                           double{others.rows(column - columns.begin, d)};
                      const float root = root_of(error > most_error * double{bound}
                                                     ? raw(row, column, room)
                                                     : double{bound} / frame.scale / frame.scale);
                      lists.offer(row, root, static_cast<std::int32_t>(column));
                      lists.offer(column, root, static_cast<std::int32_t>(row));
                      left_limits[static_cast<std::size_t>(row - rows.begin)] =
                          limit_of(lists.thresholds()[row], frame);
                      other_limits[static_cast<std::size_t>(column - columns.begin)] =
                          limit_of(lists.thresholds()[column], frame);
                  });
    }
}

} // namespace topoprune::detail
