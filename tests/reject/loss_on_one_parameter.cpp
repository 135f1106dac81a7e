// SPDX-License-Identifier: MIT
#include <topoprune/filtration/weak_delaunay.hpp>
#include <topoprune/loss/signed_measure_transport.hpp>

using namespace topoprune;

// A filtration by scale alone has no density to grade by.
signed_measure_transport<weak_delaunay> loss; // refused: BuildsBifilteredComplex

int main() {}
