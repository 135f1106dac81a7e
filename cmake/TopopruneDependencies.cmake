# What the headers need. Also read by the installed package, so that both find the same things.
include(CMakeFindDependencyMacro)

# Eigen went from version 3 to 5, and takes a version that is asked for as one of the same major number.
find_package(Eigen3 3.4 NO_MODULE QUIET)
if(NOT Eigen3_FOUND)
  find_package(Eigen3 5 NO_MODULE QUIET)
endif()
if(NOT Eigen3_FOUND)
  find_dependency(Eigen3 3.4 NO_MODULE)
endif()
find_dependency(Boost 1.74 CONFIG)
find_dependency(Threads)
find_dependency(nanoflann CONFIG)
find_dependency(spectra CONFIG)
# Debian's xsimd names xtl in its link line without finding it.
find_package(xtl CONFIG QUIET)
find_dependency(xsimd CONFIG)

# Behind targets of their own.
find_package(TBB CONFIG QUIET)
find_package(ZLIB QUIET)
find_package(nlohmann_json CONFIG QUIET)
find_package(xtensor CONFIG QUIET)
# Debian's package of hnswlib brings no configuration.
find_path(TOPOPRUNE_HNSWLIB_INCLUDE hnswlib/hnswlib.h)
mark_as_advanced(TOPOPRUNE_HNSWLIB_INCLUDE)
# Nor does that of GUDHI bring one for its headers alone.
find_path(TOPOPRUNE_GUDHI_INCLUDE gudhi/Flag_complex_edge_collapser.h)
mark_as_advanced(TOPOPRUNE_GUDHI_INCLUDE)
