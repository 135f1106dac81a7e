// SPDX-License-Identifier: MIT
#pragma once

#include "../core/matrix.hpp"
#include "../loss/loss.hpp" // which comes later
#include "detail/grid.hpp"
