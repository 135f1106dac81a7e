// SPDX-License-Identifier: MIT
#pragma once

#include "fourier_series_sums.hpp"

#include "../core/checks.hpp"
#include "../core/detail/dense_products.hpp"
#include "../core/detail/dense_sums.hpp"
#include "direct_sums.hpp"

#include <algorithm>
#include <cmath>

namespace topoprune {

TOPOPRUNE_DEFINE std::vector<kernel_sum> fourier_series_sums::sums(std::span<const principal_pair> sources,
                                                                   std::span<const principal_pair> targets,
                                                                   double width,
                                                                   const execution& where) const {
    require(error >= 1e-14 && error <= 0.1, "fourier_series_sums", "error", error, "between 1e-14 and 0.1");
    if (sources.empty() || targets.empty())
        return std::vector<kernel_sum>(targets.size());
    const detail::fourier_axis births(&principal_pair::birth, sources, targets, width, error);
    const detail::fourier_axis lifetimes(&principal_pair::lifetime, sources, targets, width, error);
    const auto source_count = static_cast<double>(sources.size());
    const auto target_count = static_cast<double>(targets.size());
    // A direct pair costs as much as some 8 multiply-adds.
    if ((source_count + 3 * target_count) * births.terms() * lifetimes.terms() >=
            8 * source_count * target_count ||
        births.terms() * lifetimes.terms() > largest_moments)
        return direct_sums{}.sums(sources, targets, width, where);
    return evaluate(targets, births, lifetimes, moments(sources, births, lifetimes, where), where);
}

TOPOPRUNE_DEFINE Eigen::MatrixXd fourier_series_sums::moments(std::span<const principal_pair> sources,
                                                              const detail::fourier_axis& births,
                                                              const detail::fourier_axis& lifetimes,
                                                              const execution& where) {
    constexpr std::int64_t parts = 16;
    const auto count = std::ssize(sources);
    const std::int64_t part_size = (count + parts - 1) / parts;
    std::vector<Eigen::MatrixXd> of_part(parts);
    where.parallel_for(parts, [&](std::int64_t part) {
        Eigen::MatrixXd& sum = of_part[static_cast<std::size_t>(part)];
        sum.setZero(births.columns(), lifetimes.columns());
        const std::int64_t end = std::min(count, (part + 1) * part_size);
        for (std::int64_t begin = part * part_size; begin < end; begin += chunk) {
            where.check_interruption();
            const auto some = sources.subspan(static_cast<std::size_t>(begin),
                                              static_cast<std::size_t>(std::min(chunk, end - begin)));
            const Eigen::ArrayXXd by_birth = births.terms_at(some);
            Eigen::ArrayXXd by_lifetime = lifetimes.terms_at(some);
            for (std::size_t j = 0; j < some.size(); ++j)
                by_lifetime.row(static_cast<Eigen::Index>(j)) *= some[j].lifetime;
            detail::add_product(detail::strided_view<const double>(by_birth).transposed(), by_lifetime, sum);
        }
    });
    for (std::size_t part = 1; part < of_part.size(); ++part)
        of_part[0] += of_part[part];
    const Eigen::ArrayXd birth_weights = births.weights(), lifetime_weights = lifetimes.weights();
    for (Eigen::Index c = 0; c < of_part[0].cols(); ++c)
        of_part[0].col(c).array() *= birth_weights * lifetime_weights(c);
    return of_part[0];
}

TOPOPRUNE_DEFINE std::vector<kernel_sum>
fourier_series_sums::evaluate(std::span<const principal_pair> targets, const detail::fourier_axis& births,
                              const detail::fourier_axis& lifetimes, const Eigen::MatrixXd& moments,
                              const execution& where) {
    std::vector<kernel_sum> result(targets.size());
    where.parallel_ranges(std::ssize(targets), chunk, [&](std::int64_t begin, std::int64_t end) {
        where.check_interruption();
        const auto some =
            targets.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        const Eigen::ArrayXXd by_birth = births.terms_at(some);
        const Eigen::ArrayXXd by_lifetime = lifetimes.terms_at(some);
        Eigen::ArrayXXd along = Eigen::ArrayXXd::Zero(end - begin, moments.cols());
        Eigen::ArrayXXd slope_along = along;
        detail::add_product(by_birth, moments, along);
        detail::add_product(births.slopes_of(by_birth), moments, slope_along);
        const Eigen::ArrayXd values = detail::row_dots(along, by_lifetime);
        const Eigen::ArrayXd slopes_birth = detail::row_dots(slope_along, by_lifetime);
        const Eigen::ArrayXd slopes_lifetime = detail::row_dots(along, lifetimes.slopes_of(by_lifetime));
        for (std::int64_t i = begin; i < end; ++i)
            result[static_cast<std::size_t>(i)] = {values(i - begin),
                                                   {slopes_birth(i - begin), slopes_lifetime(i - begin)}};
    });
    return result;
}

} // namespace topoprune
