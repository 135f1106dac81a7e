// SPDX-License-Identifier: MIT
#pragma once

#include "../../core/checks.hpp"
#include "exact_predicates.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topoprune::detail {

/// Pairwise different places, in the order in which they enter a triangulation, and the number that each has
/// for its owner.
template <std::size_t Dimension>
struct delaunay_sites {
    std::vector<coordinates<Dimension>> places;
    std::vector<std::int32_t> numbers;
};

/// The vertex that closes a triangulation: every facet of the hull makes an infinite cell with it.
inline constexpr std::int32_t infinite_vertex = -1;

/// The signs of points that lie in one flat of the space: a line in the plane, a plane in the space, or the
/// space itself. `anchors` complete the flat to the space: with them the signs in the flat are signs in the
/// space.
template <std::size_t Flat, std::size_t Dimension>
struct flat_predicates {
    const delaunay_sites<Dimension>* sites = nullptr;
    std::array<coordinates<Dimension>, Dimension - Flat> anchors{};

    using simplex = std::array<std::int32_t, Flat + 1>;

    [[nodiscard]] int orientation_of(const simplex& corners) const {
        const auto p = completed(corners);
        if constexpr (Dimension == 2)
            return orientation(*p[0], *p[1], *p[2]);
        else
            return orientation(*p[0], *p[1], *p[2], *p[3]);
    }

    /// Whether x lies inside the sphere of a simplex of positive orientation. On the sphere itself the place
    /// with the least coordinates (x first) counts as moved inward by an infinitely small amount, the next
    /// one by a far smaller amount: every set of places has one triangulation, whatever their order.
    [[nodiscard]] bool in_sphere_of(const simplex& corners, std::int32_t x) const {
        const auto p = completed(corners);
        const auto& q = place(x);
        int sign = 0;
        if constexpr (Dimension == 2)
            sign = in_sphere(*p[0], *p[1], *p[2], q);
        else
            sign = in_sphere(*p[0], *p[1], *p[2], *p[3], q);
        return sign == 0 ? moved_inside(corners, x) : sign > 0;
    }

private:
    [[nodiscard]] const coordinates<Dimension>& place(std::int32_t v) const {
        return sites->places[static_cast<std::size_t>(v)];
    }
    [[nodiscard]] std::array<const coordinates<Dimension>*, Dimension + 1>
    completed(const simplex& corners) const {
        std::array<const coordinates<Dimension>*, Dimension + 1> all;
        for (std::size_t i = 0; i <= Flat; ++i)
            all[i] = &place(corners[i]);
        for (std::size_t i = Flat + 1; i <= Dimension; ++i)
            all[i] = &anchors[i - Flat - 1];
        return all;
    }

    [[nodiscard]] bool moved_inside(const simplex& corners, std::int32_t x) const {
        std::array<std::size_t, Flat + 1> by_place{};
        for (std::size_t i = 0; i <= Flat; ++i)
            by_place[i] = i;
        std::sort(by_place.begin(), by_place.end(),
                  [&](std::size_t a, std::size_t b) { return place(corners[a]) < place(corners[b]); });
        for (const std::size_t corner : by_place) {
            if (place(x) < place(corners[corner]))
                return true;
            simplex replaced = corners;
            replaced[corner] = x;
            // The determinant changes by the move of the corner times minus this orientation.
            if (const int sign = orientation_of(replaced); sign != 0)
                return sign < 0;
        }
        return true;
    }
};

/// The Delaunay triangulation of sites in a flat, one site more with each insertion (Bowyer 1981, Watson
/// 1981). Cells have Flat + 1 corners, in positive orientation; neighbor i lies across the facet without
/// corner i. A finite simplex is positive; an infinite cell is positive if a point beyond its hull facet,
/// taken for the infinite vertex, makes it so.
template <std::size_t Flat, std::size_t Dimension>
class simplicial_mesh {
public:
    using simplex = std::array<std::int32_t, Flat + 1>;
    struct cell {
        simplex corners{};
        simplex neighbors{};
    };

    /// The mesh of one site.
    explicit simplicial_mesh(const delaunay_sites<Dimension>& sites)
        requires(Flat == 0)
        : simplicial_mesh({&sites, {}}) {
        add_cell({{0}, {1}});
        add_cell({{infinite_vertex}, {0}});
    }

    /// The cone over a mesh of one dimension less with a site outside its flat.
    template <class Base>
    simplicial_mesh(const Base& base, std::int32_t apex, flat_predicates<Flat, Dimension> predicates)
        requires(Flat > 0)
        : simplicial_mesh(std::move(predicates)) {
        cone_over(base, apex);
    }

