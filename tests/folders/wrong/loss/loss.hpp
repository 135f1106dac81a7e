// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"
#include "../density/density.hpp"
#include "../density/detail/grid.hpp" // which is not its own
#include "detail/sums.hpp"
#include "missing.hpp"
