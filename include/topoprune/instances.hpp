// SPDX-License-Identifier: MIT
#pragma once

/// The instances of class templates that topoprune::compiled holds: a program that composes these policies
/// does not compile them again. Other compositions are compiled where they are used. The lists are read
/// twice: here as declarations, and by the library's sources as definitions.
#define TOPOPRUNE_INSTANCE extern template
#include "instances/projection.ipp"
#include "instances/selection.ipp"
#include "instances/topology.ipp"
#undef TOPOPRUNE_INSTANCE