    [[nodiscard]] const std::vector<cell>& cells() const { return cells_; }
    [[nodiscard]] static bool is_removed(const cell& c) { return c.corners[0] == removed; }
    /// The position of the infinite vertex, or -1.
    [[nodiscard]] static int infinite_corner(const simplex& corners) {
        for (std::size_t i = 0; i <= Flat; ++i)
            if (corners[i] == infinite_vertex)
                return static_cast<int>(i);
        return -1;
    }
    [[nodiscard]] static bool is_finite(const cell& c) {
        return !is_removed(c) && infinite_corner(c.corners) < 0;
    }

    /// Inserts site x, walking there from the site `near`. visit(corners) hears of every cell whose sphere
    /// holds x, before it is replaced: finite simplices, and infinite ones whose hull facet x can see.
    template <class Visitor>
    void insert(std::int32_t x, std::int32_t near, Visitor&& visit)
        requires(Flat > 0)
    {
        stamp_ += 2;
        collect_conflicts(locate(x, near), x);
        for (const std::int32_t c : cavity_)
            visit(at(c).corners);
        fill_cavity(x);
    }

private:
    explicit simplicial_mesh(flat_predicates<Flat, Dimension> predicates)
        : predicates_(std::move(predicates)), cell_of_site_(predicates_.sites->places.size(), 0) {
        if constexpr (Flat == Dimension) {
            const std::size_t expected = (Flat == 2 ? 2 : 7) * cell_of_site_.size() + 8;
            cells_.reserve(expected);
            stamps_.reserve(expected);
        }
    }

    static constexpr std::int32_t removed = -2;

    struct facet {
        std::int32_t cell;
        std::int32_t opposite;
    };

    [[nodiscard]] cell& at(std::int32_t c) { return cells_[static_cast<std::size_t>(c)]; }
    [[nodiscard]] const cell& at(std::int32_t c) const { return cells_[static_cast<std::size_t>(c)]; }
    [[nodiscard]] std::uint32_t& stamp(std::int32_t c) { return stamps_[static_cast<std::size_t>(c)]; }

    static std::size_t position(const simplex& values, std::int32_t value) {
        std::size_t i = 0;
        while (i < Flat && values[i] != value)
            ++i;
        return i;
    }

    std::int32_t add_cell(const cell& added) {
        std::int32_t c = 0;
        if (free_.empty()) {
            require(cells_.size() < std::numeric_limits<std::int32_t>::max(), "simplicial_mesh",
                    "the number of cells", cells_.size(), "below 2^31 - 1");
            c = static_cast<std::int32_t>(cells_.size());
            cells_.push_back(added);
            stamps_.push_back(0);
        } else {
            c = free_.back();
            free_.pop_back();
            at(c) = added;
        }
        for (const std::int32_t v : added.corners)
            if (v >= 0)
                cell_of_site_[static_cast<std::size_t>(v)] = c;
        return c;
    }

    /// Walks towards x through facets that separate it from the cell. Ends in a cell that holds x, or in an
    /// infinite one whose facet x can see; in a Delaunay triangulation such a walk cannot come back.
    [[nodiscard]] std::int32_t locate(std::int32_t x, std::int32_t near) const {
        std::int32_t current = cell_of_site_[static_cast<std::size_t>(near)];
        if (const int at_infinity = infinite_corner(at(current).corners); at_infinity >= 0)
            current = at(current).neighbors[static_cast<std::size_t>(at_infinity)];
        std::int32_t from = current;
        while (true) {
            const cell& here = at(current);
            if (infinite_corner(here.corners) >= 0)
                return current;
            std::int32_t next = current;
            for (std::size_t i = 0; i <= Flat && next == current; ++i) {
                if (here.neighbors[i] == from)
                    continue;
                simplex beyond = here.corners;
                beyond[i] = x;
                if (predicates_.orientation_of(beyond) < 0)
                    next = here.neighbors[i];
            }
            if (next == current)
                return current;
            from = std::exchange(current, next);
        }
    }

    [[nodiscard]] bool in_conflict(const cell& c, std::int32_t x) const {
        const int at_infinity = infinite_corner(c.corners);
        if (at_infinity < 0)
            return predicates_.in_sphere_of(c.corners, x);
        const auto k = static_cast<std::size_t>(at_infinity);
        simplex beyond = c.corners;
        beyond[k] = x;
        const int side = predicates_.orientation_of(beyond);
        // In the plane of its facet, an infinite sphere holds what the sphere behind the facet holds.
        return side != 0 ? side > 0 : predicates_.in_sphere_of(at(c.neighbors[k]).corners, x);
    }

    void collect_conflicts(std::int32_t start, std::int32_t x) {
        cavity_.assign(1, start);
        boundary_.clear();
        stamp(start) = stamp_;
        for (std::size_t next = 0; next < cavity_.size(); ++next) {
            const std::int32_t c = cavity_[next];
            for (std::size_t i = 0; i <= Flat; ++i) {
                const std::int32_t neighbor = at(c).neighbors[i];
                std::uint32_t& seen = stamp(neighbor);
                if (seen == stamp_)
                    continue;
                if (seen != stamp_ + 1) {
                    if (in_conflict(at(neighbor), x)) {
                        seen = stamp_;
                        cavity_.push_back(neighbor);
                        continue;
                    }
                    seen = stamp_ + 1;
                }
                boundary_.push_back({c, static_cast<std::int32_t>(i)});
            }
        }
    }

