// SPDX-License-Identifier: MIT
#pragma once

#include "measure_section.hpp"

#include "even_sample.hpp"
#include "svg_axes.hpp"

namespace topoprune::detail {

TOPOPRUNE_DEFINE std::string dot_paths::markup(std::string_view style) const {
    std::string drawing;
    for (const auto& [width, dots] : dots_) {
        drawing += joined("<path class=\"", style, "\" stroke-width=\"", std::to_string(width), "\" d=\"");
        for (const std::string& dot : dots)
            drawing += dot;
        drawing += "\"/>\n";
    }
    return drawing;
}

TOPOPRUNE_DEFINE std::string measure_chart(const signed_measure& measure,
                                           const std::optional<transport_result>& moved) {
    constexpr double width = 1060;
    constexpr double height = 560;
    std::vector<double> scales;
    std::vector<double> codensities;
    for (const atom& a : measure) {
        scales.push_back(a.r);
        codensities.push_back(a.f);
    }
    const axis x = with_margin(axis_over(scales, 58, width - 14), 14);
    const axis y = with_margin(axis_over(codensities, height - 44, 26), 14);

    const even_sample atoms{std::ssize(measure), most_drawn_atoms};
    const double smallest = atoms.size() <= 1500 ? 4 : 3;
    dot_paths positive;
    dot_paths negative;
    for (std::int64_t k = 0; k < atoms.size(); ++k) {
        const atom& a = measure[static_cast<std::size_t>(atoms(k))];
        if (std::isfinite(a.r) && std::isfinite(a.f))
            (a.mass > 0 ? positive : negative).add(dot_width(a.mass, smallest), x(a.r), y(a.f));
    }
    const even_sample moves{moved ? std::ssize(moved->plan) : 0, most_drawn_moves};
    std::string lines;
    for (std::int64_t k = 0; k < moves.size(); ++k) {
        const transport_move& move = moved->plan[static_cast<std::size_t>(moves(k))];
        const atom& from = measure[static_cast<std::size_t>(move.from)];
        const atom& to = measure[static_cast<std::size_t>(move.to)];
        if (!std::isfinite(from.r + from.f + to.r + to.f))
            continue;
        lines += joined("M", coordinate(x(from.r)), " ", coordinate(y(from.f)), "L", coordinate(x(to.r)), " ",
                        coordinate(y(to.f)));
    }
    std::string remarks;
    if (atoms.is_partial())
        remarks += joined(" An even sample of ", grouped(atoms.limit), " atoms is drawn.");
    if (moves.is_partial())
        remarks += joined(" An even sample of ", grouped(moves.limit), " moves is drawn.");
    return joined(
        "<figure class=\"wide\">\n",
        svg_begin(width, height, "Scatter plot of the atoms by scale and codensity", 720),
        horizontal_grid(x, y, ticks_of(y, 6)), "<path class=\"move\" d=\"", lines, "\"/>\n",
        positive.markup("positive"), negative.markup("negative"), base_line(x, y.begin, ticks_of(x, 8)),
        axis_name(x, y.begin, "scale r"), upright_axis_name(y, "codensity f"), "</svg>\n",
        "<figcaption><i class=\"positive\"></i>positive mass <i class=\"negative\"></i>negative mass",
        moved ? " <i class=\"move\"></i>move of the plan" : "", remarks, "</figcaption>\n</figure>\n");
}

TOPOPRUNE_DEFINE std::string transport_table(const signed_measure& measure,
                                             const std::optional<transport_result>& moved) {
    std::string rows = table_row("atoms", grouped(std::ssize(measure)));
    if (!moved)
        return joined("<table class=\"facts\">\n", rows, "</table>\n");
    rows += table_row("moves", grouped(std::ssize(moved->plan))) + table_row("cost", fixed(moved->cost, 6)) +
            table_row("lower bound", fixed(moved->lower_bound, 6));
    if (!moved->certificate)
        return joined("<table class=\"facts\">\n", rows,
                      table_row("certificate", "none: this method does not prove its plan optimal"),
                      "</table>\n");
    const transport_certificate& proof = *moved->certificate;
    const bool optimal = proof.primal == proof.dual;
    rows += table_row("primal", grouped(proof.primal)) + table_row("dual", grouped(proof.dual)) +
            table_row("unit of both", significant(proof.unit, 6)) +
            table_row("pairs priced", grouped(proof.pairs_priced)) +
            table_row("certificate",
                      optimal ? "optimal: primal = dual, and no pair of atoms offers a cheaper move"
                              : joined("not proved optimal: the gap is ", significant(proof.gap, 6)));
    return joined("<table class=\"facts\">\n", rows, "</table>\n");
}

TOPOPRUNE_DEFINE std::string measure_section(std::string_view class_name, const signed_measure& measure,
                                             const std::optional<transport_result>& moved) {
    return section("measure", joined("Signed measure of class ", escaped(class_name)),
                   joined(measure_lead, moved ? moves_lead : ""),
                   measure.empty() ? std::string("<p>The measure has no atoms.</p>\n")
                                   : measure_chart(measure, moved) + transport_table(measure, moved));
}

} // namespace topoprune::detail
