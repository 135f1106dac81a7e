// SPDX-License-Identifier: MIT
// The sound counterparts of the programs beside this one: all of them compile.
#include <topoprune/density/gaussian_kde.hpp>
#include <topoprune/diagnostics/energy_distance.hpp>
#include <topoprune/filter/filter.hpp>
#include <topoprune/loss/topological_loss.hpp>
#include <topoprune/optimize/adam.hpp>
#include <topoprune/persistence/density_score.hpp>
#include <topoprune/principal/density_principal_persistence.hpp>
#include <topoprune/principal/direct_sums.hpp>
#include <topoprune/principal/principal_persistence_loss.hpp>
#include <topoprune/projection/identity.hpp>
#include <topoprune/select/stratified.hpp>
#include <topoprune/transport/row_transport.hpp>

using namespace topoprune;

struct flat_loss {
    [[nodiscard]] loss_value value_and_gradient(matrix_view<const double> points, const execution&) const {
        return {0, matrix<double>::Zero(points.rows(), points.columns())};
    }
};

template <Projection P>
void use_projection(const P&) {}
template <TopologicalLoss L>
void use_loss(const L&) {}
template <Optimizer O>
void use_optimizer(const O&) {}
template <Selector S>
void use_selector(const S&) {}
template <SubsetDistance D>
void use_subset_distance(const D&) {}
template <Filter F>
void use_filter(const F&) {}

int main() {
    const matrix<float> features{{0, 0}, {1, 1}};
    [[maybe_unused]] const matrix_view<const float> view(features);
    [[maybe_unused]] const density_score<gaussian_kde> score{};
    use_projection(identity{});
    use_loss(flat_loss{});
    use_optimizer(adam{});
    use_selector(stratified{});
    use_subset_distance(energy_distance{});
    use_filter(no_filter{});
    use_loss(principal_persistence_loss<maximum_mean_discrepancy<direct_sums>>{});
    use_loss(density_principal_persistence<gaussian_kde, row_transport<>>{});
    const matrix<double> points = matrix<double>::Zero(4, 2);
    [[maybe_unused]] const principal_measure measure = principal_persistence(points, 1, {});
}