    /// Replaces the cells in conflict by the cone of x over the facets around them.
    void fill_cavity(std::int32_t x) {
        for (const facet& side : boundary_) {
            const auto i = static_cast<std::size_t>(side.opposite);
            cell filled = at(side.cell);
            filled.corners[i] = x;
            const std::int32_t added = add_cell(filled);
            stamp(added) = stamp_ + 1;
            cell& outside = at(filled.neighbors[i]);
            outside.neighbors[position(outside.neighbors, side.cell)] = added;
            at(side.cell).neighbors[i] = added; // the way from the cavity to the new cell
        }
        for (const facet& side : boundary_)
            for (std::size_t j = 0; j <= Flat; ++j)
                if (j != static_cast<std::size_t>(side.opposite)) {
                    const std::int32_t added =
                        at(side.cell).neighbors[static_cast<std::size_t>(side.opposite)];
                    at(added).neighbors[j] = turn_around_ridge(side, j);
                }
        for (const std::int32_t c : cavity_) {
            at(c).corners[0] = removed;
            free_.push_back(c);
        }
    }

    /// The new cell on the other side of the ridge without corners `opposite` and `exit` of a cell of the
    /// cavity, found by turning around the ridge through the cavity.
    [[nodiscard]] std::int32_t turn_around_ridge(const facet& side, std::size_t exit) {
        std::int32_t current = side.cell;
        auto entered_by = static_cast<std::size_t>(side.opposite);
        while (true) {
            const std::int32_t next = at(current).neighbors[exit];
            if (stamp(next) != stamp_)
                return next;
            const std::int32_t pivot = at(current).corners[entered_by];
            entered_by = position(at(next).neighbors, current);
            exit = position(at(next).corners, pivot);
            current = next;
        }
    }

    template <class Base>
    void cone_over(const Base& base, std::int32_t apex) {
        const auto& below = base.cells();
        std::vector<std::int32_t> cone(below.size(), -1), floor(below.size(), -1);
        for (std::size_t c = 0; c < below.size(); ++c)
            if (!Base::is_removed(below[c])) {
                cone[c] = add_cell({raised(below[c].corners, apex), {}});
                if (Base::is_finite(below[c]))
                    floor[c] = add_cell({raised(below[c].corners, infinite_vertex), {}});
            }
        const auto of = [](const std::vector<std::int32_t>& cells, std::int32_t c) {
            return cells[static_cast<std::size_t>(c)];
        };
        for (std::size_t c = 0; c < below.size(); ++c) {
            if (cone[c] < 0)
                continue;
            const int at_infinity = Base::infinite_corner(below[c].corners);
            for (std::size_t i = 0; i < Flat; ++i) {
                at(cone[c]).neighbors[i] = of(cone, below[c].neighbors[i]);
                if (at_infinity < 0) {
                    const std::int32_t beside = below[c].neighbors[i];
                    at(floor[c]).neighbors[i] = of(floor, beside) >= 0 ? of(floor, beside) : of(cone, beside);
                }
            }
            at(cone[c]).neighbors[Flat] =
                at_infinity < 0 ? floor[c]
                                : of(floor, below[c].neighbors[static_cast<std::size_t>(at_infinity)]);
            if (at_infinity < 0)
                at(floor[c]).neighbors[Flat] = cone[c];
        }
        // All cones have one orientation, all floors the other.
        std::size_t finite = 0;
        while (!Base::is_finite(below[finite]))
            ++finite;
        const bool cones_are_positive = predicates_.orientation_of(at(cone[finite]).corners) > 0;
        for (const std::int32_t c : cones_are_positive ? floor : cone)
            if (c >= 0)
                reverse(at(c));
        // The two cells of a single site, (site) and (infinite), are reverse to each other.
        if constexpr (Flat == 1)
            reverse(at(cone[1 - finite]));
    }

    static void reverse(cell& c) {
        std::swap(c.corners[0], c.corners[1]);
        std::swap(c.neighbors[0], c.neighbors[1]);
    }

    static simplex raised(const std::array<std::int32_t, Flat>& corners, std::int32_t apex) {
        simplex result{};
        std::copy(corners.begin(), corners.end(), result.begin());
        result[Flat] = apex;
        return result;
    }

    flat_predicates<Flat, Dimension> predicates_;
    std::vector<cell> cells_;
    std::vector<std::uint32_t> stamps_;
    std::vector<std::int32_t> free_;
    std::vector<std::int32_t> cell_of_site_;
    std::uint32_t stamp_ = 0;
    std::vector<std::int32_t> cavity_;
    std::vector<facet> boundary_;
};

} // namespace topoprune::detail
